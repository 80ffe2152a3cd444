// What becomes of a request for the data of a person: refused with its reason, or per object what was found and done. Pure; rows are
// read and deleted by the use case.
import type { DataMapEntry } from './data-map.ts';

export type RequestKind = 'Export' | 'Erasure';

export interface DataRequest {
    id: string;
    kind: RequestKind;
    /** user id of 18 characters; null where the user is gone */
    person: string | null;
    /** user id of who asked, who gets the file */
    askedBy: string;
    /** what an attempt that was cut off had found, by object */
    foundBefore: ReadonlyMap<string, number>;
}

export type Outcome = 'exported' | 'erased' | 'kept' | 'failed';

/** One object in the answer; `why` is the reason of what was kept, or the code of the org. */
export interface ObjectAnswer {
    object: string;
    label: string;
    count: number;
    outcome: Outcome;
    why?: string;
}

/** A row as the org gives it, without what only Salesforce needs. */
export type PersonalRow = Record<string, string | number | boolean | null>;

export interface PersonalRows {
    entry: DataMapEntry;
    /** about the person */
    rows: readonly PersonalRow[];
    /** ids of rows in whose texts the person stands among others: counted, not exported */
    named: readonly string[];
    /** how many rows about others the person did something with: counted, never exported or deleted */
    acted: number;
}

const ABOUT_OTHERS = 'they are about others, and who acted is part of their record';

/** A piece of an export in a row of the org, which takes 131,072 characters. */
const CHARACTERS_A_PART = 100_000;

/** The code of why nothing is done; null when something is. */
export function refusalOf({ kind, person }: DataRequest, isActive: boolean | null): string | null {
    if (person === null || isActive === null) return 'PERSON_UNKNOWN';
    // Runs would make the same rows again on the same day.
    return kind === 'Erasure' && isActive ? 'PERSON_ACTIVE' : null;
}

/** The file of an export: what each object holds, why and how long, and every row about the person. */
export function exportText(person: string, madeAt: string, all: readonly PersonalRows[]): string {
    const objects = all.map(({ entry, rows, named, acted }) => ({
        object: entry.object,
        what: entry.label,
        keptFor: entry.kept,
        rowsOfOthersThatNameThePerson: named.length + acted,
        rows
    }));
    return JSON.stringify({ person, madeAt, objects }, null, 1);
}

/** Never cuts a character in two. */
export function partsOf(text: string): string[] {
    const parts: string[] = [];
    let start = 0;
    while (start < text.length) {
        let end = Math.min(start + CHARACTERS_A_PART, text.length);
        if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end -= 1;
        parts.push(text.slice(start, end));
        start = end;
    }
    return parts;
}

function isHighSurrogate(code: number): boolean {
    return code >= 0xd800 && code <= 0xdbff;
}

export function isHeld({ entry, rows, named, acted }: PersonalRows, { foundBefore }: DataRequest): boolean {
    return rows.length + named.length + acted > 0 || foundBefore.has(entry.object);
}

/** What is told of one object. The count is of what is found now or was by an attempt that was cut off when it had begun to delete. */
export function answersFor(
    { entry, rows, named, acted }: PersonalRows,
    { foundBefore }: DataRequest,
    outcome: Outcome,
    why = entry.why
): ObjectAnswer[] {
    const { object, label } = entry;
    const count = Math.max(rows.length + named.length, foundBefore.get(object) ?? 0);
    const told = { object, label, count, outcome };
    const isWithReason = outcome === 'kept' || outcome === 'failed';
    const others: ObjectAnswer = {
        object: `${object}:acted`,
        label,
        count: acted,
        outcome: 'kept',
        why: ABOUT_OTHERS
    };
    return [isWithReason ? { ...told, why } : told, others].filter((one) => one.count > 0);
}
