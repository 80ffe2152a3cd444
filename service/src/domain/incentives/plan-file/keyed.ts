// Named parts of a plan: a map from key to part, or a list of parts with `key:`; both mean the same and keep their order.
// Every named part may say in `reference` which clause of the plan letter it comes from.
import type { Reading } from './part-reader.ts';
import { IDENTIFIER, PartReader, textOf } from './part-reader.ts';
import type { Tree } from './tree.ts';

interface Named {
    key: string;
    tree: Tree;
    place: string;
    /** that it has no key is told already */
    isUnnamed?: true;
}

/** Parts that are always maps. */
export function readKeyed<T>(
    parent: PartReader,
    name: string,
    read: (part: PartReader, key: string) => T | null
): T[] {
    return readNamed(parent, name, ({ key, tree, place }) =>
        readKeyedMap(tree, place, key, parent.reading, read)
    );
}

/** One named part that is a map; also reads its `key` and its `reference`. */
export function readKeyedMap<T>(
    tree: Tree,
    place: string,
    key: string,
    reading: Reading,
    read: (part: PartReader, key: string) => T | null
): T | null {
    return PartReader.read(tree, place, reading, (part) => {
        part.has('key');
        const reference = part.text('reference');
        if (reference !== null) reading.references[place] = reference;
        return read(part, key);
    });
}

/** Parts that may also be a single expression. */
export function readNamed<T>(parent: PartReader, name: string, read: (named: Named) => T | null): T[] {
    const tree = parent.tree(name);
    if (tree === null) return [];
    const seen = new Set<string>();
    return namedIn(tree, parent, name).flatMap((named) => {
        const { key, place } = named;
        if (seen.has(key) && !named.isUnnamed) {
            const again = `Give each a key of its own, or keep one of the two; the second is on line ${named.tree.line}.`;
            parent.reading.report('KEY_TWICE', place, key, again);
            return [];
        }
        seen.add(key);
        if (!IDENTIFIER.test(key) && !named.isUnnamed)
            parent.reading.report(
                'KEY_INVALID',
                place,
                key,
                'Begin the key with a letter, then letters, digits and _ only, so that expressions can name it.'
            );
        const result = read(named);
        return result === null ? [] : [result];
    });
}

function namedIn(tree: Tree, parent: PartReader, name: string): Named[] {
    const place = parent.placeOf(name);
    if (tree.kind === 'map')
        return tree.entries.map(({ key, keyAt, value }) => {
            if (!parent.reading.positions.has(`${place}.${key}`))
                parent.reading.positions.set(`${place}.${key}`, keyAt);
            return { key, tree: value, place: `${place}.${key}` };
        });
    if (tree.kind === 'list')
        return tree.items.flatMap((item, index) => namedItem(item, index, parent, place));
    parent.report(
        'LIST_WANTED',
        name,
        textOf(tree),
        'Write a map of keys and parts, or a list of parts with key:.'
    );
    return [];
}

function namedItem(item: Tree, index: number, parent: PartReader, place: string): Named[] {
    const key = item.kind === 'map' ? item.entries.find((entry) => entry.key === 'key')?.value : undefined;
    if (key?.kind === 'text' && key.text !== '')
        return [{ key: key.text, tree: item, place: `${place}.${key.text}` }];
    const itemPlace = `${place}[${index + 1}]`;
    parent.reading.positions.set(itemPlace, item);
    parent.reading.report('MISSING', `${itemPlace}.key`, '', 'Give it a key, e.g. key: direct.');
    if (item.kind !== 'map') return [];
    // What else is wrong with it is told as well: it is called by its number until it has a key.
    parent.reading.positions.set(`${place}.#${index + 1}`, item);
    return [{ key: `#${index + 1}`, tree: item, place: itemPlace, isUnnamed: true }];
}
