// The pipeline of the outcome bench: opportunities of two years whose luck hangs on how often they are worked on, made by hash so
// that SQL can make the same ones. Owns the data as columns of an event log, and the same as SQL.
import { DAY_MS } from '../../../service/src/domain/outcomes/deal-features.ts';
import type { EventKind, EventLog } from '../../../service/src/domain/outcomes/event-log.ts';
import type { PipelineMeaning } from '../../../service/src/domain/outcomes/meaning.ts';
import { mix } from '../pay/workload.ts';

export const AS_OF = 20_000 * DAY_MS;
export const STAGES = ['Qualification', 'Discovery', 'Proposal', 'Negotiation', 'Contract'];
export const WORKS = ['Call', 'Email', 'Meeting', 'Task'];
const WON = STAGES.length;
export const FIRST_WORK = WON + 2;
const PIECES_OF_WORK = 8;
const HISTORY_DAYS = 700;

export const KINDS: EventKind[] = [
    ...[...STAGES, 'Closed Won', 'Closed Lost'].map((name): EventKind => ({
        table: 'stage',
        name,
        step: ''
    })),
    ...WORKS.map((name): EventKind => ({ table: 'work', name, step: 'complete' }))
];
export const MEANING: PipelineMeaning = {
    stages: STAGES.map((name) => ({ label: name, events: [name] })),
    won: ['Closed Won'],
    lost: ['Closed Lost']
};

interface BenchEvent {
    at: number;
    kind: number;
    actor: number;
}

export function createdAt(deal: number): number {
    return AS_OF - (20 + (mix(deal, 1) % HISTORY_DAYS)) * DAY_MS + (mix(deal, 2) % DAY_MS);
}

/** In the order of a log, those before the as-of moment. */
export function eventsOf(deal: number): BenchEvent[] {
    const created = createdAt(deal);
    const furthest = 1 + (mix(deal, 3) % STAGES.length);
    const busy = mix(deal, 4) % 100;
    const step = (10 + (mix(deal, 6) % 60)) * DAY_MS;
    const endsAt = created + furthest * step + (mix(deal, 7) % step);
    const isWon = mix(deal, 8) % 100 < 8 + Math.floor(busy / 2) + 4 * furthest;
    const events: BenchEvent[] = [];
    for (let stage = 0; stage < furthest; stage++)
        events.push({
            at: created + stage * step + (mix(deal * 8 + stage, 5) % step),
            kind: stage,
            actor: 0
        });
    const pause = (3 + Math.floor((100 - busy) / 5)) * DAY_MS;
    for (let piece = 0; piece < PIECES_OF_WORK; piece++) {
        const at = created + piece * pause + (mix(deal * 16 + piece, 9) % pause);
        if (at < endsAt)
            events.push({
                at,
                kind: FIRST_WORK + (mix(deal * 16 + piece, 10) % WORKS.length),
                actor: 1 + (mix(deal * 16 + piece, 11) % 3)
            });
    }
    events.push({ at: endsAt, kind: isWon ? WON : WON + 1, actor: 0 });
    return events.filter(({ at }) => at < AS_OF).sort((a, b) => a.at - b.at || a.kind - b.kind);
}

export function amountOf(deal: number): number {
    return mix(deal, 12) % 40 === 0 ? NaN : 1000 + (mix(deal, 13) % 900_000);
}

export function idOf(deal: number): string {
    return `D${deal}`;
}

export function benchLog(count: number): EventLog {
    const start = new Int32Array(count);
    const end = new Int32Array(count);
    const most = count * (STAGES.length + PIECES_OF_WORK + 1);
    const at = new Float64Array(most);
    const kind = new Int32Array(most);
    const actor = new Int32Array(most);
    let used = 0;
    for (let deal = 0; deal < count; deal++) {
        start[deal] = used;
        for (const event of eventsOf(deal)) {
            at[used] = event.at;
            kind[used] = event.kind;
            actor[used++] = event.actor;
        }
        end[deal] = used;
    }
    return {
        dealIds: Array.from({ length: count }, (_, deal) => idOf(deal)),
        createdAt: Float64Array.from({ length: count }, (_, deal) => createdAt(deal)),
        amount: Float64Array.from({ length: count }, (_, deal) => amountOf(deal)),
        closedAt: new Float64Array(count).fill(NaN),
        closedWon: new Uint8Array(count),
        start,
        end,
        at: at.slice(0, used),
        kind: kind.slice(0, used),
        actor: actor.slice(0, used),
        kinds: KINDS
    };
}

/** Tables `deal` (d, created) and `event` (d, on_ms, kind, actor), the same rows; needs the macro `mix`. */
export function tablesAsSql(count: number): string[] {
    return [
        `CREATE TABLE plan AS
            SELECT d, ${AS_OF} - (20 + mix(d, 1) % ${HISTORY_DAYS}) * ${DAY_MS} + mix(d, 2) % ${DAY_MS} AS created,
                1 + mix(d, 3) % ${STAGES.length} AS furthest, mix(d, 4) % 100 AS busy,
                (10 + mix(d, 6) % 60) * ${DAY_MS} AS step,
                mix(d, 7) AS rest, mix(d, 8) % 100 AS luck
            FROM range(${count}) t(d)`,
        `CREATE TABLE ends AS
            SELECT *, created + furthest * step + rest % step AS ends_at,
                (3 + (100 - busy) // 5) * ${DAY_MS} AS pause, luck < 8 + busy // 2 + 4 * furthest AS won
            FROM plan`,
        'CREATE TABLE deal AS SELECT d, created FROM ends',
        `CREATE TABLE event AS SELECT * FROM (
            SELECT d, created + s * step + mix(d * 8 + s, 5) % step AS on_ms, s::INTEGER AS kind, 0 AS actor
                FROM ends, range(${STAGES.length}) t(s) WHERE s < furthest
            UNION ALL
            SELECT d, created + w * pause + mix(d * 16 + w, 9) % pause, (${FIRST_WORK} + mix(d * 16 + w, 10) % ${WORKS.length})::INTEGER,
                (1 + mix(d * 16 + w, 11) % 3)::INTEGER
                FROM ends, range(${PIECES_OF_WORK}) t(w) WHERE created + w * pause + mix(d * 16 + w, 9) % pause < ends_at
            UNION ALL
            SELECT d, ends_at, CASE WHEN won THEN ${WON} ELSE ${WON + 1} END, 0 FROM ends)
            WHERE on_ms < ${AS_OF}`,
        'DROP TABLE plan',
        'DROP TABLE ends'
    ];
}
