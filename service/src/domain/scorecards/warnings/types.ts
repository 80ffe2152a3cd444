// The words of early warnings: what is watched, what counts as a day at work, and what comes out. Only data; how a warning comes about
// is told in watch-series.ts and docs/early-warnings.md.
import type { DayNumber } from '../../pipeline/types.ts';
import type { Grain, Person, Series } from '../types.ts';

/** How the values of a metric vary by luck: `count` as Poisson does, `share` as binomial does, `level` and `duration` as their own
 *  past did. */
export type Scale = 'count' | 'share' | 'level' | 'duration';

export interface WatchedMetric {
    id: string;
    name: string;
    /** in sentences: "answers", "mails" */
    nWords: string;
    /** `up`: more is better, so a fall is bad */
    direction: 'up' | 'down';
    scale: Scale;
    /** what 1 is of the values of a share: 100 where they are percents */
    whole: number;
    /** `check-in`: a drop is a reason to ask how somebody is, for the manager alone, and never a warning */
    as: 'warning' | 'check-in';
    /** smallest change worth a word, as a fraction of the usual value */
    leastChange: number;
    /** fewest observations, of all that make the usual value and of those since it changed */
    leastN: { usual: number; since: number };
    /** below this usual value (of a count: per week) nothing is concluded */
    leastUsual: number;
}

/** Days nobody works, and days single people are away. */
export interface WorkCalendar {
    holidays: ReadonlySet<DayNumber>;
    /** by person; both days included */
    absences: ReadonlyMap<string, readonly { from: DayNumber; to: DayNumber }[]>;
}

/** One period of one person in which he was at work and something was seen. */
export interface Observation {
    from: DayNumber;
    /** days at work in it */
    days: number;
    value: number;
    n: number;
}

/** What is seen where a person's own usual course is broken. */
export interface Break {
    /** first day of the first period that went differently */
    since: DayNumber;
    /** usual value, and the value since then; counts per full week at work */
    usual: number;
    observed: number;
    /** observations since then */
    n: number;
    /** how far beyond its limit the chart is: 1 is on it */
    strength: number;
}

export interface SeenPeriod {
    from: DayNumber;
    value: number;
    n: number;
}

export type WarningKind = 'Warning' | 'CheckIn';

export interface Warning extends Break {
    /** `<person>:<metric>:<since as 2026-09-07>`; stays while the warning stays */
    key: string;
    person: string;
    metric: string;
    kind: WarningKind;
    raisedOn: DayNumber;
    severity: 'Amber' | 'Red';
    /** one sentence, at most 255 characters */
    words: string;
    /** the periods since then, newest first */
    evidence: SeenPeriod[];
}

/** Everything about one person, told once. */
export interface PersonAlert {
    person: string;
    /** on the day; null: nobody above */
    manager: string | null;
    raisedOn: DayNumber;
    /** strongest first */
    warnings: Warning[];
    checkIn: Warning | null;
}

/** A warning of an earlier run: one that is open, or was raised in the week of the day. */
export interface EarlierWarning {
    key: string;
    person: string;
    metric: string;
    since: DayNumber;
    raisedOn: DayNumber;
    /** null: open */
    clearedOn: DayNumber | null;
}

export interface AlertRules {
    /** most people a manager is alerted to for the first time in one week */
    perManagerPerWeek: number;
}

export interface WarningInput {
    asOf: DayNumber;
    people: readonly Person[];
    /** people in their ramp: judged against their cohort, never warned of here */
    ramping: ReadonlySet<string>;
    metrics: readonly WatchedMetric[];
    series: readonly Series[];
    calendar: WorkCalendar;
    earlier: readonly EarlierWarning[];
    rules: AlertRules;
}

export interface WarningResult {
    /** by person */
    alerts: PersonAlert[];
    /** keys of open warnings that are over */
    cleared: string[];
    /** people a manager is not told of this week because the cap is reached, by manager */
    heldBack: { manager: string; count: number }[];
    /** series that could not be watched, by reason */
    unwatched: { reason: 'TooFew' | 'Ramping' | 'Left'; count: number }[];
}

export type WatchedGrain = Exclude<Grain, 'quarter'>;
