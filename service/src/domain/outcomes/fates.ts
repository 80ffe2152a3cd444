// What became of each deal, as far as the known history tells: when it entered the pipeline, when it reached each stage,
// when and how it ended. Owns the reading of ends, reopenings included; labels are made from it in targets.ts.
//
// The first end counts. A deal that reaches a stage at a later moment than its end was reopened: it is open again from
// then, and its next end counts.
import type { EventLog } from './event-log.ts';
import { LOST, WON } from './meaning.ts';

export const NEVER = Infinity;

export interface Fates {
    /** moment of the end that stands, NEVER for open deals */
    endedAt: Float64Array;
    won: Uint8Array;
    /** reachedAt[rank - 1][deal]: first moment at this stage or beyond is not implied; NEVER if not reached */
    reachedAt: Float64Array[];
    /** first moment at any stage: from then the deal is in the pipeline */
    enteredAt: Float64Array;
    /** moments at which a closed deal came back, per deal: pairs of end and reopening, in order */
    closedSpells: Map<number, number[]>;
}

export function readFates(log: EventLog, meaningOf: Int8Array, stageCount: number): Fates {
    const dealCount = log.dealIds.length;
    const endedAt = new Float64Array(dealCount).fill(NEVER);
    const won = new Uint8Array(dealCount);
    const enteredAt = new Float64Array(dealCount).fill(NEVER);
    const reachedAt = Array.from({ length: stageCount }, () => new Float64Array(dealCount).fill(NEVER));
    const closedSpells = new Map<number, number[]>();
    for (let deal = 0; deal < dealCount; deal++) {
        for (let event = log.start[deal]!; event < log.end[deal]!; event++) {
            const meaning = meaningOf[log.kind[event]!]!;
            if (meaning === 0) continue;
            const at = log.at[event]!;
            if (meaning === WON || meaning === LOST) {
                if (endedAt[deal] !== NEVER) continue;
                endedAt[deal] = at;
                won[deal] = meaning === WON ? 1 : 0;
                continue;
            }
            if (at > endedAt[deal]!) {
                const spells = closedSpells.get(deal) ?? [];
                spells.push(endedAt[deal]!, at);
                closedSpells.set(deal, spells);
                endedAt[deal] = NEVER;
                won[deal] = 0;
            }
            const reached = reachedAt[meaning - 1]!;
            if (reached[deal] === NEVER) reached[deal] = at;
            if (enteredAt[deal] === NEVER) enteredAt[deal] = at;
        }
        const toldEnd = log.closedAt[deal]!;
        if (endedAt[deal] === NEVER && !closedSpells.has(deal) && !Number.isNaN(toldEnd)) {
            endedAt[deal] = toldEnd;
            won[deal] = log.closedWon[deal]!;
        }
    }
    return { endedAt, won, reachedAt, enteredAt, closedSpells };
}

/** In the pipeline and not closed at that moment (an end at the moment itself leaves the deal open). */
export function isOpenAt(fates: Fates, deal: number, at: number): boolean {
    if (!(fates.enteredAt[deal]! < at) || fates.endedAt[deal]! < at) return false;
    const spells = fates.closedSpells.get(deal);
    if (spells === undefined) return true;
    for (let i = 0; i < spells.length; i += 2) if (spells[i]! < at && at <= spells[i + 1]!) return false;
    return true;
}
