import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { assessDeal, bandOf } from '../../../src/domain/pipeline/assess.ts';
import { DEFAULT_POLICIES } from '../../../src/domain/pipeline/default-policy.ts';
import { policyBook } from '../../../src/domain/pipeline/policy.ts';
import {
    NONE,
    type DealFacts,
    type Flag,
    type RuleKey,
    type Severity
} from '../../../src/domain/pipeline/types.ts';
import { NO_HISTORY, TODAY, custodyHistory, dealFacts } from './deal-builder.ts';

const history = custodyHistory();
const shipped = policyBook(DEFAULT_POLICIES);

describe('the band of a deal', () => {
    const flags = (...rules: [RuleKey, Severity][]): Flag[] =>
        rules.map(([ruleKey, severity]) => ({ ruleKey, severity }) as Flag);

    test.each<[string, [RuleKey, Severity][]]>([
        ['Healthy', []],
        ['Watch', [['R6', 'Amber']]],
        [
            'AtRisk',
            [
                ['R6', 'Amber'],
                ['R9', 'Amber']
            ]
        ],
        ['AtRisk', [['R3', 'Red']]],
        ['Stalled', [['R1', 'Red']]],
        ['Stalled', [['R2', 'Red']]],
        [
            'Stalled',
            [
                ['R5', 'Red'],
                ['R6', 'Amber']
            ]
        ]
    ])('is %s with the flags %j', (band, rules) => {
        expect(bandOf(flags(...rules))).toBe(band);
    });
});

describe('an assessment', () => {
    test('of a deal in order is healthy, with the median of its stage', () => {
        expect(assessDeal(dealFacts(), history, shipped, TODAY)).toMatchObject({
            band: 'Healthy',
            flags: [],
            priorityPoints: 0,
            stageMedianDays: 10
        });
    });

    test('shows no median where only the shipped default speaks', () => {
        expect(assessDeal(dealFacts(), NO_HISTORY, shipped, TODAY).stageMedianDays).toBeNull();
    });

    test('orders flags by importance and counts red ones twice', () => {
        const facts = dealFacts({ closeDate: TODAY - 1, contactRoleCount: 0, lastTwoWayOn: TODAY - 14 });
        const { flags, priorityPoints, band } = assessDeal(facts, NO_HISTORY, shipped, TODAY);
        expect(flags.map(({ ruleKey, severity }) => `${ruleKey} ${severity}`)).toEqual([
            'R3 Amber',
            'R1 Amber',
            'R6 Red'
        ]);
        expect(priorityPoints).toBe(90 + 80 + 2 * 40);
        expect(band).toBe('AtRisk');
    });

    test('of a closed deal warns of nothing', () => {
        const facts = dealFacts({ isClosed: true, closeDate: TODAY - 100, contactRoleCount: 0 });
        expect(assessDeal(facts, history, shipped, TODAY)).toMatchObject({
            band: 'Healthy',
            flags: [],
            reassessOn: NONE
        });
    });

    test('is due again when the policy changes', () => {
        const records = DEFAULT_POLICIES.map((record) => ({ ...record, effectiveEndOn: TODAY + 1 }));
        expect(assessDeal(dealFacts(), history, policyBook(records), TODAY).reassessOn).toBe(TODAY + 1);
    });

    test('is due again when a planned meeting takes place', () => {
        expect(assessDeal(dealFacts({ changesOn: TODAY + 1 }), history, shipped, TODAY).reassessOn).toBe(
            TODAY + 1
        );
    });
});

const past = fc.integer({ min: TODAY - 150, max: TODAY });
const maybe = (day: fc.Arbitrary<number>): fc.Arbitrary<number> => fc.oneof(fc.constant(NONE), day);
const anyFacts: fc.Arbitrary<DealFacts> = fc
    .record({
        segment: fc.constantFrom('Custody', ''),
        createdOn: past,
        closeDate: fc.integer({ min: TODAY - 30, max: TODAY + 250 }),
        stageEnteredOn: past,
        lastTwoWayOn: maybe(past),
        outboundSinceTwoWay: fc.nat(4),
        firstOutboundSinceTwoWayOn: maybe(past),
        closePushCount: fc.nat(6),
        closePushDays: fc.nat(200),
        lateAmountChange: fc.double({ min: 0, max: 1, noNaN: true }),
        backwardMoveCount: fc.nat(3),
        lastBackwardMoveOn: maybe(past),
        contactRoleCount: fc.nat(3),
        decisionMakerCount: fc.nat(2),
        decisionMakerLastTouchOn: maybe(past),
        hasNextStep: fc.constantFrom(true, false, null),
        nextStepDueOn: maybe(fc.integer({ min: TODAY - 30, max: TODAY + 30 })),
        activityCoverage: fc.constantFrom('Full', 'Partial', 'None')
    })
    .map((changes) => dealFacts(changes as Partial<DealFacts>));

/** What is stored: everything but the day of the next assessment. */
function storedOn(facts: DealFacts, day: number): unknown {
    const { reassessOn, ...stored } = assessDeal(facts, history, shipped, day);
    return { ...stored, isLater: reassessOn === NONE || reassessOn > day };
}

describe('the day of the next assessment', () => {
    test('lies ahead, and until then the passing of days changes nothing that is stored', () => {
        fc.assert(
            fc.property(anyFacts, fc.nat(40), (facts, wait) => {
                const day = TODAY + wait;
                const { reassessOn } = assessDeal(facts, history, shipped, day);
                const today = storedOn(facts, day);
                expect(today).toMatchObject({ isLater: true });
                const until = reassessOn === NONE ? day + 400 : reassessOn;
                for (let later = day + 1; later < until; later++)
                    expect(storedOn(facts, later)).toEqual(today);
            }),
            { numRuns: 200 }
        );
    });

    test('brings every change of the next half year', () => {
        fc.assert(
            fc.property(anyFacts, (facts) => {
                let stored = storedOn(facts, TODAY);
                let due = assessDeal(facts, history, shipped, TODAY).reassessOn;
                for (let day = TODAY + 1; day < TODAY + 180; day++) {
                    if (due !== NONE && day >= due) {
                        stored = storedOn(facts, day);
                        due = assessDeal(facts, history, shipped, day).reassessOn;
                    }
                    expect(storedOn(facts, day)).toEqual(stored);
                }
            }),
            { numRuns: 60 }
        );
    });

    test('and everything else is the same for the same facts', () => {
        fc.assert(
            fc.property(anyFacts, (facts) => {
                const again = assessDeal(
                    structuredClone(facts),
                    custodyHistory(),
                    policyBook(DEFAULT_POLICIES),
                    TODAY
                );
                expect(again).toEqual(assessDeal(facts, history, shipped, TODAY));
            })
        );
    });
});
