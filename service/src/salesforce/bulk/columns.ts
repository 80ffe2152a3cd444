// What a reader of Bulk CSV wants from each column. The kind follows from describe(): ids have 18 characters, dates 10
// and date-times 24, which is what lets the compiled scanner jump over them.

import type { Problem } from '../../domain/problem.ts';

export type ColumnKind =
    /** offset of the id in the view; -1 when blank */
    | 'id'
    /** day number; NONE when blank */
    | 'date'
    /** milliseconds since 1970; NaN when blank */
    | 'datetime'
    /** offset of the text of an instant, to be read by instantAt if it is needed; -1 when blank */
    | 'datetimeAt'
    /** offset of the text of a date, to be read by dayAt if it is needed; -1 when blank */
    | 'dateAt'
    /** integer minor units; NaN when blank */
    | 'amount'
    /** offset of the text of an amount, to be read by amountAt if it is needed; -1 when blank */
    | 'amountAt'
    /** number; NaN when blank */
    | 'number'
    /** 1 or 0; -1 when blank */
    | 'boolean'
    /** code given by `codeOf` for each distinct word; blank is the word '' */
    | 'word'
    /** 1 when there is any text, else 0 */
    | 'filled'
    /** first and last (exclusive) offset of the text, two values; equal when blank. See spanText */
    | 'span';

export interface Column {
    /** header of the column, e.g. `StageName` or `Account.IsPersonAccount` */
    name: string;
    kind: ColumnKind;
    /** kind word: called once for each distinct word */
    codeOf?: (word: string) => number;
    /** a column that may be absent (not exposed by the org) gives blank values; others are a problem */
    isOptional?: boolean;
}

/** Hears of a value that cannot be used (a date or amount out of range); the reading goes on with a blank. */
export type OnBadValue = (columnName: string, problem: Problem) => void;

/** Receives the wanted values of every row, in the order of the columns. Offsets are valid in this view until
 *  `endOfBytes`. */
export interface RowSink {
    row(view: DataView, ...values: number[]): void;
    /** called when the bytes behind the view are about to go: a sink may have gathered rows to work on them together */
    endOfBytes?(): void;
    /** for sinks that read `dateAt` and `datetimeAt` themselves; without it a value that cannot be used ends the scan */
    hearBadValues?(onBadValue: OnBadValue): void;
}

const FIXED_LENGTH: Partial<Record<ColumnKind, number>> = {
    id: 18,
    date: 10,
    dateAt: 10,
    datetime: 24,
    datetimeAt: 24
};

/** Characters every filled value of this kind has; 0 when they differ. */
export function fixedLength(kind: ColumnKind): number {
    return FIXED_LENGTH[kind] ?? 0;
}

/** The kind for a field as describe() names its type. */
export function kindOfFieldType(type: string): ColumnKind {
    const kinds: Record<string, ColumnKind> = {
        id: 'id',
        reference: 'id',
        date: 'date',
        datetime: 'datetime',
        currency: 'amount',
        boolean: 'boolean',
        int: 'number',
        double: 'number',
        percent: 'number',
        picklist: 'word'
    };
    return kinds[type] ?? 'span';
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Text between two offsets, with doubled quotes made single. */
export function spanText(view: DataView, start: number, end: number): string {
    const text = utf8.decode(new Uint8Array(view.buffer, view.byteOffset + start, end - start));
    return text.includes('""') ? text.replaceAll('""', '"') : text;
}
