// What a review of quarters is made from, as the org has it. Amounts are integer minor units of the org's one currency,
// days are day numbers of the org. No behaviour.
import type { RuleFacts } from '../flag-record/measure-rules.ts';
import type { FiscalQuarter } from '../fiscal-quarters.ts';
import type { OrgTimeZone } from '../org-time-zone.ts';
import type { DealRecord } from '../pipeline-review/types.ts';
import type { Stage } from '../pipeline/stage-order.ts';
import type { DayNumber } from '../pipeline/types.ts';
import type { QuotaFact } from './targets.ts';
import type { HeldForecast } from './track-record.ts';

export interface Person {
    /** '' when none */
    managerId: string;
    isActive: boolean;
}

/** A task or event on a deal, as columns would be too many to name: who it was with does not matter here. */
export interface Touch {
    dealId: string;
    /** when it was entered, or done */
    atMs: number;
    /** kind of work, e.g. `Call` */
    name: string;
    isDone: boolean;
}

/** What an open deal's own row says beside its history. */
export interface DealNow {
    /** a next step is written down or a task is open; null: the org keeps no next steps */
    hasNextStep: boolean | null;
    /** null: the org keeps no contact roles */
    contactRoleCount: number | null;
}

/** What somebody said a quarter will become. */
export interface CommitFact {
    repId: string;
    submittedById: string;
    periodStartOn: DayNumber;
    category: string;
    amountMinor: number;
    atMs: number;
}

export interface QuarterFacts {
    /** today in the org */
    asOf: DayNumber;
    nowMs: number;
    zone: OrgTimeZone;
    /** those of the past too */
    stages: readonly Stage[];
    /** old name to new name */
    renamedStages: ReadonlyMap<string, string>;
    quarters: readonly FiscalQuarter[];
    /** amounts are not converted, so none are added up: no snapshots, forecasts and briefs */
    hasSeveralCurrencies: boolean;
    people: ReadonlyMap<string, Person>;
    deals: readonly DealRecord[];
    touches: readonly Touch[];
    /** false: neither tasks nor events can be read */
    recordsActivities: boolean;
    now: ReadonlyMap<string, DealNow>;
    /** by deal, each as `name: value` */
    traits: ReadonlyMap<string, readonly string[]>;
    commits: readonly CommitFact[];
    /** amounts people are to bring */
    quotas: readonly QuotaFact[];
    /** forecasts of quarters that are over, as they were written */
    held: readonly HeldForecast[];
    /** what warning rules are measured on */
    rules: RuleFacts;
}
