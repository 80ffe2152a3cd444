// Scans Bulk CSV, chunk by chunk, into a sink without making an object for a row. Owns the header, rows that are cut by
// the end of a chunk, and the naming of what is wrong; the loop over fields is compiled in csv-scanner-source.ts.
import { NONE } from '../../domain/pipeline/types.ts';
import { ProblemError } from '../../domain/problem.ts';
import {
    fixedLength,
    spanText,
    type Column,
    type ColumnKind,
    type OnBadValue,
    type RowSink
} from './columns.ts';
import { compileScan, type FileColumn, type Scan } from './csv-scanner-source.ts';
import { valueOfText, wrong } from './csv-values.ts';
import { FieldReader } from './field-reader.ts';
import { WordTable, hashOf } from './word-table.ts';

/** A row of Salesforce cannot be longer; a quote that is never closed must not collect the whole file. */
const LONGEST_ROW_BYTES = 8 * 1024 ** 2;
const FIRST_JOIN_BYTES = 4096;

/** Scans one CSV file (one result page) and returns the number of its data rows. */
export async function scanCsv(
    stream: AsyncIterable<Uint8Array>,
    columns: readonly Column[],
    sink: RowSink
): Promise<number> {
    const scanner = new CsvScanner(columns, sink);
    for await (const chunk of stream) scanner.push(chunk);
    return scanner.finish();
}

export type { OnBadValue } from './columns.ts';

export class CsvScanner {
    #columns: readonly Column[];
    #sink: RowSink;
    #onBadValue: OnBadValue | null;
    #reader = new FieldReader();
    #scan: Scan | null = null;
    /** bytes of a row whose end has not come yet */
    #pending = new Uint8Array(0);

    /** Without `onBadValue` such a value ends the scan. */
    constructor(columns: readonly Column[], sink: RowSink, onBadValue: OnBadValue | null = null) {
        this.#columns = columns;
        this.#sink = sink;
        this.#onBadValue = onBadValue;
        if (onBadValue) sink.hearBadValues?.(onBadValue);
    }

    push(chunk: Uint8Array): void {
        const from = this.#pending.length > 0 ? this.#finishPendingRow(chunk) : 0;
        // A copy: a Buffer's own slice would keep the whole chunk, which its stream may use again.
        if (from >= 0) this.#pending = new Uint8Array(chunk.subarray(this.#scanFrom(chunk, from)));
        if (this.#pending.length > LONGEST_ROW_BYTES)
            throw this.#reader.problem('a row longer than 8 MB, perhaps an unclosed quote', 0);
    }

    /** Reads what is left as the end of the file. */
    finish(): number {
        this.#reader.isLastChunk = true;
        const rest = this.#pending;
        this.#scanFrom(rest, 0);
        if (!this.#scan) throw wrong('CSV_EMPTY', 'the CSV header', '');
        return this.#reader.row;
    }

    /** Joins the pending row with as much of the chunk as it needs; returns where the next row begins, -1 for beyond. */
    #finishPendingRow(chunk: Uint8Array): number {
        for (let taken = FIRST_JOIN_BYTES; ; taken *= 8) {
            const joined = Buffer.concat([this.#pending, chunk.subarray(0, taken)]);
            const next = this.#scanFrom(joined, 0);
            if (next > 0) return next - this.#pending.length;
            if (taken >= chunk.length) {
                this.#pending = joined;
                return -1;
            }
        }
    }

    #scanFrom(bytes: Uint8Array, from: number): number {
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        let at = from;
        if (!this.#scan) {
            at = this.#readHeader(bytes, view);
            if (!this.#scan) return 0;
        }
        const next = this.#scan(bytes, view, at, bytes.length);
        this.#sink.endOfBytes?.();
        return next;
    }

    #readHeader(bytes: Uint8Array, view: DataView): number {
        const names: string[] = [];
        let at = 0;
        while (at < bytes.length) {
            at = this.#reader.read(bytes, at, bytes.length, names.length);
            if (at < 0) return 0;
            names.push(spanText(view, this.#reader.start, this.#reader.end));
            if (this.#reader.endedRow) {
                this.#compile(names);
                return at;
            }
        }
        return 0;
    }

    #compile(names: string[]): void {
        const missing = this.#columns.filter(({ name, isOptional }) => !isOptional && !names.includes(name));
        if (missing.length > 0 || new Set(names).size !== names.length) {
            throw wrong(
                'CSV_HEADER_UNEXPECTED',
                `the CSV header, wanted ${this.#columns.map(({ name }) => name).join(', ')}`,
                names.join(',')
            );
        }
        const blanks: number[] = [];
        const argumentOf = new Map<string, number>();
        for (const column of this.#columns) {
            argumentOf.set(column.name, blanks.length);
            blanks.push(blankOf(column));
            if (column.kind === 'span') blanks.push(0);
        }
        const wanted = names.map((name) => this.#columns.find((column) => column.name === name));
        const fileColumns = names.map((name, i): FileColumn => ({
            kind: wanted[i]?.kind ?? 'span',
            argument: argumentOf.get(name) ?? -1
        }));
        const words = wanted.map((column) =>
            column?.kind === 'word' ? new WordTable(column.codeOf!) : null
        );
        this.#reader.columnCount = names.length;
        this.#scan = compileScan(fileColumns, blanks.length, blanks, {
            reader: this.#reader,
            words,
            sink: this.#sink,
            careful: (index, bytes, view) => this.#careful(index, wanted[index]!, words[index], bytes, view)
        });
    }

    /** The value of the field the reader has just read. */
    #careful(
        index: number,
        { kind, name }: Column,
        words: WordTable | null | undefined,
        bytes: Uint8Array,
        view: DataView
    ): number {
        const { start, end } = this.#reader;
        if (kind === 'word') return words!.code(bytes, view, start, end, hashOf(bytes, start, end));
        // What it says is read later, and told then.
        if (kind === 'amountAt') return end === start ? -1 : start;
        const where = `data row ${this.#reader.row + 1}, ${name}`;
        if (kind === 'id' || kind === 'dateAt' || kind === 'datetimeAt') {
            if (end === start) return -1;
            if (end - start === fixedLength(kind)) return start;
            const code =
                kind === 'id' ? 'ID_INVALID' : kind === 'dateAt' ? 'DATE_INVALID' : 'DATETIME_INVALID';
            throw wrong(code, where, spanText(view, start, end));
        }
        try {
            return valueOfText(kind, spanText(view, start, end), where);
        } catch (error) {
            if (!this.#onBadValue || !(error instanceof ProblemError)) throw error;
            this.#onBadValue(name, error.problem);
            return BLANKS[kind];
        }
    }
}

const BLANKS: Record<Exclude<ColumnKind, 'word'>, number> = {
    id: -1,
    date: NONE,
    datetime: NaN,
    dateAt: -1,
    datetimeAt: -1,
    amountAt: -1,
    amount: NaN,
    number: NaN,
    boolean: -1,
    filled: 0,
    span: 0
};

function blankOf(column: Column): number {
    return column.kind === 'word' ? column.codeOf!('') : BLANKS[column.kind];
}
