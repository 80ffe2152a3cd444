// What each check looks at, in a sentence: for documentation and pages.

export const CHECKS_IN_WORDS: Readonly<Record<string, string>> = {
    quantitativeShare:
        'Part of variable pay that rests on quantitative commercial criteria (amounts, measures, facts declared so) alone, by the amounts of a replay. What other criteria gate or multiply counts as tempered, and must be weighed by somebody.',
    zeroReachable: 'Limits, non-recoverable draws, additions and components that pay whatever happens.',
    qualitativeSource:
        'Whether there is a qualitative criterion, each is declared, and each has a data source.',
    productBias:
        'Pay of the whole replay if every deal were of one product, over pay if every deal were of another.',
    fixedToVariable: 'Variable pay of each person in the replay as a part of fixed pay of the same time.',
    cliffs: 'Jumps of pay at a single point of the pay curve, as a part of target pay; slab and step tables and gates on results where nothing was replayed.',
    accelerators:
        'Tables by results in which a later row pays more than an earlier: highest over lowest rate.',
    minimumSales: 'Gates and conditions on results, and first rows that pay nothing.',
    leagueTables: 'Ranks, counts and averages over other people, and shares of a pool.',
    productContests:
        'Pay or quotas on a product or type of product that are bound to days or intervals, where retail clients get recommendations.',
    conductGate:
        'Whether a gate on conduct stands before every component that pays for sales, or conduct multiplies everything.',
    payoutInBreaches:
        'Whether worse conduct can ever pay more: every part of the plan that conduct moves, with its direction.',
    waivers:
        'Gates on conduct that may be waived. The engine accepts a waiver only with a reason, from a second person whom the plan does not pay.',
    exPostAdjustment: 'Whether pay can be taken back: a deferral with a clawback window, or chargebacks.',
    multiLevel: 'Levels of managers paid for one sale.',
    deferralTerms:
        "The plan's own deferral steps, tried at the thresholds of the pack against everything the pack asks for."
};
