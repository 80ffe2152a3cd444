// Two trees side by side: what the result tells and what plan and input make of it. Every difference is named by its place.
import { isExact, isTable, type Data, type Table } from './data.ts';
import { written } from './exact.ts';

export interface Finding {
    /** place in the result, e.g. `payees.rep.periods.2026-Q1.paid` */
    where: string;
    /** as it stands in the result; null: nothing stands there */
    told: string | null;
    /** as it should; null: nothing should stand there */
    derived: string | null;
    why: string;
}

/** The words of a step: what it says is checked by its rule and figures. */
const WORDS = 'what';

export function differences(derived: Data | undefined, told: Data | undefined, where: string): Finding[] {
    if (Array.isArray(derived) && Array.isArray(told)) return ofLists(derived, told, where);
    if (isTable(derived) && isTable(told)) return ofTables(derived, told, where);
    const [a, b] = [text(derived), text(told)];
    if (a === b && typeof derived === typeof told) return [];
    return [{ where, told: b, derived: a, why: 'plan and input give another value' }];
}

function ofLists(derived: readonly Data[], told: readonly Data[], where: string): Finding[] {
    const places = Array.from({ length: Math.max(derived.length, told.length) }, (_, index) => index);
    return places.flatMap((index) => differences(derived[index], told[index], `${where}[${index}]`));
}

function ofTables(derived: Table, told: Table, where: string): Finding[] {
    const keys = new Set([...Object.keys(derived), ...Object.keys(told)]);
    const isStep = 'rule' in derived && 'inputs' in derived;
    const hasWords = typeof told[WORDS] === 'string' && told[WORDS] !== '';
    const missing = {
        where: `${where}.${WORDS}`,
        told: null,
        derived: 'words',
        why: 'a step says what it is'
    };
    const findings = [...keys].flatMap((key) => {
        const place = where === '' ? key : `${where}.${key}`;
        if (isStep && key === WORDS) return [];
        return differences(own(derived, key), own(told, key), place);
    });
    return isStep && !hasWords ? [...findings, missing] : findings;
}

function own(table: Table, key: string): Data | undefined {
    return Object.hasOwn(table, key) ? table[key] : undefined;
}

function text(data: Data | undefined): string | null {
    if (data === undefined) return null;
    if (isExact(data)) return written(data);
    if (Array.isArray(data)) return `a list of ${data.length}`;
    return isTable(data) ? `a map of ${Object.keys(data).join(', ')}` : String(data);
}
