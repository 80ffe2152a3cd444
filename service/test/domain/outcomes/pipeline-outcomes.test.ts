// The main path on an invented pipeline: nothing of the future is read, answers are complete and explained, and short or
// empty histories get no probabilities.
import { describe, expect, test } from '@jest/globals';
import { explainRow } from '../../../src/domain/outcomes/outcome-model.ts';
import { assessOutcomes, type PipelineOutcomes } from '../../../src/domain/outcomes/pipeline-outcomes.ts';
import { DAY_MS } from '../../../src/domain/outcomes/deal-features.ts';
import { logitOf } from '../../../src/domain/outcomes/learners/learner.ts';
import { AS_OF, invent, logOf, MEANING, QUICK } from './small-pipeline.ts';

const outcomes = assessOutcomes(logOf(invent()), MEANING, AS_OF, QUICK);

function told(found: PipelineOutcomes): string {
    const { dealIds, probability, closes, reasons, forecast, warnings } = found;
    const numbers = Object.values(probability).map((each) => each && [...each]);
    return JSON.stringify({
        dealIds,
        numbers,
        closes: closes && Object.values(closes).map((each) => [...each]),
        reasons,
        forecast,
        warnings
    });
}

describe('as of a moment', () => {
    test('nothing dated after the as-of date is read: a poisoned future changes not one byte', () => {
        const poisoned = invent();
        for (const event of poisoned.events)
            if (event.at >= AS_OF)
                Object.assign(event, { name: 'GARBAGE', at: AS_OF + (event.at % 977), actor: 'nobody' });
        for (const deal of poisoned.deals)
            if (deal.createdAt >= AS_OF)
                Object.assign(deal, { amount: -1e12, closedAt: AS_OF, closedWon: true });
        poisoned.deals.unshift({ id: 'X', createdAt: AS_OF, amount: 1e15, closedAt: AS_OF, closedWon: true });
        for (let i = 0; i < 500; i++) {
            poisoned.events.unshift({ deal: 'D500', at: AS_OF + i, name: 'SIGNED', step: '', actor: 'a' });
            poisoned.events.push({
                deal: 'D1',
                at: AS_OF,
                name: `Junk ${i}`,
                step: 'complete',
                actor: `b${i}`
            });
        }
        expect(told(assessOutcomes(logOf(poisoned), MEANING, AS_OF, QUICK))).toBe(told(outcomes));
    });

    test('outcome columns may be absent: events tell the same', () => {
        const withColumns = invent();
        for (const deal of withColumns.deals) {
            const end = withColumns.events.find(
                ({ deal: id, name }) => id === deal.id && (name === 'SIGNED' || name === 'DROPPED')
            )!;
            Object.assign(deal, { closedAt: end.at, closedWon: end.name === 'SIGNED' });
        }
        expect(told(assessOutcomes(logOf(withColumns), MEANING, AS_OF, QUICK))).toBe(told(outcomes));
    });

    test('every open deal has ordered probabilities and an ordered close range', () => {
        expect(outcomes.dealIds.length).toBeGreaterThan(30);
        const { win, win14, win30, stall14 } = outcomes.probability;
        outcomes.dealIds.forEach((_, i) => {
            expect(win14![i]!).toBeLessThanOrEqual(win30![i]!);
            expect(win30![i]!).toBeLessThanOrEqual(win![i]!);
            for (const each of [win![i]!, stall14![i]!]) {
                expect(each).toBeGreaterThan(0);
                expect(each).toBeLessThan(1);
            }
            expect(outcomes.closes!.p10[i]!).toBeLessThanOrEqual(outcomes.closes!.p50[i]!);
            expect(outcomes.closes!.p50[i]!).toBeLessThanOrEqual(outcomes.closes!.p90[i]!);
        });
        const { p10, p50, p90 } = outcomes.forecast!;
        expect(p10).toBeLessThan(p50);
        expect(p50).toBeLessThan(p90);
    });

    test('the winner beats the base rate on days it was not trained on, and its record says by how much', () => {
        const { win } = outcomes.models;
        if (win.status !== 'ready') throw new Error(win.status);
        const winner = win.record.candidates.find(({ key }) => key === win.record.winner)!;
        expect(winner.auc!).toBeGreaterThan(0.7);
        expect(winner.skill.low).toBeGreaterThan(0);
        expect(winner.folds.length).toBeGreaterThanOrEqual(2);
    });

    test('contributions add up to the score, and reasons carry sign and size', () => {
        outcomes.dealIds.forEach((_, row) => {
            const { probability, base, contributions } = explainRow(
                outcomes.models.win,
                outcomes.table,
                row
            )!;
            expect(base + contributions.reduce((sum, each) => sum + each, 0)).toBeCloseTo(
                logitOf(probability),
                6
            );
            const sizes = outcomes.reasons[row]!.map(({ contribution }) => Math.abs(contribution));
            expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
            for (const { contribution, points } of outcomes.reasons[row]!)
                expect(Math.sign(points)).toBe(Math.sign(contribution));
        });
    });
});

describe('histories that do not suffice', () => {
    test('below the minimum there are no probabilities, and it says why', () => {
        const found = assessOutcomes(logOf(invent({ deals: 90 })), MEANING, AS_OF, QUICK);
        expect(found.models.win).toMatchObject({
            status: 'notEnoughHistory',
            why: expect.stringContaining('at least 50')
        });
        expect(found.probability.win).toBeNull();
        expect(found.forecast).toBeNull();
        expect(found.reasons.flat()).toEqual([]);
    });

    test('an empty history answers nothing and does not fail', () => {
        const found = assessOutcomes(logOf({ deals: [], events: [] }), MEANING, AS_OF, QUICK);
        expect(found.dealIds).toEqual([]);
        expect(found.models.win.status).toBe('notEnoughHistory');
    });

    test('as of the first day nothing is known', () => {
        const found = assessOutcomes(logOf(invent()), MEANING, AS_OF - 119 * DAY_MS, QUICK);
        expect(found.probability.win).toBeNull();
    });
});
