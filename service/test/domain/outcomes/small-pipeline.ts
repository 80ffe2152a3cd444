// A small invented pipeline for the tests of outcome models: deals that are called often are won more. Owns the data;
// seeded, so that every run sees the same deals.
import { EventLogBuilder, type DealRow, type EventLog } from '../../../src/domain/outcomes/event-log.ts';
import type { PipelineMeaning } from '../../../src/domain/outcomes/meaning.ts';
import { DAY_MS } from '../../../src/domain/outcomes/deal-features.ts';
import { seeded } from '../../../src/domain/outcomes/seeded.ts';

export const MEANING: PipelineMeaning = {
    stages: [
        { label: 'Qualified', events: ['QUALIFIED'] },
        { label: 'Offer', events: ['OFFER'] }
    ],
    won: ['SIGNED'],
    lost: ['DROPPED']
};
export const START = Date.UTC(2025, 0, 6);
export const AS_OF = START + 120 * DAY_MS;
export const QUICK = { mostLandmarks: 1500, reasonsPerDeal: 3 };

export interface InventedEvent {
    deal: string;
    at: number;
    name: string;
    /** '' for a stage event */
    step: '' | 'schedule' | 'start' | 'complete';
    actor: string;
}

export interface Invented {
    deals: DealRow[];
    events: InventedEvent[];
}

/** `signal` 0: calls say nothing about winning. */
export function invent({ deals: count = 600, signal = 1, seed = 7 } = {}): Invented {
    const random = seeded(seed);
    const deals: DealRow[] = [];
    const events: InventedEvent[] = [];
    for (let i = 0; i < count; i++) {
        const id = `D${i}`;
        const createdAt = START + (i / count) * 150 * DAY_MS + random() * DAY_MS;
        deals.push({
            id,
            createdAt,
            amount: 1000 + Math.round(random() * 9000),
            closedAt: NaN,
            closedWon: false
        });
        const stage = (days: number, name: string): void => {
            events.push({ deal: id, at: createdAt + days * DAY_MS, name, step: '', actor: '' });
        };
        stage(0.2, 'QUALIFIED');
        const busy = random() < 0.5;
        const offerDay = 2 + random() * 6;
        if (random() < 0.8) stage(offerDay, 'OFFER');
        const endDay = offerDay + 2 + random() * 18;
        const winShare = signal === 0 ? 0.45 : busy ? 0.8 : 0.15;
        for (let day = 1 + random(); day < endDay; day += signal === 0 ? 3 : busy ? 1.5 : 6)
            events.push({
                deal: id,
                at: createdAt + day * DAY_MS,
                name: 'Call',
                step: 'complete',
                actor: `U${i % 5}`
            });
        stage(endDay, random() < winShare ? 'SIGNED' : 'DROPPED');
    }
    return { deals, events };
}

export function logOf({ deals, events }: Invented): EventLog {
    const builder = new EventLogBuilder();
    for (const deal of deals) builder.addDeal(deal);
    for (const { deal, at, name, step, actor } of events)
        builder.addEvent(deal, at, { name, step, table: step === '' ? 'stage' : 'work' }, actor);
    return builder.build();
}
