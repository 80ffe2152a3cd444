// Reads a data file of the loan pipeline: every row checked against the header and every value against what its column
// must hold. The first wrong one is named by file and line, and nothing is read at all.
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { DemoProblem } from '../problem.ts';

export class DataFileError extends DemoProblem {}

export function notThere(file: string): string {
    return `${file} cannot be read. Point --data at a folder with deals.csv, stage_history.csv and activities.csv.`;
}

/** Says what a value should have been, or null when it is right. */
export type Check = (value: string) => string | null;

export const anyText: Check = () => null;
export const wholeNumber: Check = (value) =>
    /^[1-9]\d{0,9}$/.test(value) ? null : 'a whole number such as 42';
export const amount: Check = (value) =>
    value.trim() !== '' && Number.isFinite(Number(value)) ? null : 'an amount such as 20000.0';
export const time: Check = (value) =>
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value) && isOnTheCalendar(value)
        ? null
        : 'a time such as 2011-10-01 00:38:44';
export const timeOrNothing: Check = (value) => (value === '' ? null : time(value));

/** `2011-02-30` is read as 2 March; such a time does not come back as it was written. */
function isOnTheCalendar(value: string): boolean {
    const iso = `${value.replace(' ', 'T')}.000Z`;
    const ms = Date.parse(iso);
    return !Number.isNaN(ms) && new Date(ms).toISOString() === iso;
}

/** Rows of `file` as objects. Throws DataFileError for a missing file or column, a ragged row or a wrong value. */
export function readCsv(file: string, columns: Record<string, Check>): Record<string, string>[] {
    let text: string;
    try {
        text = readFileSync(file, 'utf8');
    } catch {
        throw new DataFileError(notThere(file));
    }
    const checks = Object.entries(columns);
    try {
        return parse(text, {
            columns: (header: string[]) => requireColumns(file, header, Object.keys(columns)),
            bom: true,
            skip_empty_lines: true,
            on_record: (row: Record<string, string>, { lines }) => {
                for (const [column, check] of checks) {
                    const wanted = check(row[column]!);
                    if (wanted)
                        throw new Error(`line ${lines}: ${column} is "${row[column]}", not ${wanted}`);
                }
                return row;
            }
        });
    } catch (error) {
        if (error instanceof DataFileError) throw error;
        throw new DataFileError(
            `${file}: ${(error as Error).message}. Correct that line and start again; nothing was imported.`
        );
    }
}

function requireColumns(file: string, header: string[], wanted: string[]): string[] {
    const missing = wanted.filter((column) => !header.includes(column));
    if (missing.length > 0)
        throw new DataFileError(
            `${file}: column ${missing.join(', ')} is missing. The header must name ${wanted.join(', ')}.`
        );
    return header;
}
