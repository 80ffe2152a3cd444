// What a simulation is replayed from, as the org has it: the version to try, the one to compare with, people and what happened. Sums of
// published statements stand beside, so that a replay of the plan in force can be held against what was paid. No behaviour.
import type { IsoDay } from '../incentives/plan.ts';
import type { ConductFacts } from '../pay/conduct-facts.ts';
import type {
    AssignmentFact,
    BalanceFact,
    PayPeriod,
    PersonFact,
    PlanVersionFact,
    PublishedLine,
    QuotaFact,
    SaleFact
} from '../pay/pay-facts.ts';
import type { Problem } from '../problem.ts';

/** What somebody asks to have tried. */
export interface SimulationAsk {
    /** external key of a plan version */
    planVersion: string;
    /** the version to compare with; null: none */
    against: string | null;
    /** first and last day of what is replayed */
    from: IsoDay;
    to: IsoDay;
}

export interface ReplayVersion extends PlanVersionFact {
    /** hash of the definition as the org has it; '' where it has none */
    hash: string;
}

/** An approved waiver of a gate. */
export interface WaiverFact {
    planKey: string;
    payeeId: string;
    gate: string;
    period: string;
    reason: string;
    requestedBy: string;
    approvedBy: string;
}

/** What a published statement of the time paid. */
export interface PaidFact {
    planKey: string;
    payeeId: string;
    /** month in which the period ends */
    month: string;
    payout: string;
}

export interface ReplayFacts {
    tried: ReplayVersion;
    against: ReplayVersion | null;
    /** all of the org */
    periods: PayPeriod[];
    assignments: AssignmentFact[];
    quotas: QuotaFact[];
    people: ReadonlyMap<string, PersonFact>;
    sales: SaleFact[];
    /** as a run of pay reads them */
    conduct: ConductFacts | null;
    /** of periods before the replay */
    publishedLines: PublishedLine[];
    balances: BalanceFact[];
    waivers: WaiverFact[];
    paid: PaidFact[];
    /** rows that could not be read as what they should be */
    problems: Problem[];
}
