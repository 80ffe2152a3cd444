// Reads one CSV field by the letter of RFC 4180: quoted or not, doubled quotes, line breaks inside quotes. This is the
// careful way; the compiled scanner takes it where its fast way does not apply, and for the header.
import { ProblemError } from '../../domain/problem.ts';

const QUOTE = 34;
const COMMA = 44;
const CR = 13;
const LF = 10;

/** The field is not complete in these bytes. */
export const INCOMPLETE = -1;

export class FieldReader {
    /** of the field read last, without its quotes; doubled quotes stay doubled */
    start = 0;
    end = 0;
    /** data rows completed so far */
    row = 0;
    /** true when the bytes end where the file ends */
    isLastChunk = false;
    /** columns in the header; 0 while it is read */
    columnCount = 0;

    /** Reads the field at `from` of column `column` (0-based) and returns where the next field or row begins. */
    read(bytes: Uint8Array, from: number, length: number, column: number): number {
        let at = from;
        if (at < length && bytes[at] === QUOTE) {
            at++;
            this.start = at;
            for (;;) {
                while (at < length && bytes[at] !== QUOTE) at++;
                if (at + 1 >= length && !(this.isLastChunk && at < length))
                    return this.#incomplete('a quote is never closed');
                if (bytes[at + 1] !== QUOTE) break;
                at += 2;
            }
            this.end = at;
            at++;
        } else {
            this.start = at;
            while (at < length && bytes[at] !== COMMA && bytes[at] !== LF && bytes[at] !== CR) {
                if (bytes[at] === QUOTE) throw this.problem('a quote inside an unquoted field', column);
                at++;
            }
            if (at >= length && !this.isLastChunk) return INCOMPLETE;
            this.end = at;
        }
        return this.#next(bytes, at, length, column);
    }

    /** True when the field just read ends its row (known to callers that read a header). */
    endedRow = false;

    #next(bytes: Uint8Array, at: number, length: number, column: number): number {
        const isLastColumn = column === this.columnCount - 1;
        this.endedRow = false;
        if (at < length && bytes[at] === COMMA) {
            if (isLastColumn) throw this.problem(`more than ${this.columnCount} columns`, column);
            return at + 1;
        }
        let after = at;
        if (at < length && bytes[at] === CR) {
            if (at + 1 >= length && !this.isLastChunk) return INCOMPLETE;
            after++;
        }
        if (after < length && bytes[after] === LF) after++;
        else if (after < length || !this.isLastChunk) {
            if (after >= length) return INCOMPLETE;
            throw this.problem('text after the closing quote, or a line break that is none', column);
        }
        if (this.columnCount > 0 && !isLastColumn)
            throw this.problem(`${column + 1} columns instead of ${this.columnCount}`, column);
        this.endedRow = true;
        return after;
    }

    #incomplete(why: string): number {
        if (this.isLastChunk) throw this.problem(why, 0);
        return INCOMPLETE;
    }

    /** A file that is not what was asked for is refused as a whole: guessing would shift values between columns. */
    problem(why: string, column: number): ProblemError {
        return new ProblemError({
            code: 'CSV_ROW_MALFORMED',
            where: `data row ${this.row + 1}, column ${column + 1}`,
            value: why,
            fix: 'Download the result again; if it repeats, report the query and this row.'
        });
    }
}
