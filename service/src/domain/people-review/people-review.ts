// What a review of people comes to: sheets, warnings, the week of each manager, focus lists, due conversations. Only data.
import type { ConductFinding } from './conduct-findings.ts';
import type { FocusList } from '../scorecards/focus/types.ts';
import type { GoalProgress } from '../scorecards/goals.ts';
import type { Problem } from '../problem.ts';
import type { Dimension, Scorecard, Signal, Trend } from '../scorecards/types.ts';
import type { Warning } from '../scorecards/warnings/types.ts';
import type { ManagerCadence } from '../scorecards/week/cadence.ts';
import type { Effect, EvidenceItem, Suggestion } from '../scorecards/week/types.ts';
import type { DayNumber } from '../pipeline/types.ts';

/** What is held about somebody of one signal. */
export interface HeldSignal {
    person: string;
    signal: Signal;
    source: string;
    count: number;
    newestOn: DayNumber;
    retainUntil: DayNumber;
}

export interface HeatRow {
    person: string;
    scorecardKey: string | null;
    score: number | null;
    trend: Trend;
    reason: string;
    dimensions: { dimension: Dimension; score: number | null }[];
}

export interface ManagerWeek {
    manager: string;
    /** Monday */
    week: DayNumber;
    verdict: string;
    shortlistCount: number;
    alertCount: number;
    alertCap: number;
    cadencePercent: number | null;
    /** who needs the manager most first */
    heat: HeatRow[];
}

export interface PeopleReview {
    cards: Scorecard[];
    held: HeldSignal[];
    warnings: (Omit<Warning, 'evidence'> & { manager: string | null; evidence: EvidenceItem[] })[];
    /** for compliance alone */
    findings: ConductFinding[];
    /** keys of warnings and findings that are over */
    cleared: string[];
    weeks: ManagerWeek[];
    suggestions: Suggestion[];
    /** of steps that were done, by key of the intervention */
    effects: ReadonlyMap<string, Effect>;
    focus: FocusList[];
    cadence: ManagerCadence[];
    /** of goals that are open */
    goals: (GoalProgress & { due: DayNumber })[];
    /** of metrics, by id */
    names: ReadonlyMap<string, string>;
    /** by id */
    signalNames: ReadonlyMap<string, string>;
    problems: Problem[];
}
