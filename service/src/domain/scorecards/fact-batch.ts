// A batch of facts from outside the CRM, judged before it is stored: each fact is new, known already, or refused with its reason, and
// what was stated is held against what counts. Which facts may be kept at all is for admit-facts.ts.
import { parseDay } from '../calendar.ts';
import type { DayNumber } from '../pipeline/types.ts';
import { ProblemError } from '../problem.ts';
import { Ratio } from '../ratio.ts';
import { problemOfFact } from './admit-facts.ts';
import type { Fact, Signal } from './types.ts';
import { parseUnits } from './units.ts';

/** A fact as a source writes it. */
export interface SentFact {
    signal: string;
    /** user id of 18 characters */
    person: string;
    /** `2026-11-20` */
    day: string;
    /** decimal text */
    value: string;
    n: number;
    sourceId: string;
    subject: string | null;
    attributes: Readonly<Record<string, string>>;
}

export interface FactBatch {
    batch: string;
    source: string;
    /** milliseconds */
    extractedAt: number;
    /** what the source says is in it: how many facts, and the sum of value times n */
    stated: { count: number; total: Ratio };
    facts: readonly SentFact[];
}

export interface FactReject {
    /** place in the batch, from 1 */
    row: number;
    sourceId: string;
    code: string;
    value: string;
    fix: string;
}

export interface AcceptedFact {
    row: number;
    fact: Fact;
}

export interface JudgedBatch {
    accepted: AcceptedFact[];
    /** already known, by this or a newer extract */
    duplicates: Fact[];
    rejected: FactReject[];
}

export interface KnownToOrg {
    signals: ReadonlyMap<string, Signal>;
    /** ids of active users */
    people: ReadonlySet<string>;
    /** by key: when the fact that is stored was extracted */
    extracts: ReadonlyMap<string, number>;
    today: DayNumber;
}

/** What makes a fact the same fact. Keys of the org do not tell capitals apart. */
export function keyOfFact({ source, sourceId }: Pick<Fact, 'source' | 'sourceId'>): string {
    return `${source}:${sourceId}`.toLowerCase();
}

export function judgeBatch(batch: FactBatch, known: KnownToOrg): JudgedBatch {
    const judged: JudgedBatch = { accepted: [], duplicates: [], rejected: [] };
    const inBatch = new Map<string, string>();
    for (const [index, sent] of batch.facts.entries()) {
        const row = index + 1;
        const refuse = (code: string, value: string, fix: string): void =>
            void judged.rejected.push({ row, sourceId: sent.sourceId, code, value, fix });
        const fact = factOf(sent, batch, refuse);
        if (!fact) continue;
        const problem = problemOfFact(fact, known.signals, known.today);
        if (problem) refuse(problem.code, problem.value, problem.fix);
        else if (known.signals.get(fact.signal)!.source === 'crm')
            refuse('SIGNAL_NOT_IMPORTED', fact.signal, 'It is read from records of the org; leave it out.');
        else if (!known.people.has(fact.person))
            refuse('PERSON_UNKNOWN', fact.person, 'Name an active user of the org by id.');
        else {
            const key = keyOfFact(fact);
            const text = JSON.stringify(fact);
            const twin = inBatch.get(key);
            if (twin !== undefined && twin !== text) {
                refuse('SOURCE_ID_TWICE', fact.sourceId, 'Send each fact once, under an id of its own.');
                continue;
            }
            const isKnown = twin !== undefined || (known.extracts.get(key) ?? -Infinity) >= fact.extractedAt;
            inBatch.set(key, text);
            if (isKnown) judged.duplicates.push(fact);
            else judged.accepted.push({ row, fact });
        }
    }
    return judged;
}

type Refuse = (code: string, value: string, fix: string) => void;

function factOf(sent: SentFact, { source, extractedAt }: FactBatch, refuse: Refuse): Fact | null {
    const day = dayOrNull(sent.day);
    const value = parseUnits(sent.value);
    if (day === null) {
        refuse('DAY_INVALID', sent.day, 'Write a day of the calendar, e.g. 2026-11-20.');
        return null;
    }
    if (value === null) {
        refuse('VALUE_INVALID', sent.value, 'Write a number with at most four decimals, e.g. 12.5.');
        return null;
    }
    const { signal, person, n, sourceId, subject, attributes } = sent;
    return { signal, person, day, value, n, source, sourceId, extractedAt, subject, attributes };
}

function dayOrNull(text: string): DayNumber | null {
    try {
        return parseDay(text);
    } catch (error) {
        if (error instanceof ProblemError) return null;
        throw error;
    }
}

/** Sum of value times n, exactly. */
export function totalOf(facts: readonly Fact[]): Ratio {
    const sum = facts.reduce((total, { value, n }) => total + BigInt(value) * BigInt(n), 0n);
    return Ratio.of(sum, 10_000n);
}

export type ImportStatus = 'Reconciled' | 'Differs' | 'Rejected';

/** Reconciled: all that was stated is now in the org, by count and by total. */
export function statusOf(
    { stated }: FactBatch,
    { accepted, duplicates, rejected }: JudgedBatch
): ImportStatus {
    const counting = [...accepted.map(({ fact }) => fact), ...duplicates];
    if (counting.length === 0 && rejected.length > 0) return 'Rejected';
    const isSame = stated.count === counting.length && stated.total.equals(totalOf(counting));
    return isSame ? 'Reconciled' : 'Differs';
}
