// What a simulation is asked and what it tells, as plain typed data. Made by simulate.ts, written by write-simulation.ts.
import type { Problem } from '../../problem.ts';
import type { Ratio } from '../../ratio.ts';
import type { CalculationInput } from '../input.ts';
import type { IsoDay, Plan } from '../plan.ts';
import type { PlanEvidence } from '../rule-packs/evidence.ts';
import type { Finding } from '../rule-packs/finding.ts';
import type { PlanProfile } from '../rule-packs/plan-profile.ts';
import type { RulePack } from '../rule-packs/rule-pack.ts';
import type { Sensitivity } from './sensitivity.ts';

export interface Scenario {
    plan: Plan;
    /** the same happenings, read for this plan */
    input: CalculationInput;
}

/** In this order; told as each begins. */
export const SIMULATION_STEPS = ['replay', 'curve', 'products', 'gates', 'rules', 'numbers'] as const;
export type SimulationStep = (typeof SIMULATION_STEPS)[number];

export interface SimulationRequest {
    scenario: Scenario;
    /** the plan to compare with, e.g. the current one; null: none */
    against: Scenario | null;
    profile: PlanProfile;
    packs: readonly RulePack[];
    /** measure of the pay curve; null: the first with a quota, else the first */
    measure: string | null;
    /** whose pay curve; null: who is in the middle by pay */
    payeeId: string | null;
    /** jumps above this part of target pay are told as cliffs */
    cliffShare: Ratio;
}

export interface Simulation {
    plan: { key: string; version: string };
    against: { key: string; version: string } | null;
    currency: string;
    from: IsoDay;
    to: IsoDay;
    costs: MonthCost[];
    total: Cost;
    againstTotal: Cost | null;
    /** those both plans could calculate; largest loss first */
    people: PersonPay[];
    winners: Side;
    losers: Side;
    spread: Spread | null;
    curve: PayCurve | null;
    products: ProductIncentives | null;
    productPay: { field: string; pay: PlanEvidence['productPay'] } | null;
    gates: GateIncidence[];
    /** what the cost hangs on; null: the plan has no number, or nobody is counted */
    sensitivity: Sensitivity | null;
    findings: Finding[];
    /** payees no figure can be told of, with why */
    left: { payeeId: string; plan: string; problem: Problem }[];
    problems: Problem[];
}

export interface Cost {
    paid: Ratio;
    /** earned or awarded and due after the time of the replay, or in instruments */
    later: Ratio;
}

/** By the month in which a period ends. */
export interface MonthCost {
    month: string;
    paid: Ratio;
    againstPaid: Ratio | null;
}

export interface PersonPay {
    payeeId: string;
    /** paid and later */
    pay: Ratio;
    againstPay: Ratio | null;
    /** pay less pay under the other plan */
    difference: Ratio | null;
}

/** People by the part of their pay that the change is. */
export interface Spread {
    /** in order; null: without bound; those of no change are in none */
    bands: { from: Ratio | null; to: Ratio | null; count: number }[];
    same: number;
    /** paid now, and nothing before */
    fromNothing: number;
}

/** What lines name the deals of a product, beside their revenue. */
export interface ProductIncentives {
    /** field of transactions that says the product */
    field: string;
    /** '' for deals that do not say it */
    products: { product: string; deals: number; revenue: Ratio; pay: Ratio; againstPay: Ratio | null }[];
    /** earned by no single deal */
    withoutDeal: Ratio;
    againstWithoutDeal: Ratio | null;
}

export interface Side {
    count: number;
    amount: Ratio;
}

export interface PayCurve {
    payeeId: string;
    measure: string;
    /** target pay of the replay: from the profile, else what was paid */
    target: Ratio;
    points: CurvePoint[];
    cliffs: PlanEvidence['cliffs'];
}

export interface CurvePoint {
    /** part of what happened, from nothing to twice as much */
    part: Ratio;
    /** the measure over the replay */
    at: Ratio;
    pay: Ratio;
    againstPay: Ratio | null;
}

export interface GateIncidence {
    component: string;
    gate: string;
    asked: number;
    closed: number;
    waived: number;
    payees: string[];
    /** what would have been paid more without the gate; null where that plan cannot be calculated for all */
    heldBack: Ratio | null;
}
