// Names of the checks a pack can ask of a plan. What each looks at is in the file of the same subject; the table of all is index.ts.

export const CHECK_NAMES: readonly string[] = [
    'quantitativeShare',
    'zeroReachable',
    'qualitativeSource',
    'productBias',
    'fixedToVariable',
    'cliffs',
    'accelerators',
    'minimumSales',
    'leagueTables',
    'productContests',
    'conductGate',
    'payoutInBreaches',
    'waivers',
    'exPostAdjustment',
    'multiLevel',
    'deferralTerms'
];

/** Checks that hold a figure found against a figure of the pack. */
export const NEEDS_LIMIT: readonly string[] = [
    'quantitativeShare',
    'productBias',
    'fixedToVariable',
    'cliffs'
];
