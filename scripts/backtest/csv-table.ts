// Reads a CSV file for the outcome commands: a header, then rows of as many values. Owns the shape of the file and its
// errors; what a value means is for the caller, who may leave a bad row out and warn.
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';

/** The command cannot be carried out; the message says what is wrong, where and what to do. */
export class CommandError extends Error {}

export interface CsvTable {
    file: string;
    columns: string[];
    rows: string[][];
}

/** npm changes the folder; INIT_CWD is the one the command was typed in. */
export function fromWhereTyped(path: string): string {
    return resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
}

export function readCsvTable(path: string, needed: string[]): CsvTable {
    const file = basename(path);
    let text: string;
    try {
        text = readFileSync(path, 'utf8');
    } catch (error) {
        throw new CommandError(
            `${path} cannot be read: ${(error as Error).message}. Name a file that is there.`
        );
    }
    let rows: string[][];
    try {
        rows = parse(text, { bom: true, skip_empty_lines: true });
    } catch (error) {
        throw new CommandError(
            `${path}: ${(error as Error).message}. Every row needs as many values as the header.`
        );
    }
    const [columns, ...data] = rows;
    if (columns === undefined) throw new CommandError(`${path} is empty. It needs a header and rows.`);
    const twice = columns.find((column, i) => columns.indexOf(column) !== i);
    if (twice !== undefined) throw new CommandError(`${path}: two columns are named ${twice}. Rename one.`);
    const missing = needed.filter((column) => !columns.includes(column));
    if (missing.length > 0)
        throw new CommandError(
            `${path} has no column ${missing.join(', ')}; it has ${columns.join(', ')}. Name the columns as documented in service/docs/outcome-models.md.`
        );
    return { file, columns, rows: data };
}

/** The named column of a row, '' when the file has no such column. */
export function valueReader({ columns }: CsvTable): (row: string[], column: string) => string {
    const at = new Map(columns.map((column, index) => [column, index]));
    return (row, column) => {
        const index = at.get(column);
        return index === undefined ? '' : row[index]!;
    };
}

/** Milliseconds of `2011-10-01`, `2011-10-01 00:38:44` or with a T, on the clock it was written by; NaN when it is none. */
export function timeOf(text: string): number {
    const match = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?Z?)?$/.exec(text.trim());
    if (match === null) return NaN;
    const ms = Date.parse(`${match[1]}T${match[2] ?? '00:00:00'}Z`);
    // 2011-02-30 is read as 2 March; such a day does not come back as it was written.
    return new Date(ms || 0).toISOString().startsWith(match[1]!) ? ms : NaN;
}

export function csvLine(values: (string | number)[]): string {
    return values
        .map((value) =>
            /[",\n\r]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value)
        )
        .join(',');
}
