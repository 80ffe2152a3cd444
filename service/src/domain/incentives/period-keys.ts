// The day a period begins on, from its key as people write it: 2026-01, 2026-Q1, 2026-H1, 2026, 2026-W07 (ISO week). Quarters and
// half-years are those of the plan's year; keys are made in input-file/periods.ts.
import { parseDay } from '../calendar.ts';
import { addDays, addMonths } from './dates.ts';
import type { IsoDay, Plan } from './plan.ts';

const KEY = /^(\d{4})(?:-(?:(Q|H|W)(\d{1,2})|(\d{2})))?$/;
const MONTHS = { Q: 3, H: 6 } as const;

/** Null for keys of another form, e.g. of periods with names of their own. */
export function dayOfKey(key: string, { yearStart }: Pick<Plan, 'yearStart'>): IsoDay | null {
    const parts = KEY.exec(key);
    if (!parts) return null;
    const [, year, letter, number, month] = parts;
    if (month) return `${year}-${month}-${yearStart.slice(3)}`;
    if (letter === 'W') return weekStart(year!, Number(number));
    const start = `${year}-${yearStart}`;
    return letter ? addMonths(start, (Number(number) - 1) * MONTHS[letter as 'Q' | 'H']) : start;
}

/** ISO 8601: 4 January lies in week 1. */
function weekStart(year: string, week: number): IsoDay {
    const day = `${year}-01-04`;
    // Day 4 is Monday 1970-01-05.
    const sinceMonday = (((parseDay(day) - 4) % 7) + 7) % 7;
    return addDays(day, 7 * (week - 1) - sinceMonday);
}
