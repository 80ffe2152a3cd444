import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NONE } from '../../../src/domain/pipeline/types.ts';
import { hygieneOf, type KeptDeal } from '../../../src/domain/pipeline-review/hygiene.ts';
import { winLossPatterns, type ReasonedDeal } from '../../../src/domain/pipeline-review/win-loss.ts';
import { SeededRandom } from '../../../src/domain/statistics/random.ts';

const TODAY = 200;

describe('win and loss by reason', () => {
    const deals = (count: number, of: (at: number) => Omit<ReasonedDeal, 'dealId'>): ReasonedDeal[] =>
        Array.from({ length: count }, (_, at) => ({ dealId: String(at).padStart(4, '0'), ...of(at) }));

    test('finds the reason that matters, with its lift, and coverage of reasons', () => {
        const found = winLossPatterns(
            deals(200, (at) => ({
                isHit: at < 40 ? at % 4 === 0 : at % 2 === 0,
                reasons: at < 40 ? ['Price'] : at < 100 ? ['Service'] : []
            }))
        );
        expect(found.coverage).toBe(0.5);
        const [price, service] = found.reasons;
        expect(price).toMatchObject({ reason: 'Price', count: 40, hits: 10, share: 0.25, isFinding: true });
        expect(price!.shareOfOthers).toBe(0.5);
        expect(price!.lift).toBe(0.5);
        expect(price!.exampleIds).toHaveLength(5);
        expect(service!.isFinding).toBe(false);
    });

    test('seldom takes chance for a pattern, however many reasons are looked at', () => {
        const random = new SeededRandom(11);
        let wrong = 0;
        for (let round = 0; round < 40; round++) {
            const found = winLossPatterns(
                deals(300, () => ({
                    isHit: random.fraction() < 0.4,
                    reasons: Array.from({ length: 20 }, (_, at) => `R${at}`).filter(
                        () => random.fraction() < 0.2
                    )
                }))
            );
            expect(found.reasons).toHaveLength(20);
            if (found.reasons.some(({ isFinding }) => isFinding)) wrong++;
        }
        expect(wrong).toBeLessThan(6);
    });

    test('says nothing below a hundred closed deals', () => {
        const found = winLossPatterns(deals(99, () => ({ isHit: true, reasons: ['Price'] })));
        expect(found.reasons).toEqual([]);
        expect(found.silence).toBe('Not enough history: 99 closed deals, 100 are needed.');
    });
});

describe('hygiene', () => {
    const kept: KeptDeal = {
        dealId: '006-1',
        hasNextStep: true,
        closeDate: 300,
        changedOn: 195,
        amountMinor: 100,
        contactRoleCount: 1,
        lastActivityOn: 190,
        competitor: 'Bank X'
    };
    const broken: Partial<KeptDeal> = {
        hasNextStep: false,
        closeDate: 199,
        changedOn: 100,
        amountMinor: null,
        contactRoleCount: 0,
        lastActivityOn: NONE,
        competitor: ''
    };

    test('is 100 where everything is kept and 0 where nothing is, each failure with record, field and points', () => {
        expect(hygieneOf(kept, TODAY)).toEqual({ dealId: '006-1', score: 100, failed: [] });
        const none = hygieneOf({ ...kept, ...broken }, TODAY);
        expect(none.score).toBe(0);
        expect(none.failed.map(({ field, points }) => [field, points])).toEqual([
            ['Opportunity.NextStep', 20],
            ['Opportunity.CloseDate', 20],
            ['Opportunity.StageName', 15],
            ['Opportunity.Amount', 15],
            ['OpportunityContactRole.ContactId', 15],
            ['Task.WhatId', 10],
            ['OpportunityCompetitor.CompetitorName', 5]
        ]);
    });

    test('rises by exactly the points of a check when its field is mended, also where some checks do not apply', () => {
        const anyBreaks = fc.subarray(Object.keys(broken) as (keyof KeptDeal)[], { minLength: 1 });
        const fields = ['hasNextStep', 'contactRoleCount', 'lastActivityOn', 'competitor'] as const;
        fc.assert(
            fc.property(anyBreaks, fc.subarray([...fields]), (breaks, unused) => {
                const off = Object.fromEntries(unused.map((field) => [field, null]));
                const deal = Object.assign(
                    { ...kept },
                    ...breaks.map((field) => ({ [field]: broken[field] })),
                    off
                );
                const before = hygieneOf(deal, TODAY);
                for (const field of breaks.filter((name) => !(unused as string[]).includes(name))) {
                    const after = hygieneOf({ ...deal, [field]: kept[field] }, TODAY);
                    const mended = before.failed.filter(
                        ({ check }) => !after.failed.some((other) => other.check === check)
                    );
                    expect(mended).toHaveLength(1);
                    expect(after.score - before.score).toBe(mended[0]!.points);
                }
            })
        );
    });
});
