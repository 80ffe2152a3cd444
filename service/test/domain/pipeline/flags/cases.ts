// Every rule by example: when it fires, when it just does not, when it does not speak. The date is Wednesday 2026-11-18;
// `history` are the won deals of deal-builder.ts. A case is never edited to match new output.
import { parseDay } from '../../../../src/domain/calendar.ts';
import { NONE, type DealFacts, type Flag, type RuleKey } from '../../../../src/domain/pipeline/types.ts';

export interface FlagCase {
    rule: RuleKey;
    name: string;
    given: Partial<DealFacts>;
    /** learnt from the Custody deals instead of no history at all */
    history?: boolean;
    expect: Partial<Flag> | null;
    /** the next day on which time alone changes the flag; '' for never */
    changesOn?: string;
}

const on = parseDay;
const task = { id: '00T000000000001AAA', object: 'Task', label: 'Sent or tried on 2026-11-04' };

export const FLAG_CASES: FlagCase[] = [
    // R1: shipped 10 / 20 business days; 2026-11-04 was ten business days ago.
    {
        rule: 'R1',
        name: 'fires amber after ten business days without the client',
        given: { lastTwoWayOn: on('2026-11-04') },
        expect: {
            severity: 'Amber',
            threshold: 10,
            unit: 'BusinessDays',
            observedSince: on('2026-11-04'),
            thresholdBasis: 'Policy'
        },
        changesOn: '2026-12-02'
    },
    {
        rule: 'R1',
        name: 'fires red after twenty',
        given: { lastTwoWayOn: on('2026-10-21') },
        expect: { severity: 'Red', threshold: 20 },
        changesOn: ''
    },
    {
        rule: 'R1',
        name: 'does not fire after nine',
        given: { lastTwoWayOn: on('2026-11-05') },
        expect: null,
        changesOn: '2026-11-19'
    },
    {
        rule: 'R1',
        name: 'counts from creation when the client never answered',
        given: { lastTwoWayOn: NONE, createdOn: on('2026-10-21') },
        expect: { severity: 'Red', observedSince: on('2026-10-21') }
    },
    {
        rule: 'R1',
        name: 'takes the silence won deals had: three quarters were shorter than 15 days',
        given: { lastTwoWayOn: on('2026-10-28') },
        history: true,
        expect: { severity: 'Amber', threshold: 15, thresholdBasis: 'Segment', thresholdSampleSize: 21 },
        changesOn: '2026-11-21'
    },
    {
        rule: 'R1',
        name: 'does not fire where won deals were as silent',
        given: { lastTwoWayOn: on('2026-10-29') },
        history: true,
        expect: null
    },
    {
        rule: 'R1',
        name: 'does not speak where activities are not recorded',
        given: { lastTwoWayOn: NONE, activityCoverage: 'None' },
        expect: null,
        changesOn: ''
    },
    // R2: shipped 5 / 10 business days since the first of at least two unanswered messages.
    {
        rule: 'R2',
        name: 'fires amber when two messages are unanswered for five business days',
        given: {
            outboundSinceTwoWay: 2,
            firstOutboundSinceTwoWayOn: on('2026-11-11'),
            evidence: { activity: [], outbound: [task], push: [], stage: [], contact: [] }
        },
        expect: { severity: 'Amber', observedSince: on('2026-11-11'), evidence: [task] },
        changesOn: '2026-11-25'
    },
    {
        rule: 'R2',
        name: 'fires red after ten',
        given: { outboundSinceTwoWay: 5, firstOutboundSinceTwoWayOn: on('2026-11-04') },
        expect: { severity: 'Red' },
        changesOn: ''
    },
    {
        rule: 'R2',
        name: 'does not fire after four',
        given: { outboundSinceTwoWay: 2, firstOutboundSinceTwoWayOn: on('2026-11-12') },
        expect: null,
        changesOn: '2026-11-19'
    },
    {
        rule: 'R2',
        name: 'does not speak of a single message',
        given: { outboundSinceTwoWay: 1, firstOutboundSinceTwoWayOn: on('2026-10-01') },
        expect: null,
        changesOn: ''
    },
    {
        rule: 'R2',
        name: 'does not speak where activities are not recorded',
        given: {
            outboundSinceTwoWay: 4,
            firstOutboundSinceTwoWayOn: on('2026-10-01'),
            activityCoverage: 'None'
        },
        expect: null
    },
    // R3
    {
        rule: 'R3',
        name: 'fires amber the day after the close date',
        given: { closeDate: on('2026-11-17') },
        expect: {
            severity: 'Amber',
            unit: 'Days',
            observedSince: on('2026-11-17'),
            evidence: [{ id: '006000000000001AAA', object: 'Opportunity', label: 'Close date 2026-11-17' }]
        },
        changesOn: '2026-12-02'
    },
    {
        rule: 'R3',
        name: 'fires red fifteen days after',
        given: { closeDate: on('2026-11-03') },
        expect: { severity: 'Red' },
        changesOn: ''
    },
    {
        rule: 'R3',
        name: 'fires on a close date in the year 0001',
        given: { closeDate: on('0001-01-01') },
        expect: { severity: 'Red', observedSince: on('0001-01-01') }
    },
    {
        rule: 'R3',
        name: 'does not fire on the close date itself',
        given: { closeDate: on('2026-11-18') },
        expect: null,
        changesOn: '2026-11-19'
    },
    {
        rule: 'R3',
        name: 'does not fire on a close date in the year 9999',
        given: { closeDate: on('9999-12-30') },
        expect: null,
        changesOn: '9999-12-31'
    },
    {
        rule: 'R3',
        name: 'does not speak without a close date',
        given: { closeDate: NONE },
        expect: null,
        changesOn: ''
    },
    // R4
    {
        rule: 'R4',
        name: 'fires amber at the fourth push',
        given: { closePushCount: 4, closePushDays: 90 },
        expect: { severity: 'Amber', unit: 'Count', observedValue: 4, threshold: 3 },
        changesOn: ''
    },
    {
        rule: 'R4',
        name: 'fires red when pushed by more than ninety days in all',
        given: { closePushCount: 1, closePushDays: 91 },
        expect: { severity: 'Red', unit: 'Days', observedValue: 91, threshold: 90 },
        changesOn: ''
    },
    {
        rule: 'R4',
        name: 'does not fire at the third push and ninety days',
        given: { closePushCount: 3, closePushDays: 90 },
        expect: null,
        changesOn: ''
    },
    // R5: multiples 2 / 3 of the median.
    {
        rule: 'R5',
        name: 'fires amber at twice the median of won deals',
        given: { stageEnteredOn: on('2026-10-21') },
        history: true,
        expect: {
            severity: 'Amber',
            threshold: 20,
            thresholdBasis: 'Segment',
            thresholdSampleSize: 21,
            observedSince: on('2026-10-21')
        },
        changesOn: '2026-12-02'
    },
    {
        rule: 'R5',
        name: 'fires red at three times',
        given: { stageEnteredOn: on('2026-10-07') },
        history: true,
        expect: { severity: 'Red', threshold: 30 },
        changesOn: ''
    },
    {
        rule: 'R5',
        name: 'does not fire a day before',
        given: { stageEnteredOn: on('2026-10-22') },
        history: true,
        expect: null,
        changesOn: '2026-11-19'
    },
    {
        rule: 'R5',
        name: 'uses the shipped median where no history tells',
        given: { stageEnteredOn: on('2026-10-07') },
        expect: { severity: 'Amber', threshold: 30, thresholdBasis: 'Default', thresholdSampleSize: 0 }
    },
    {
        rule: 'R5',
        name: 'does not fire on a stage entered in the future',
        given: { stageEnteredOn: on('2026-12-01') },
        expect: null
    },
    // R6
    {
        rule: 'R6',
        name: 'fires amber with one contact role',
        given: { contactRoleCount: 1 },
        expect: { severity: 'Amber', observedValue: 1, threshold: 2, unit: 'Count' },
        changesOn: ''
    },
    {
        rule: 'R6',
        name: 'fires red without any',
        given: { contactRoleCount: 0 },
        expect: {
            severity: 'Red',
            observedValue: 0,
            threshold: 1,
            evidence: [
                { id: '006000000000001AAA', object: 'Opportunity', label: 'No contact roles on this deal' }
            ]
        }
    },
    {
        rule: 'R6',
        name: 'is not applicable where the org keeps no contact roles',
        given: { contactRoleCount: null },
        expect: null
    },
    { rule: 'R6', name: 'does not fire with two', given: { contactRoleCount: 2 }, expect: null },
    {
        rule: 'R6',
        name: 'does not speak of a person account',
        given: { contactRoleCount: 1, isPersonAccount: true },
        expect: null
    },
    // R7
    {
        rule: 'R7',
        name: 'fires amber when the decision maker was last touched thirty days ago',
        given: { decisionMakerLastTouchOn: on('2026-10-19') },
        expect: { severity: 'Amber', unit: 'Days', observedSince: on('2026-10-19') },
        changesOn: '2026-12-18'
    },
    {
        rule: 'R7',
        name: 'fires red when he never was in sixty days',
        given: { decisionMakerLastTouchOn: NONE, createdOn: on('2026-09-19') },
        expect: { severity: 'Red', observedSince: on('2026-09-19') }
    },
    {
        rule: 'R7',
        name: 'does not fire after twenty-nine days',
        given: { decisionMakerLastTouchOn: on('2026-10-20') },
        expect: null,
        changesOn: '2026-11-19'
    },
    {
        rule: 'R7',
        name: 'does not speak where no decision maker is named',
        given: { decisionMakerCount: 0, decisionMakerLastTouchOn: NONE },
        expect: null,
        changesOn: ''
    },
    {
        rule: 'R7',
        name: 'does not speak where activities are not recorded',
        given: { decisionMakerLastTouchOn: NONE, activityCoverage: 'None' },
        expect: null,
        changesOn: ''
    },
    // R8: 95th percentile of the Custody amounts is 20,000 units.
    {
        rule: 'R8',
        name: 'fires amber above the 95th percentile of won amounts',
        given: { amountMinor: 2_000_001 },
        history: true,
        expect: {
            severity: 'Amber',
            unit: 'Amount',
            observedValue: 20_000.01,
            threshold: 20_000,
            thresholdBasis: 'Segment',
            thresholdSampleSize: 21
        },
        changesOn: ''
    },
    {
        rule: 'R8',
        name: 'does not fire at the percentile',
        given: { amountMinor: 2_000_000 },
        history: true,
        expect: null
    },
    {
        rule: 'R8',
        name: 'fires red when the amount changed by more than forty percent late',
        given: { lateAmountChange: 0.405 },
        expect: { severity: 'Red', unit: 'Percent', observedValue: 40.5, threshold: 40 }
    },
    { rule: 'R8', name: 'does not fire at forty percent', given: { lateAmountChange: 0.4 }, expect: null },
    {
        rule: 'R8',
        name: 'does not judge amounts without enough won deals',
        given: { amountMinor: 9e14 },
        expect: null
    },
    {
        rule: 'R8',
        name: 'does not judge a deal without amount',
        given: { amountMinor: null },
        history: true,
        expect: null
    },
    // R9
    {
        rule: 'R9',
        name: 'fires amber when the next step was due yesterday',
        given: { nextStepDueOn: on('2026-11-17') },
        expect: { severity: 'Amber', unit: 'Days', observedSince: on('2026-11-17') },
        changesOn: '2026-11-27'
    },
    {
        rule: 'R9',
        name: 'fires amber when nothing is agreed at all',
        given: { hasNextStep: false, nextStepDueOn: NONE },
        expect: { severity: 'Amber', unit: 'Count', observedValue: 0, threshold: 1 },
        changesOn: ''
    },
    {
        rule: 'R9',
        name: 'is not applicable where next steps are not written down',
        given: { hasNextStep: null, nextStepDueOn: NONE },
        expect: null
    },
    {
        rule: 'R9',
        name: 'does not fire on the day the step is due',
        given: { nextStepDueOn: on('2026-11-18') },
        expect: null,
        changesOn: '2026-11-19'
    },
    {
        rule: 'R9',
        name: 'does not fire when the step is only written down',
        given: { hasNextStep: true, nextStepDueOn: NONE },
        expect: null,
        changesOn: ''
    },
    {
        rule: 'R9',
        name: 'does not speak where neither field nor tasks can be read',
        given: { hasNextStep: null, nextStepDueOn: NONE, activityCoverage: 'None' },
        expect: null
    },
    // R10
    {
        rule: 'R10',
        name: 'fires amber after a step back',
        given: { backwardMoveCount: 1, lastBackwardMoveOn: on('2026-11-02') },
        expect: { severity: 'Amber', observedValue: 1, threshold: 1, unit: 'Count' },
        changesOn: '2027-02-01'
    },
    {
        rule: 'R10',
        name: 'fires red after two',
        given: { backwardMoveCount: 2, lastBackwardMoveOn: on('2026-11-02') },
        expect: { severity: 'Red', observedValue: 2 }
    },
    {
        rule: 'R10',
        name: 'still fires ninety days later',
        given: { backwardMoveCount: 1, lastBackwardMoveOn: on('2026-08-20') },
        expect: { severity: 'Amber' },
        changesOn: '2026-11-19'
    },
    {
        rule: 'R10',
        name: 'does not fire ninety-one days later',
        given: { backwardMoveCount: 1, lastBackwardMoveOn: on('2026-08-19') },
        expect: null,
        changesOn: ''
    },
    { rule: 'R10', name: 'does not speak of a deal that never went back', given: {}, expect: null },
    // R11: the deal is 48 days old; of the 36 Custody deals that lived longer, the chance to be won by ...
    {
        rule: 'R11',
        name: 'fires red when hardly any deal of this age was won by the close date',
        given: { closeDate: on('2026-11-30') },
        history: true,
        expect: {
            severity: 'Red',
            unit: 'Percent',
            observedValue: 5,
            threshold: 10,
            thresholdBasis: 'Segment',
            thresholdSampleSize: 21
        }
    },
    {
        rule: 'R11',
        name: 'fires amber below twenty percent',
        given: { closeDate: on('2027-01-09') },
        history: true,
        expect: { severity: 'Amber', observedValue: 15, threshold: 20 }
    },
    {
        rule: 'R11',
        name: 'does not fire when enough deals were won by then',
        given: { closeDate: on('2027-03-31') },
        history: true,
        expect: null
    },
    {
        rule: 'R11',
        name: 'leaves a passed close date to R3',
        given: { closeDate: on('2026-11-17') },
        history: true,
        expect: null,
        changesOn: ''
    },
    {
        rule: 'R11',
        name: 'does not judge without enough won deals',
        given: { closeDate: on('2026-11-19') },
        expect: null,
        changesOn: ''
    }
];
