// All checks a pack can ask of a plan, by name.
import { conductGate, exPostAdjustment, payoutInBreaches, waivers } from './conduct.ts';
import type { PlanCheckFunction } from './check.ts';
import { deferralTerms } from './deferral-terms.ts';
import { productBias, productContests } from './products.ts';
import { accelerators, cliffs, leagueTables, minimumSales, multiLevel } from './shape.ts';
import { fixedToVariable, qualitativeSource, quantitativeShare, zeroReachable } from './variable-pay.ts';

export const PLAN_CHECKS: Readonly<Record<string, PlanCheckFunction>> = {
    quantitativeShare,
    zeroReachable,
    qualitativeSource,
    productBias,
    fixedToVariable,
    cliffs,
    accelerators,
    minimumSales,
    leagueTables,
    productContests,
    conductGate,
    payoutInBreaches,
    waivers,
    exPostAdjustment,
    multiLevel,
    deferralTerms
};

/** Checks that hold a figure found against a figure of the pack. */
export const NEEDS_LIMIT: readonly string[] = [
    'quantitativeShare',
    'productBias',
    'fixedToVariable',
    'cliffs'
];
