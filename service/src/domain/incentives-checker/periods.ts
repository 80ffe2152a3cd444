// The periods an input asks for: listed, or the whole periods of the plan between two days, with the keys people write.
import { asText, tables, type Table } from './data.ts';
import { plusDays, plusMonths, type Intervals, type Span } from './days.ts';
import type { PlanData } from './plan-data.ts';

export interface Period extends Span {
    key: string;
}

export function periodsOf(input: Table, { period, intervals }: PlanData): Period[] {
    const listed = tables(input['periods']).map((row) => ({
        key: asText(row['key']),
        from: asText(row['start']),
        to: asText(row['end'])
    }));
    if (listed.length > 0) return listed.sort((a, b) => (a.from < b.from ? -1 : 1));
    const [first, last] = [asText(input['from']), asText(input['to'])];
    if (period === 'plan') return [{ key: 'plan', from: first, to: last }];
    const periods: Period[] = [];
    for (let from = first; from <= last; from = plusDays(periods.at(-1)!.to, 1)) {
        const span = intervals.around(period, from);
        periods.push({ ...span, key: keyOf(period, span, intervals) });
    }
    return periods;
}

function keyOf(interval: string, { from }: Span, intervals: Intervals): string {
    const year = intervals.yearOf(from).slice(0, 4);
    switch (interval) {
        case 'week': {
            // A week belongs to the year of its Thursday, whose first week has 4 January in it.
            const weekYear = plusDays(from, 3).slice(0, 4);
            const first = intervals.around('week', `${weekYear}-01-04`).from;
            const number = intervals.between('week', first, from) + 1;
            return `${weekYear}-W${String(number).padStart(2, '0')}`;
        }
        case 'month':
            return from.slice(0, 7);
        case 'year':
            return year;
        default:
            return `${year}-${interval === 'quarter' ? 'Q' : 'H'}${intervals.numberOf(interval, from)}`;
    }
}

/** First day of the period a key names; null for keys of another form. */
export function dayOfKey(key: string, intervals: Intervals): string | null {
    const found = /^(\d{4})(?:-(?:([QHW])(\d{1,2})|(\d\d)))?$/.exec(key);
    if (!found) return null;
    const [, year, letter, count, month] = found;
    const start = intervals.startIn(year!);
    if (month) return `${year}-${month}${start.slice(7)}`;
    if (letter === 'W')
        return plusDays(intervals.around('week', `${year}-01-04`).from, 7 * (Number(count) - 1));
    return letter ? plusMonths(start, (Number(count) - 1) * (letter === 'Q' ? 3 : 6)) : start;
}
