// What events mean in one pipeline: which stage event reaches which rank, which end a deal as won or lost. Owns the
// meaning given by an admin (or known for the layout); nothing is learnt here.
import type { EventKind } from './event-log.ts';

export interface PipelineMeaning {
    /** open stages in order; several names may mean one stage, e.g. after a renaming */
    stages: { label: string; events: string[] }[];
    won: string[];
    lost: string[];
}

/** The meaning of the stage events of `data/bpi2012_loan_pipeline`, as its README gives it. */
export const LOAN_PIPELINE: PipelineMeaning = {
    stages: [
        { label: 'Pre-accepted', events: ['A_PREACCEPTED'] },
        { label: 'Accepted', events: ['A_ACCEPTED'] },
        { label: 'Offer sent', events: ['O_SENT'] },
        { label: 'Offer returned', events: ['O_SENT_BACK'] }
    ],
    won: ['A_APPROVED', 'A_REGISTERED', 'A_ACTIVATED'],
    lost: ['A_DECLINED', 'A_CANCELLED']
};

/** By kind of event: 1.. the rank of an open stage, 0 no stage of its own, WON and LOST ends. */
export const WON = -1;
export const LOST = -2;

export function meaningOfKinds(kinds: EventKind[], meaning: PipelineMeaning): Int8Array {
    const ranks = new Map<string, number>();
    meaning.stages.forEach(({ events }, index) => events.forEach((event) => ranks.set(event, index + 1)));
    for (const event of meaning.won) ranks.set(event, WON);
    for (const event of meaning.lost) ranks.set(event, LOST);
    return Int8Array.from(kinds, ({ table, name }) => (table === 'stage' ? (ranks.get(name) ?? 0) : 0));
}
