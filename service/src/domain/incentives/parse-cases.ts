// A file of cases (YAML): what is given in the shape of an input file, and what must come out, as parts of the result's JSON.
// Run by run-cases.ts; described in docs/plan-language.md, Cases.
import type { Problem } from '../problem.ts';
import { PartReader, Reading } from './plan-file/part-reader.ts';
import { positionText, readTree, type Tree } from './plan-file/tree.ts';
import { treeAsJson } from './plan-file/tree-as-json.ts';

export interface PlanCase {
    name: string;
    /** where the case comes from */
    source: string;
    /** JSON text of the input */
    given: string;
    expect: Expected;
}

/** A value, a list that must have as many items, or a map of which each key must be there. */
export type Expected = string | Expected[] | { [key: string]: Expected };

/** Null when anything is wrong with the file. */
export function parseCases(yaml: string): { cases: PlanCase[] | null; problems: Problem[] } {
    const { tree, problems } = readTree(yaml);
    if (tree === null) return { cases: null, problems };
    const reading = new Reading();
    const asMap: Tree =
        tree.kind === 'map'
            ? tree
            : { ...tree, kind: 'map', entries: [{ key: 'cases', keyAt: tree, value: tree }] };
    const cases = PartReader.read(asMap, '', reading, (file) =>
        file.needParts('cases', '- { name, source, given, expect }', readCase)
    );
    const found = reading.problems.map((problem) => ({ ...problem, where: placed(problem.where, reading) }));
    return { cases: found.length === 0 ? cases : null, problems: found };
}

function readCase(part: PartReader): PlanCase {
    const given = needMap(part, 'given', '{ from, to, payees, transactions }');
    const expected = needMap(part, 'expect', '{ payees: { rep: { total: "100.00" } } }');
    return {
        name: part.needText('name', 'a third above quota'),
        source: part.text('source') ?? '',
        given: given ? treeAsJson(given) : '{}',
        expect: expected ? expectedOf(expected) : {}
    };
}

function needMap(part: PartReader, key: string, example: string): Tree | null {
    const tree = part.tree(key);
    if (tree === null) part.reportMissing(key, example);
    else if (tree.kind !== 'map') part.report('MAP_WANTED', key, '', `Write a map, e.g. ${example}.`);
    else return tree;
    return null;
}

function expectedOf(tree: Tree): Expected {
    if (tree.kind === 'text') return tree.text;
    if (tree.kind === 'list') return tree.items.map(expectedOf);
    return Object.fromEntries(tree.entries.map(({ key, value }) => [key, expectedOf(value)]));
}

function placed(where: string, { positions }: Reading): string {
    const position = positions.get(where) ?? positions.get(where.replace(/\.[^.]*$/, ''));
    return position ? `${where} (${positionText(position)})` : where;
}
