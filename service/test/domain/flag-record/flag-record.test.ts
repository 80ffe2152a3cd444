import { describe, expect, test } from '@jest/globals';
import { RULE_KEYS } from '../../../src/domain/pipeline/default-policy.ts';
import { NONE, type DealAssessment, type Flag, type RuleKey } from '../../../src/domain/pipeline/types.ts';
import { EarnedFlags } from '../../../src/domain/flag-record/earned-flags.ts';
import { flagRecords, LEAST_DEALS } from '../../../src/domain/flag-record/record.ts';
import {
    FIRM,
    type Feedback,
    type FlagRecord,
    type Landmark
} from '../../../src/domain/flag-record/types.ts';
import { SeededRandom } from '../../../src/domain/statistics/random.ts';

function landmark(
    deal: number,
    isFlagged: boolean,
    wentBadly: boolean,
    more: Partial<Landmark> = {}
): Landmark {
    return {
        dealId: `006-${deal}`,
        segment: 'Custody',
        asOf: 100,
        flagged: isFlagged ? ['R5'] : [],
        wentBadly,
        lostOn: NONE,
        ...more
    };
}

/** So many flagged and other deals, of which so many went badly. */
function deals(flagged: number, hits: number, others: number, otherHits: number): Landmark[] {
    return [
        ...Array.from({ length: flagged }, (_, at) => landmark(at, true, at < hits)),
        ...Array.from({ length: others }, (_, at) => landmark(1000 + at, false, at < otherHits))
    ];
}

function recordOf(
    landmarks: readonly Landmark[],
    feedback: readonly Feedback[] = [],
    segment = FIRM
): FlagRecord {
    return flagRecords(landmarks, feedback, ['R5'], 90).find((record) => record.segment === segment)!;
}

function feedback(deal: number, more: Partial<Feedback> = {}): Feedback {
    return {
        dealId: `006-open-${deal}`,
        segment: 'Custody',
        ruleKey: 'R5',
        authorId: '005-1',
        givenOn: 150,
        reason: 'DealIsActive',
        ...more
    };
}

describe('the record of a flag', () => {
    test('has hit rate, lift and interval: 40 of 50 flagged against 50 of 100 others', () => {
        const record = recordOf(deals(50, 40, 100, 50));
        expect(record).toMatchObject({ flaggedDeals: 50, otherDeals: 100, hitRate: 0.8, otherRate: 0.5 });
        // (40.5 / 51) / (50.5 / 101), and Katz: sqrt(10.5/51 / 40.5 ... + ...) = 0.1233
        expect(record.lift).toBeCloseTo(1.588, 3);
        expect(record.interval!.low).toBeCloseTo(1.244, 2);
        expect(record.interval!.high).toBeCloseTo(2.027, 2);
        expect(record.verdict).toBe('Earned');
        expect(record.sentence).toBe(
            'R5: 80 % of 50 flagged deals were not won within 90 days, against 50 % of 100 others, ' +
                '1.59 times as often (1.25 to 2.02).'
        );
    });

    test('demotes a flag whose interval includes 1, and says why', () => {
        const record = recordOf(deals(50, 28, 100, 50));
        expect(record.verdict).toBe('Demoted');
        expect(record.interval!.low).toBeLessThan(1);
        expect(record.sentence).toContain(
            'That may be chance, since the range includes 1: the flag is demoted.'
        );
    });

    test('demotes a flag on deals that do better than others', () => {
        const record = recordOf(deals(60, 15, 100, 70));
        expect(record.interval!.high).toBeLessThan(1);
        expect(record.sentence).toContain('Flagged deals do better than others: the flag is demoted.');
    });

    test('concludes nothing from few deals or where hardly any deal went the other way', () => {
        expect(recordOf(deals(LEAST_DEALS - 1, 29, 100, 10)).verdict).toBe('NotEnough');
        expect(recordOf(deals(50, 50, 60, 56)).verdict).toBe('NotEnough');
        expect(recordOf([]).sentence).toContain('not enough history');
    });

    test('counts a deal once however many days it was seen on', () => {
        const once = recordOf(deals(50, 40, 100, 50));
        const daily = recordOf(
            deals(50, 40, 100, 50).flatMap((one) => [80, 90, 100].map((asOf) => ({ ...one, asOf })))
        );
        expect(daily).toEqual(once);
    });

    test('tells how long before the loss the flag was up', () => {
        const lost = (deal: number, asOf: number, lostOn: number): Landmark =>
            landmark(deal, true, true, { asOf, lostOn });
        const record = recordOf([lost(1, 100, 120), lost(1, 110, 120), lost(2, 100, 150), lost(3, 100, 104)]);
        expect(record.lead).toEqual({ count: 3, p25: 4, median: 20, p75: 50 });
    });

    test('judges segments apart from the firm', () => {
        const lending = deals(50, 25, 100, 50).map((one) => ({
            ...one,
            dealId: `l${one.dealId}`,
            segment: 'Lending'
        }));
        const all = [...deals(50, 48, 100, 50), ...lending];
        expect(recordOf(all, [], 'Custody').verdict).toBe('Earned');
        expect(recordOf(all, [], 'Lending').verdict).toBe('Demoted');
        expect(recordOf(all).flaggedDeals).toBe(100);
    });

    test('lets a useless flag through about as seldom as its interval promises', () => {
        const random = new SeededRandom(5);
        let earned = 0;
        for (let round = 0; round < 200; round++) {
            const landmarks = Array.from({ length: 150 }, (_, deal) => deal).flatMap((deal) => {
                const wentBadly = random.fraction() < 0.6;
                return [70, 80, 90].map((asOf) =>
                    landmark(deal, random.fraction() < 0.4, wentBadly, { asOf })
                );
            });
            if (recordOf(landmarks).verdict === 'Earned') earned++;
        }
        expect(earned).toBeLessThan(14);
    });
});

