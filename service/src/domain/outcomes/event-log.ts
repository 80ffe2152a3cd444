// The history of deals as columns: who was created when, and every stage change and piece of work in order of time.
// Owns the shape and its building from rows; what an event means is in meaning.ts. Times are milliseconds of the local
// clock the data were written in; nothing here knows Salesforce or files.

export interface EventKind {
    /** name of the stage event, or of the activity */
    name: string;
    table: 'stage' | 'work';
    /** of work: planned, begun, done; '' for stage events */
    step: 'schedule' | 'start' | 'complete' | '';
}

export interface EventLog {
    dealIds: string[];
    createdAt: Float64Array;
    /** NaN: none or not usable */
    amount: Float64Array;
    /** end as the deal's own row tells it, NaN: none; read only where no event tells an end (fates.ts) */
    closedAt: Float64Array;
    closedWon: Uint8Array;
    /** events of deal d are start[d] .. end[d] - 1 */
    start: Int32Array;
    end: Int32Array;
    at: Float64Array;
    kind: Int32Array;
    /** 0: nobody or a machine */
    actor: Int32Array;
    kinds: EventKind[];
}

export interface DealRow {
    id: string;
    createdAt: number;
    amount: number;
    closedAt: number;
    closedWon: boolean;
}

/** Rows in any order become a log; a deal's events are ordered by time, stage events first at the same moment. */
export class EventLogBuilder {
    #deals: DealRow[] = [];
    #dealOf = new Map<string, number>();
    #kinds: EventKind[] = [];
    #kindOf = new Map<string, number>();
    #actorOf = new Map<string, number>();
    #deal = new Grow();
    #at = new Grow();
    #kind = new Grow();
    #actor = new Grow();

    /** `known` kinds keep their numbers: those of the history that models learnt from, for a deal they are to score. */
    constructor(known: readonly EventKind[] = []) {
        for (const kind of known) this.#codeOf(kind);
    }

    /** Answers false when a deal of this id is already there. */
    addDeal(deal: DealRow): boolean {
        if (this.#dealOf.has(deal.id)) return false;
        this.#dealOf.set(deal.id, this.#deals.push(deal) - 1);
        return true;
    }

    /** Answers false when there is no such deal. */
    addEvent(dealId: string, at: number, kind: EventKind, actor: string): boolean {
        const deal = this.#dealOf.get(dealId);
        if (deal === undefined) return false;
        this.#deal.push(deal);
        this.#at.push(at);
        this.#kind.push(this.#codeOf(kind));
        this.#actor.push(this.#actorCodeOf(actor));
        return true;
    }

    #codeOf(kind: EventKind): number {
        const key = `${kind.table}|${kind.step}|${kind.name}`;
        let code = this.#kindOf.get(key);
        if (code === undefined) {
            code = this.#kinds.push(kind) - 1;
            this.#kindOf.set(key, code);
        }
        return code;
    }

    #actorCodeOf(actor: string): number {
        if (actor === '') return 0;
        let code = this.#actorOf.get(actor);
        if (code === undefined) {
            code = this.#actorOf.size + 1;
            this.#actorOf.set(actor, code);
        }
        return code;
    }

    build(): EventLog {
        const dealCount = this.#deals.length;
        const count = this.#deal.length;
        const at = this.#at.values();
        const deal = this.#deal.values();
        const kind = this.#kind.values();
        const isStage = this.#kinds.map(({ table }) => table === 'stage');
        // The order they came in settles what time and kind leave open.
        const order = Uint32Array.from({ length: count }, (_, i) => i).sort(
            (a, b) =>
                deal[a]! - deal[b]! ||
                at[a]! - at[b]! ||
                Number(isStage[kind[b]!]) - Number(isStage[kind[a]!]) ||
                a - b
        );
        const start = new Int32Array(dealCount);
        const end = new Int32Array(dealCount);
        for (const event of order) end[deal[event]!]!++;
        for (let d = 1; d < dealCount; d++) start[d] = start[d - 1]! + end[d - 1]!;
        for (let d = 0; d < dealCount; d++) end[d]! += start[d]!;
        const actor = this.#actor.values();
        return {
            dealIds: this.#deals.map(({ id }) => id),
            createdAt: Float64Array.from(this.#deals, ({ createdAt }) => createdAt),
            amount: Float64Array.from(this.#deals, ({ amount }) => amount),
            closedAt: Float64Array.from(this.#deals, ({ closedAt }) => closedAt),
            closedWon: Uint8Array.from(this.#deals, ({ closedWon }) => (closedWon ? 1 : 0)),
            start,
            end,
            at: Float64Array.from(order, (event) => at[event]!),
            kind: Int32Array.from(order, (event) => kind[event]!),
            actor: Int32Array.from(order, (event) => actor[event]!),
            kinds: this.#kinds
        };
    }
}

/** A list of numbers that grows without an object per number. */
class Grow {
    #data = new Float64Array(64);
    length = 0;

    push(value: number): void {
        if (this.length === this.#data.length) {
            const larger = new Float64Array(this.length * 2);
            larger.set(this.#data);
            this.#data = larger;
        }
        this.#data[this.length++] = value;
    }

    values(): Float64Array {
        return this.#data.subarray(0, this.length);
    }
}
