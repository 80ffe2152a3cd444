// One deal scored by itself with models fitted before: the same numbers as in a pass over all, and no others.
import { describe, expect, test } from '@jest/globals';
import { DAY_MS } from '../../../src/domain/outcomes/deal-features.ts';
import { EventLogBuilder, type EventLog } from '../../../src/domain/outcomes/event-log.ts';
import {
    fitOutcomes,
    knownPipeline,
    scoreOpenDeals,
    type DealScores
} from '../../../src/domain/outcomes/score-deals.ts';
import { readFit, saveFit, type SavedFit } from '../../../src/domain/outcomes/saved-fit.ts';
import { AS_OF, invent, logOf, MEANING, QUICK, type InventedEvent } from './small-pipeline.ts';

const history = invent();
const fitted = fitOutcomes(knownPipeline(logOf(history), MEANING, AS_OF), MEANING, QUICK);
const LATER = AS_OF + DAY_MS;

/** The rows of one deal alone, numbered as those the models learnt from. */
function alone(id: string, { deals, events } = history): EventLog {
    const builder = new EventLogBuilder(fitted.kinds);
    builder.addDeal(deals.find((deal) => deal.id === id)!);
    for (const { deal, at, name, step, actor } of events)
        if (deal === id)
            builder.addEvent(deal, at, { name, step, table: step === '' ? 'stage' : 'work' }, actor);
    return builder.build();
}

function told({ dealIds, probability, closes, reasons, zombie }: DealScores, row: number): unknown {
    return {
        id: dealIds[row],
        probability: Object.values(probability).map((each) => each![row]),
        closes: [closes!.p10[row], closes!.p50[row], closes!.p90[row]],
        reasons: reasons[row],
        zombie: zombie[row]
    };
}

function scoresOf(log: EventLog, asOf: number, mostAtOnce: number): unknown[] {
    return [...scoreOpenDeals(fitted, log, asOf, mostAtOnce)].flatMap((scores) =>
        scores.dealIds.map((_, row) => told(scores, row))
    );
}

describe('a deal scored by itself', () => {
    test('has the numbers of the pass over all, bit for bit, whichever deal it is', () => {
        const all = scoresOf(logOf(history), AS_OF, Infinity) as { id: string }[];
        expect(all.length).toBeGreaterThan(30);
        for (const scores of all) expect(scoresOf(alone(scores.id), AS_OF, 1)).toStrictEqual([scores]);
    });

    test('has them too with models that were kept as text and read back', () => {
        const readBack = readFit(JSON.parse(JSON.stringify(saveFit(fitted))) as SavedFit);
        const scores = (by: typeof fitted | typeof readBack): unknown[] =>
            [...scoreOpenDeals(by, logOf(history), AS_OF, 10)].flatMap((part) =>
                part.dealIds.map((_, row) => told(part, row))
            );
        expect(scores(readBack)).toStrictEqual(scores(fitted));
    });

    test('after it changed, has the numbers of a pass over the changed history, and others than before', () => {
        const id = (scoresOf(logOf(history), AS_OF, 1)[0] as { id: string }).id;
        const calls = [1, 2, 3].map((hour): InventedEvent => ({
            deal: id,
            at: AS_OF + hour * 3_600_000,
            name: 'Call',
            step: 'complete',
            actor: 'U1'
        }));
        const before = { deals: history.deals, events: history.events.filter(({ at }) => at < AS_OF) };
        const changed = { deals: history.deals, events: [...before.events, ...calls] };
        const own = scoresOf(alone(id, changed), LATER, 1);
        const all = scoresOf(logOf(changed), LATER, 7) as { id: string }[];
        expect(own).toStrictEqual([all.find((scores) => scores.id === id)]);
        expect(own).not.toEqual(scoresOf(alone(id, before), LATER, 1));
    });

    test('has no scores once it is closed', () => {
        const open = (scoresOf(logOf(history), AS_OF, 1)[0] as { id: string }).id;
        const lost: InventedEvent = { deal: open, at: AS_OF + 1, name: 'DROPPED', step: '', actor: '' };
        const ended = { deals: history.deals, events: [...history.events, lost] };
        expect(scoresOf(alone(open, ended), LATER, 1)).toEqual([]);
    });

    test('is refused with a kind of event the models have never met, by its name', () => {
        const { id } = scoresOf(logOf(history), AS_OF, 1)[0] as { id: string };
        const visit: InventedEvent = {
            deal: id,
            at: AS_OF - 1,
            name: 'Site visit',
            step: 'complete',
            actor: ''
        };
        const strange = { deals: history.deals, events: [...history.events, visit] };
        expect(() => scoresOf(alone(id, strange), AS_OF, 1)).toThrow(/"Site visit" complete.*fit anew/);
    });
});
