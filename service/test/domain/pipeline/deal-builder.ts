// A healthy deal to start from, and learnt thresholds with round numbers, for the cases of rules and assessment.
import { parseDay } from '../../../src/domain/calendar.ts';
import { Learning, learnedThresholds, type LearnedThresholds } from '../../../src/domain/pipeline/learn.ts';
import { NONE, type DealFacts } from '../../../src/domain/pipeline/types.ts';

/** A Wednesday. */
export const TODAY = parseDay('2026-11-18');

export function dealFacts(changes: Partial<DealFacts> = {}): DealFacts {
    return {
        opportunityId: '006000000000001AAA',
        ownerId: '005000000000001AAA',
        segment: 'Custody',
        teamKey: '005000000000009AAA',
        stageName: 'Proposal',
        isClosed: false,
        isWon: false,
        amountMinor: 1_000_000,
        createdOn: parseDay('2026-10-01'),
        closeDate: parseDay('2027-03-31'),
        stageEnteredOn: parseDay('2026-11-11'),
        lastActivityOn: parseDay('2026-11-17'),
        lastTwoWayOn: parseDay('2026-11-17'),
        outboundSinceTwoWay: 0,
        firstOutboundSinceTwoWayOn: NONE,
        closePushCount: 0,
        closePushDays: 0,
        lateAmountChange: 0,
        backwardMoveCount: 0,
        lastBackwardMoveOn: NONE,
        contactRoleCount: 3,
        decisionMakerCount: 1,
        decisionMakerLastTouchOn: parseDay('2026-11-10'),
        hasNextStep: true,
        nextStepDueOn: parseDay('2026-11-25'),
        isPersonAccount: false,
        activityCoverage: 'Full',
        changesOn: NONE,
        evidence: { activity: [], outbound: [], push: [], stage: [], contact: [] },
        ...changes
    };
}

/** Twenty-one won Custody deals: 10 business days in Proposal, silences 0 to 20 days, amounts to 21,000 units, won
 *  at ages 20, 30 ... 220; and as many lost at the same ages. */
export function custodyHistory(): LearnedThresholds {
    const learning = new Learning();
    const place = { stageName: 'Proposal', segment: 'Custody', teamKey: '005000000000009AAA' };
    for (let i = 0; i <= 20; i++) {
        learning.addStage('Proposal', place, 10, i);
        learning.addWonAmount(place, (i + 1) * 100_000);
        learning.addAge(place, 'won', 20 + 10 * i);
        learning.addAge(place, 'lost', 20 + 10 * i);
    }
    return learnedThresholds(learning.summary());
}

export const NO_HISTORY: LearnedThresholds = learnedThresholds(new Learning().summary());
