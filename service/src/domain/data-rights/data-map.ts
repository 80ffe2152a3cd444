// The map of personal data (config/data-map.yaml): for each object of the org whom its rows are about, how long they are kept, and
// what an erasure does. Owns its shape and what may be wrong with it; who answers requests by it is the use case.
import { parse } from 'yaml';
import type { Problem } from '../problem.ts';

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

interface Written extends Partial<Omit<DataMapEntry, 'within'>> {
    within?: { field: string; of: string };
}

/** All that is wrong with it at once; the map where nothing is. */
export function parseDataMap(text: string): { map: DataMap | null; problems: Problem[] } {
    const { objects, nobody, elsewhere } = parse(text) as {
        objects: Written[];
        nobody: string[];
        elsewhere: DataElsewhere[];
    };
    const entries = objects.map(entryOf);
    const problems = entries.flatMap((entry, index) => problemsOf(entry, `objects[${index}]`));
    const named = [...entries.map(({ object }) => object), ...nobody];
    for (const object of new Set(named.filter((name, index) => named.indexOf(name) !== index)))
        problems.push(problem('objects', object, 'is named twice', 'Say once what becomes of its rows.'));
    return { map: problems.length === 0 ? { objects: entries, nobody, elsewhere } : null, problems };
}

function entryOf(written: Written): DataMapEntry {
    const { object = '', label = '', about = [], acted = [], names = [], until = null } = written;
    const { kept = '', erasure = 'keep', why = '', within } = written;
    return { object, label, about, within: within?.field ?? null, acted, names, until, kept, erasure, why };
}

function problemsOf(entry: DataMapEntry, where: string): Problem[] {
    const problems: Problem[] = [];
    const says = (what: string, fix: string) => problems.push(problem(where, entry.object, what, fix));
    if (!entry.object || !entry.label || !entry.kept) says('lacks object, label or kept', 'Say all three.');
    if (entry.erasure !== 'delete' && entry.erasure !== 'keep')
        says(`has erasure ${String(entry.erasure)}`, 'Write delete or keep.');
    if (entry.erasure === 'keep' && entry.why === '')
        says('is kept without a reason', 'Say why an erasure leaves it.');
    const isAboutSomebody = entry.about.length + entry.names.length + entry.acted.length > 0 || entry.within;
    if (!isAboutSomebody) says('says nobody', 'Name about, within, acted or names, or list it under nobody.');
    return problems;
}

function problem(where: string, value: string, what: string, fix: string): Problem {
    return { code: 'DATA_MAP_INVALID', where, value, fix: `It ${what}. ${fix}` };
}
