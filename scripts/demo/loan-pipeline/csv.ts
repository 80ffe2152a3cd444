// Reads a data file of the loan pipeline: every row checked against the header, a malformed one named by file and line.
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { DemoProblem } from '../problem.ts';

export class DataFileError extends DemoProblem {}

export function notThere(file: string): string {
    return `${file} cannot be read. Point --data at a folder with deals.csv, stage_history.csv and activities.csv.`;
}

/** Rows of `file` as objects. Throws DataFileError for a missing file, a missing column or a ragged row. */
export function readCsv(file: string, columns: string[]): Record<string, string>[] {
    let text: string;
    try {
        text = readFileSync(file, 'utf8');
    } catch {
        throw new DataFileError(notThere(file));
    }
    let rows: Record<string, string>[];
    try {
        rows = parse(text, { columns: true, bom: true, skip_empty_lines: true });
    } catch (error) {
        throw new DataFileError(
            `${file}: ${(error as Error).message}. Correct that line and start again; nothing was imported.`
        );
    }
    const missing = columns.filter((column) => !(column in (rows[0] ?? {})));
    if (missing.length > 0)
        throw new DataFileError(
            `${file}: column ${missing.join(', ')} is missing. The header must name ${columns.join(', ')}.`
        );
    return rows;
}
