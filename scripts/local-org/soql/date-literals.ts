// TODAY, LAST_N_DAYS:n, THIS_FISCAL_QUARTER and all the others: each is a range of calendar days [from, until).
// Weeks start on Sunday, as in an org with the locale en_US.
import { dayNumber, DAY_MS } from './time-zone.ts';

export interface DayRange {
    from: number;
    /** First day after the range. */
    until: number;
}

type Unit = 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR' | 'FISCAL_QUARTER' | 'FISCAL_YEAR';

/** `fiscalStartMonth` is 1 to 12, from Organization.FiscalYearStartMonth. */
export function dateLiteralRange(
    name: string,
    count: number | null,
    today: number,
    fiscalStartMonth: number
): DayRange {
    const days = dayRange(name, count ?? 0, today);
    if (days) return days;
    const relative = /^(LAST|THIS|NEXT)_(WEEK|MONTH|QUARTER|YEAR|FISCAL_QUARTER|FISCAL_YEAR)$/.exec(name);
    if (relative) {
        const shift = { LAST: -1, THIS: 0, NEXT: 1 }[relative[1] as 'LAST' | 'THIS' | 'NEXT'];
        return periods(relative[2] as Unit, shift, 1, today, fiscalStartMonth);
    }
    const counted = /^(LAST_N|NEXT_N|N)_(\w+?)S(_AGO)?$/.exec(name);
    if (!counted || count === null) throw new Error(`"${name}" is no SOQL date literal.`);
    const unit = counted[2] as Unit;
    if (counted[1] === 'LAST_N') return periods(unit, -count, count, today, fiscalStartMonth);
    if (counted[1] === 'NEXT_N') return periods(unit, 1, count, today, fiscalStartMonth);
    return periods(unit, -count, 1, today, fiscalStartMonth);
}

/** The literals counted in days: the last n include today, the next n start tomorrow. */
function dayRange(name: string, n: number, today: number): DayRange | null {
    switch (name) {
        case 'YESTERDAY':
            return { from: today - 1, until: today };
        case 'TODAY':
            return { from: today, until: today + 1 };
        case 'TOMORROW':
            return { from: today + 1, until: today + 2 };
        case 'LAST_90_DAYS':
            return { from: today - 90, until: today + 1 };
        case 'NEXT_90_DAYS':
            return { from: today + 1, until: today + 91 };
        case 'LAST_N_DAYS':
            return { from: today - n, until: today + 1 };
        case 'NEXT_N_DAYS':
            return { from: today + 1, until: today + 1 + n };
        case 'N_DAYS_AGO':
            return { from: today - n, until: today - n + 1 };
        default:
            return null;
    }
}

/** `length` whole units, starting `shift` units from the one that holds today. */
function periods(
    unit: Unit,
    shift: number,
    length: number,
    today: number,
    fiscalStartMonth: number
): DayRange {
    const start = (offset: number): number => unitStart(unit, offset, today, fiscalStartMonth);
    return { from: start(shift), until: start(shift + length) };
}

function unitStart(unit: Unit, offset: number, today: number, fiscalStartMonth: number): number {
    const date = new Date(today * DAY_MS);
    if (unit === 'WEEK') return today - date.getUTCDay() + 7 * offset;
    const months = { MONTH: 1, QUARTER: 3, YEAR: 12, FISCAL_QUARTER: 3, FISCAL_YEAR: 12 }[unit];
    const origin = unit.startsWith('FISCAL') ? fiscalStartMonth - 1 : 0;
    const month = date.getUTCFullYear() * 12 + date.getUTCMonth() - origin;
    const first = (Math.floor(month / months) + offset) * months + origin;
    return dayNumber(Math.floor(first / 12), (first % 12) + 1, 1);
}