describe('feedback of reps', () => {
    const landmarks = deals(50, 40, 100, 50);

    test('takes half a deal off for each open deal it speaks of, and never more than a sixth of the hit rate', () => {
        expect(recordOf(landmarks, [feedback(1), feedback(2)])).toMatchObject({
            feedbackCount: 2,
            feedbackWeight: 1,
            hitRate: 40 / 51
        });
        const many = recordOf(
            landmarks,
            Array.from({ length: 500 }, (_, at) => feedback(at))
        );
        expect(many.feedbackWeight).toBe(10);
        expect(many.hitRate).toBeCloseTo((0.8 * 5) / 6, 12);
        expect(many.verdict).toBe('Earned');
    });

    test('tips a flag that is barely better than chance', () => {
        const barely = deals(50, 35, 100, 50);
        expect(recordOf(barely).verdict).toBe('Earned');
        expect(
            recordOf(
                barely,
                Array.from({ length: 20 }, (_, at) => feedback(at))
            ).verdict
        ).toBe('Demoted');
    });

    test('does not count where the outcome speaks, where the world was to blame, twice, or against another rule', () => {
        const ignored = [
            feedback(1, { dealId: '006-1' }),
            feedback(2, { reason: 'WaitingOnClient' }),
            feedback(3, { ruleKey: 'R1' }),
            feedback(4, { givenOn: 10 }),
            feedback(4, { givenOn: 20, reason: 'Other' }),
            feedback(5, { segment: 'Lending' })
        ];
        expect(recordOf(landmarks, ignored, 'Custody').feedbackCount).toBe(0);
        expect(recordOf(landmarks, [feedback(6), feedback(6, { authorId: '005-2' })]).feedbackCount).toBe(1);
    });
});

describe('flags by their record', () => {
    const flag = (ruleKey: RuleKey, importance: number, severity: Flag['severity'] = 'Amber'): Flag => ({
        ruleKey,
        policyName: '',
        severity,
        importance,
        observedSince: NONE,
        observedValue: 1,
        unit: 'Count',
        threshold: 1,
        thresholdBasis: 'Default',
        thresholdSampleSize: 0,
        evidence: [],
        actionKey: '',
        actionText: ''
    });
    const both = [...deals(50, 48, 100, 50)].map((one) =>
        // R4 is on every second deal, whatever becomes of it.
        Number(one.dealId.slice(4)) % 2 === 0 ? { ...one, flagged: [...one.flagged, 'R4' as const] } : one
    );
    const records = flagRecords(both, [], RULE_KEYS, 90);
    const earned = new EarnedFlags(records);
    const assessed = (...flags: Flag[]): DealAssessment => ({
        opportunityId: '006-1',
        band: 'Stalled',
        flags,
        priorityPoints: 999,
        stageMedianDays: null,
        reassessOn: NONE
    });
    const keysOf = ({ flags }: DealAssessment): RuleKey[] => flags.map(({ ruleKey }) => ruleKey);

    test('stay in order of importance; a demoted one is put aside and counts nothing in band and points', () => {
        const found = earned.of(assessed(flag('R3', 90), flag('R4', 60, 'Red'), flag('R5', 10)), 'Custody');
        expect(keysOf(found)).toEqual(['R3', 'R5']);
        expect(found).toMatchObject({ band: 'AtRisk', priorityPoints: 100 });
        expect(earned.of(assessed(flag('R4', 60, 'Red')), 'Custody')).toMatchObject({
            band: 'Healthy',
            priorityPoints: 0
        });
        expect(
            records.find(({ ruleKey, segment }) => ruleKey === 'R4' && segment === 'Custody')!.sentence
        ).toContain('R4 in Custody');
    });

    test('of a segment without history go by the record of the firm, and as shipped where nobody measured', () => {
        expect(earned.isDemoted('R4', 'Lending')).toBe(true);
        expect(earned.isDemoted('R5', 'Lending')).toBe(false);
        expect(keysOf(new EarnedFlags([]).of(assessed(flag('R4', 60)), 'Lending'))).toEqual(['R4']);
        const ofSegment = { ruleKey: 'R4', segment: 'Lending', verdict: 'Earned' } as const;
        expect(new EarnedFlags([...records, ofSegment]).isDemoted('R4', 'Lending')).toBe(false);
    });
});
