// People, metrics and series for tests of early warnings, with what hardly ever matters filled in.
import type { Person, Series } from '../../../../src/domain/scorecards/types.ts';
import type { WarningInput, WatchedMetric } from '../../../../src/domain/scorecards/warnings/types.ts';
import { SeededRandom } from '../../../../src/domain/statistics/random.ts';
import { parseDay } from '../../../../src/domain/calendar.ts';

/** A Monday. */
export const TODAY = parseDay('2026-11-16');
export const WEEKS = 52;

export const SATISFACTION: WatchedMetric = {
    id: 'csat',
    name: 'Client satisfaction',
    nWords: 'answers',
    direction: 'up',
    scale: 'level',
    whole: 1,
    as: 'warning',
    leastChange: 0.05,
    leastN: { usual: 20, since: 5 },
    leastUsual: 0
};

export const ERRORS: WatchedMetric = {
    ...SATISFACTION,
    id: 'error-rate',
    name: 'Errors',
    nWords: 'transactions',
    direction: 'down',
    scale: 'share',
    whole: 1000,
    leastChange: 0.2
};

export const WORK: WatchedMetric = {
    ...SATISFACTION,
    id: 'client-work',
    name: 'Calls and mails and meetings',
    nWords: 'days at work',
    scale: 'count',
    as: 'check-in',
    leastChange: 0.4,
    leastUsual: 8
};

export function person(id: string, more: Partial<Person> = {}): Person {
    return {
        id,
        joined: TODAY - 2000,
        left: null,
        roles: [{ role: 'adviser', from: TODAY - 2000, to: null }],
        managers: [{ manager: 'boss', from: TODAY - 2000, to: null }],
        unit: null,
        ...more
    };
}

/** 52 whole weeks up to today; `value` of the week counted from the oldest, 0 to 51. */
export function weekly(
    personId: string,
    metric: WatchedMetric,
    value: (week: number) => number | null,
    n = 6
): Series {
    return {
        person: personId,
        metric: metric.id,
        grain: 'week',
        points: Array.from({ length: WEEKS }, (_, week) => ({
            from: TODAY - 7 * (WEEKS - week),
            value: value(week),
            n
        }))
    };
}

/** Values around a level that is lower by `drop` from a week on; the same for the same seed. */
export function wavering(
    seed: number,
    level: number,
    spread: number,
    drop = 0,
    from = WEEKS
): (week: number) => number {
    const random = new SeededRandom(seed);
    const noise = Array.from({ length: WEEKS }, () => spread * random.normal());
    return (week) => level + noise[week]! - (week >= from ? drop : 0);
}

export function input(more: Partial<WarningInput>): WarningInput {
    return {
        asOf: TODAY,
        people: [],
        ramping: new Set(),
        metrics: [SATISFACTION, ERRORS, WORK],
        series: [],
        calendar: { holidays: new Set(), absences: new Map() },
        earlier: [],
        rules: { perManagerPerWeek: 3 },
        ...more
    };
}
