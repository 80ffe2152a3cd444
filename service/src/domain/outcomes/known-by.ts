// What was known at a moment: THE as-of reconstruction. Training and scoring both read history only through it.
// Owns the cut: deals created before the moment, and of their events those strictly before it. Everything else is gone,
// so that no later code can read it by mistake; the test "nothing dated after the as-of date is read" poisons the rest.
import type { EventLog } from './event-log.ts';

export function knownBy(log: EventLog, asOf: number): EventLog {
    const kept: number[] = [];
    for (let deal = 0; deal < log.dealIds.length; deal++) if (log.createdAt[deal]! < asOf) kept.push(deal);
    const start = new Int32Array(kept.length);
    const end = new Int32Array(kept.length);
    let used = 0;
    for (let i = 0; i < kept.length; i++) {
        start[i] = used;
        used += eventsBefore(log, kept[i]!, asOf);
        end[i] = used;
    }
    const at = new Float64Array(used);
    const kind = new Int32Array(used);
    const actor = new Int32Array(used);
    for (let i = 0; i < kept.length; i++) {
        const from = log.start[kept[i]!]!;
        const to = from + end[i]! - start[i]!;
        at.set(log.at.subarray(from, to), start[i]);
        kind.set(log.kind.subarray(from, to), start[i]);
        actor.set(log.actor.subarray(from, to), start[i]);
    }
    return {
        dealIds: kept.map((deal) => log.dealIds[deal]!),
        createdAt: Float64Array.from(kept, (deal) => log.createdAt[deal]!),
        amount: Float64Array.from(kept, (deal) => log.amount[deal]!),
        closedAt: Float64Array.from(kept, (deal) => (log.closedAt[deal]! < asOf ? log.closedAt[deal]! : NaN)),
        closedWon: Uint8Array.from(kept, (deal) => (log.closedAt[deal]! < asOf ? log.closedWon[deal]! : 0)),
        start,
        end,
        at,
        kind,
        actor,
        kinds: log.kinds
    };
}

function eventsBefore(log: EventLog, deal: number, asOf: number): number {
    let low = log.start[deal]!;
    let high = log.end[deal]!;
    while (low < high) {
        const middle = (low + high) >>> 1;
        if (log.at[middle]! < asOf) low = middle + 1;
        else high = middle;
    }
    return low - log.start[deal]!;
}
