// Facts as typed columns, grouped by person: what the passes read. Signals, people, subjects and attributes are numbers here.
import type { Fact } from '../types.ts';

export interface FactColumns {
    count: number;
    signal: Uint8Array;
    person: Int32Array;
    day: Int32Array;
    value: Float64Array;
    n: Int32Array;
    /** -1 for none */
    subject: Int32Array;
    tag: Uint8Array;
}

export interface FactTable extends FactColumns {
    /** rows of person p are from start[p] to start[p + 1] */
    start: Int32Array;
}

/** What the numbers in the columns stand for. */
export interface Dictionaries {
    signals: readonly string[];
    /** combinations of attributes; 0 is none */
    tags: readonly Readonly<Record<string, string>>[];
}

export function emptyColumns(count: number): FactColumns {
    return {
        count,
        signal: new Uint8Array(count),
        person: new Int32Array(count),
        day: new Int32Array(count),
        value: new Float64Array(count),
        n: new Int32Array(count),
        subject: new Int32Array(count),
        tag: new Uint8Array(count)
    };
}

/** Facts in an order of their own (levels of one day: the one extracted last counts), so that the order they came in is nothing. */
export function columnsOf(
    facts: readonly Fact[],
    personIndex: ReadonlyMap<string, number>,
    { signals, tags }: { signals: readonly string[]; tags: Record<string, string>[] }
): FactColumns {
    const signalIndex = new Map(signals.map((id, index) => [id, index]));
    const tagIndex = new Map(tags.map((tag, index) => [tagKey(tag), index]));
    const subjects = new Map<string, number>();
    const columns = emptyColumns(facts.length);
    facts.toSorted(inOrder).forEach((fact, row) => {
        columns.signal[row] = signalIndex.get(fact.signal)!;
        columns.person[row] = personIndex.get(fact.person)!;
        columns.day[row] = fact.day;
        columns.value[row] = fact.value;
        columns.n[row] = fact.n;
        columns.subject[row] = fact.subject === null ? -1 : numberOf(subjects, fact.subject);
        columns.tag[row] = tagOf(fact.attributes, tagIndex, tags);
    });
    return columns;
}

export function inOrder(a: Fact, b: Fact): number {
    return (
        a.day - b.day ||
        a.extractedAt - b.extractedAt ||
        compare(a.source, b.source) ||
        compare(a.sourceId, b.sourceId)
    );
}

function compare(a: string, b: string): number {
    return a < b ? -1 : a > b ? 1 : 0;
}

function numberOf(numbers: Map<string, number>, key: string): number {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, numbers.size);
    return numbers.size - 1;
}

/** Signals allow few values of few attributes, so combinations stay far below 256. */
function tagOf(
    attributes: Readonly<Record<string, string>>,
    index: Map<string, number>,
    tags: Record<string, string>[]
): number {
    const key = tagKey(attributes);
    const known = index.get(key);
    if (known !== undefined) return known;
    if (tags.length === 256) throw new RangeError('more than 256 combinations of attributes');
    index.set(key, tags.length);
    tags.push({ ...attributes });
    return tags.length - 1;
}

function tagKey(attributes: Readonly<Record<string, string>>): string {
    return Object.keys(attributes)
        .sort()
        .map((name) => `${name}=${attributes[name]}`)
        .join(',');
}

/** The same facts with those of one person side by side, otherwise in the order they had: a counting sort. */
export function groupByPerson(from: FactColumns, people: number): FactTable {
    const start = new Int32Array(people + 1);
    const { count, person } = from;
    for (let row = 0; row < count; row++) start[person[row]! + 1]!++;
    for (let index = 0; index < people; index++) start[index + 1]! += start[index]!;
    const next = start.slice(0, people);
    const to = emptyColumns(count);
    for (let row = 0; row < count; row++) {
        const at = next[person[row]!]!++;
        to.signal[at] = from.signal[row]!;
        to.person[at] = person[row]!;
        to.day[at] = from.day[row]!;
        to.value[at] = from.value[row]!;
        to.n[at] = from.n[row]!;
        to.subject[at] = from.subject[row]!;
        to.tag[at] = from.tag[row]!;
    }
    return { ...to, start };
}
