// The policy that ships: used where the org has no record of its own, and as the fallback of learnt thresholds.
// What the two thresholds mean differs by rule:
//
// | rule | unit | amber | red | learnt (isLearned, enough won deals) |
// | --- | --- | --- | --- | --- |
// | R1 no two-way contact  | BusinessDays | days of silence, at least | same | 75th / 90th percentile of the longest silence of won deals in this stage |
// | R2 ghosted             | BusinessDays | days since the first of two or more unanswered messages, at least | same | - |
// | R3 overdue             | Days   | days past the close date, at least | same | - |
// | R4 pushed              | Count  | close date pushed more often than this | pushed by more days than this in all | - |
// | R5 stalled in stage    | BusinessDays | multiple of the median days won deals spent in this stage | same | the median (else 15 days) |
// | R6 single-threaded     | Count  | fewer contact roles than this | same | - |
// | R7 decision maker cold | Days   | days since the last touch, at least | same | - |
// | R8 amount out of line  | Amount | multiple of the 95th percentile of won amounts, more than | late change of the amount in percent, more than | the 95th percentile (else not judged) |
// | R9 no next step        | Days   | days the next step is past due, at least; no next step at all is amber | same | - |
// | R10 moved backward     | Count  | backward stage moves, the last within 90 days, at least | same | - |
// | R11 improbable close   | Percent | chance of being won by the close date below this | same | the chance (else not judged) |
//
// A record whose thresholds are both null switches its rule off where it applies.
import { NONE, type RuleKey, type RulePolicy, type Unit } from './types.ts';

export const RULE_KEYS: readonly RuleKey[] = [
    'R1',
    'R2',
    'R3',
    'R4',
    'R5',
    'R6',
    'R7',
    'R8',
    'R9',
    'R10',
    'R11'
];

/** Median business days in a stage where not enough won deals tell. */
export const DEFAULT_STAGE_MEDIAN_DAYS = 15;
/** Won deals a learnt threshold needs at least. */
export const DEFAULT_SAMPLE_SIZE = 20;

export const DEFAULT_POLICIES: readonly RulePolicy[] = [
    rule('R1', 'BusinessDays', 10, 20, 80, 'callClient', 'Call the client and agree the next date', true),
    rule(
        'R2',
        'BusinessDays',
        5,
        10,
        85,
        'changeChannel',
        'Try another person or channel: your messages are unanswered'
    ),
    rule(
        'R3',
        'Days',
        1,
        15,
        90,
        'confirmCloseDate',
        'Agree a new close date with the client or close the deal'
    ),
    rule('R4', 'Count', 3, 90, 60, 'reviewCloseDate', 'Review with your manager why the date keeps moving'),
    rule(
        'R5',
        'BusinessDays',
        2,
        3,
        70,
        'unblockStage',
        'Find what blocks this stage and set a date for it',
        true
    ),
    rule('R6', 'Count', 2, 1, 40, 'addContacts', 'Bring in a second contact at the client'),
    rule('R7', 'Days', 30, 60, 55, 'meetDecisionMaker', 'Book a conversation with the decision maker'),
    rule(
        'R8',
        'Amount',
        1,
        40,
        35,
        'checkAmount',
        'Check the amount against what the client will sign',
        true
    ),
    rule('R9', 'Days', 1, 10, 50, 'setNextStep', 'Agree the next step with the client and date it'),
    rule('R10', 'Count', 1, 2, 45, 'requalify', 'Qualify again: what changed on the client side?'),
    rule('R11', 'Percent', 20, 10, 65, 'moveCloseDate', 'Move the close date to one you can defend', true)
];

function rule(
    ruleKey: RuleKey,
    unit: Unit,
    amberThreshold: number,
    redThreshold: number,
    importance: number,
    actionKey: string,
    actionText: string,
    isLearned = false
): RulePolicy {
    return {
        name: `${ruleKey}_Default`,
        ruleKey,
        stage: '*',
        segment: '*',
        effectiveStartOn: NONE,
        effectiveEndOn: NONE,
        isActive: true,
        amberThreshold,
        redThreshold,
        minimumSampleSize: DEFAULT_SAMPLE_SIZE,
        isLearned,
        importance,
        unit,
        actionKey,
        actionText
    };
}
