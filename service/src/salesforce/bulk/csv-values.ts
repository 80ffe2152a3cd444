// Values of CSV fields the careful way, from their text; and the table of days the compiled scanner reads dates with.
import { dayOf, parseDay } from '../../domain/calendar.ts';
import { minorUnits } from '../../domain/money.ts';
import { ProblemError } from '../../domain/problem.ts';
import type { ColumnKind } from './columns.ts';

export const FIRST_TABLE_YEAR = 1900;
const TABLE_YEARS = 256;

/** Day number of the first of each month from 1900 to 2155, and of the month after. */
export const MONTH_STARTS = Int32Array.from({ length: TABLE_YEARS * 12 + 1 }, (_, month) =>
    dayOf(FIRST_TABLE_YEAR + Math.floor(month / 12), (month % 12) + 1, 1)
);

const BOOLEANS: Record<string, number> = { true: 1, false: 0, '': -1 };

/** `where` names the row and column for the problem. Kinds that are not read from text are not asked for. */
export function valueOfText(kind: ColumnKind, text: string, where: string): number {
    switch (kind) {
        case 'date':
            return placed(where, () => parseDay(text));
        case 'datetime': {
            const instant = Date.parse(text);
            if (text !== '' && Number.isNaN(instant)) throw wrong('DATETIME_INVALID', where, text);
            return instant;
        }
        case 'amount':
            return minorUnits(text, where) ?? NaN;
        case 'number':
            if (text.trim() === '' ? text !== '' : Number.isNaN(Number(text)))
                throw wrong('NUMBER_INVALID', where, text);
            return text === '' ? NaN : Number(text);
        case 'boolean':
            if (BOOLEANS[text] === undefined) throw wrong('BOOLEAN_INVALID', where, text);
            return BOOLEANS[text];
        default:
            throw new Error(`${kind} is not read from text`);
    }
}

function placed(where: string, read: () => number): number {
    try {
        return read();
    } catch (error) {
        if (error instanceof ProblemError) throw new ProblemError({ ...error.problem, where });
        throw error;
    }
}

export function wrong(code: string, where: string, value: string): ProblemError {
    return new ProblemError({
        code,
        where,
        value,
        fix: 'Download the result again; if it repeats, report the query and this row.'
    });
}
