// The map of personal data (config/data-map.yaml): for each object of the org whom its rows are about, how long they are kept, and
// what an erasure does. Owns its shape and what may be wrong with it; who answers requests by it is the use case.
import type { PartReader } from '../incentives/plan-file/part-reader.ts';
import type { Problem } from '../problem.ts';
import { readDefinitionFile } from '../scorecards/definition-file/read-file.ts';

export interface DataMapEntry {
    object: string;
    label: string;
    /** fields that say whom a row is about */
    about: readonly string[];
    /** the field of a parent that says it, where rows hang on others */
    within: string | null;
    /** fields that say who did something with a row about somebody else */
    acted: readonly string[];
    /** texts in which people stand among others */
    names: readonly string[];
    /** the field with the last day a row is kept */
    until: string | null;
    /** how long, in words */
    kept: string;
    erasure: 'delete' | 'keep';
    /** why rows are kept at an erasure; empty where they are deleted */
    why: string;
}

export interface DataElsewhere {
    where: string;
    holds: string;
    kept: string;
    erasure: string;
}

export interface DataMap {
    objects: DataMapEntry[];
    /** objects without anybody in them */
    nobody: string[];
    elsewhere: DataElsewhere[];
}

/** All that is wrong with it at once; the map where nothing is. */
export function parseDataMap(text: string): { map: DataMap | null; problems: Problem[] } {
    const found: Problem[] = [];
    const { value, problems } = readDefinitionFile(text, 'data-map.yaml', (part): DataMap => {
        const objects = part.needParts('objects', '- { object: Goal__c, ... }', readEntry);
        const nobody = part.words('nobody');
        found.push(...objects.flatMap((entry, index) => problemsOf(entry, `objects[${index + 1}]`)));
        const named = [...objects.map(({ object }) => object), ...nobody];
        for (const object of new Set(named.filter((name, index) => named.indexOf(name) !== index)))
            found.push(problem('objects', object, 'is named twice', 'Say once what becomes of its rows.'));
        return { objects, nobody, elsewhere: part.parts('elsewhere', readElsewhere) };
    });
    const all = [...problems, ...found];
    return { map: all.length === 0 ? value : null, problems: all };
}

function readEntry(part: PartReader): DataMapEntry {
    return {
        object: part.text('object') ?? '',
        label: part.text('label') ?? '',
        about: part.words('about'),
        within: part.part('within', (within) => {
            within.needText('of', 'Statement__c');
            return within.needText('field', 'Statement__r.Payee__c');
        }),
        acted: part.words('acted'),
        names: part.words('names'),
        until: part.text('until'),
        kept: part.text('kept') ?? '',
        erasure: part.choice('erasure', ['delete', 'keep'], part.has('erasure') ? 'delete' : 'keep'),
        why: part.text('why') ?? ''
    };
}

function readElsewhere(part: PartReader): DataElsewhere {
    return {
        where: part.needText('where', 'the log of the service'),
        holds: part.needText('holds', 'ids of people'),
        kept: part.needText('kept', '14 days'),
        erasure: part.needText('erasure', 'not needed')
    };
}

function problemsOf(entry: DataMapEntry, where: string): Problem[] {
    const problems: Problem[] = [];
    const says = (what: string, fix: string) => problems.push(problem(where, entry.object, what, fix));
    if (!entry.object || !entry.label || !entry.kept) says('lacks object, label or kept', 'Say all three.');
    if (entry.erasure === 'keep' && entry.why === '')
        says('is kept without a reason', 'Say why an erasure leaves it.');
    const isAboutSomebody = entry.about.length + entry.names.length + entry.acted.length > 0 || entry.within;
    if (!isAboutSomebody) says('says nobody', 'Name about, within, acted or names, or list it under nobody.');
    return problems;
}

function problem(where: string, value: string, what: string, fix: string): Problem {
    return { code: 'DATA_MAP_INVALID', where, value, fix: `It ${what}. ${fix}` };
}
