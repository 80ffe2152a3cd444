// Histories as they come: each oddity gets a warning and a sane answer.
import { describe, expect, test } from '@jest/globals';
import { DAY_MS } from '../../../src/domain/outcomes/deal-features.ts';
import { assessOutcomes, type PipelineOutcomes } from '../../../src/domain/outcomes/pipeline-outcomes.ts';
import { AS_OF, invent, logOf, MEANING, QUICK, type Invented } from './small-pipeline.ts';

function assess(change: (history: Invented) => void, asOf = AS_OF, deals = 400): PipelineOutcomes {
    const history = invent({ deals });
    change(history);
    return assessOutcomes(logOf(history), MEANING, asOf, QUICK);
}

function isSane({ probability, closes, dealIds }: PipelineOutcomes): boolean {
    const numbers = [...Object.values(probability).flatMap((each) => [...(each ?? [])])];
    const days = closes === null ? [] : [...closes.p10, ...closes.p50, ...closes.p90];
    return (
        dealIds.length > 0 &&
        numbers.every((p) => p >= 0 && p <= 1) &&
        days.every((each) => each >= 0 && Number.isFinite(each))
    );
}

describe('a warning and a sane answer when', () => {
    test('a stage was renamed in the middle', () => {
        const found = assess(({ events }) => {
            for (const event of events)
                if (event.name === 'OFFER' && event.at > AS_OF - 50 * DAY_MS) event.name = 'PROPOSAL';
        });
        expect(found.warnings.join()).toContain('Stage event PROPOSAL first appears on');
        expect(isSane(found)).toBe(true);
    });

    test('stages were passed in another order from some day on', () => {
        const found = assess(({ events }) => {
            for (const event of events)
                if (event.at > AS_OF - 50 * DAY_MS && event.step === '')
                    event.name =
                        ({ OFFER: 'QUALIFIED', QUALIFIED: 'OFFER' } as Record<string, string>)[event.name] ??
                        event.name;
        });
        expect(isSane(found)).toBe(true);
        const back = found.table.columns[found.table.features.findIndex(({ key }) => key === 'steps_back')]!;
        expect(Math.max(...back)).toBe(1);
    });

    test('deals are reopened', () => {
        const found = assess(({ deals, events }) => {
            for (const deal of deals.slice(0, 40))
                events.push({ deal: deal.id, at: AS_OF - DAY_MS, name: 'OFFER', step: '', actor: '' });
        });
        expect(found.warnings).toContain('40 deals reopened after they were closed: their last end counts.');
        expect(found.dealIds).toContain('D0');
        expect(isSane(found)).toBe(true);
    });

    test('deals close before they are created', () => {
        const found = assess(({ deals }) => {
            for (const deal of deals.slice(0, 30)) deal.createdAt += 60 * DAY_MS;
        });
        expect(found.warnings.join('\n')).toMatch(/\d+ deals closed before they were created/);
        expect(found.warnings.join('\n')).toContain('clocks disagree');
        expect(isSane(found)).toBe(true);
    });

    test('amounts are missing or negative', () => {
        const found = assess(
            ({ deals }) => deals.forEach((deal, i) => (deal.amount = i % 2 === 0 ? NaN : -500)),
            AS_OF,
            600
        );
        expect(found.warnings.join()).toContain('without an amount above 0');
        expect(isSane(found)).toBe(true);
        expect(found.forecast!.p50).toBe(0);
    });

    test('all deals were won', () => {
        const found = assess(({ events }) => {
            for (const event of events) if (event.name === 'DROPPED') event.name = 'SIGNED';
        });
        expect(found.warnings.join()).toMatch(/All of \d+ closed deals were won/);
        expect(found.models.win).toMatchObject({
            status: 'notEnoughHistory',
            why: expect.stringContaining('nothing to tell apart')
        });
        expect(found.probability.win).toBeNull();
    });

    test('one person owns everything', () => {
        const found = assess(({ events }) => {
            for (const event of events) event.actor = 'only me';
        });
        expect(found.warnings.join()).toContain('One person did 100 % of the recorded work');
        expect(isSane(found)).toBe(true);
    });

    test('two years of silence lie between history and today', () => {
        const silent = AS_OF + 730 * DAY_MS;
        const found = assess(({ deals, events }) => {
            deals.forEach((deal) => (deal.createdAt = Math.min(deal.createdAt, AS_OF)));
            events.splice(0, events.length, ...events.filter(({ at }) => at < AS_OF));
        }, silent);
        expect(found.warnings.join()).toMatch(/Nothing at all was recorded for 73\d days/);
        expect(isSane(found)).toBe(true);
        expect([...found.zombie].every((each) => each === 1)).toBe(true);
    });

    test('one deal flips its stage 5,000 times', () => {
        const found = assess(({ events }) => {
            for (let i = 0; i < 5000; i++)
                events.push({
                    deal: 'D310',
                    at: AS_OF - DAY_MS + i,
                    name: i % 2 ? 'OFFER' : 'QUALIFIED',
                    step: '',
                    actor: ''
                });
        });
        expect(found.warnings.join()).toMatch(/Deal D310 has 500\d stage events/);
        expect(isSane(found)).toBe(true);
    });
});
