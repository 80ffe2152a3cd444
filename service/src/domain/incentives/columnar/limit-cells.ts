// Limits of a component on a range of cells: floors, caps and what is paid beyond them, for the period or to date.
import type { RunCalendar } from './calendar.ts';
import type { Program } from './program.ts';
import type { WholeLimits } from './holding.ts';
import type { Scratch } from './scratch.ts';
import { GUARD } from './whole.ts';

export class Limits {
    /** some of them look back, so the cells before must have earned what they earn */
    readonly isToDate: boolean;
    readonly #limits: readonly WholeLimits[];
    /** where nothing but one bound of the period limits each way: the most and least, by number of what was found */
    readonly bounds: { room: Float64Array; least: Float64Array } | null;
    readonly #index: Uint32Array | null;
    readonly #earning: Float64Array;
    readonly #lookBack: RunCalendar['lookBack'][number];
    readonly #periods: number;
    /** parts of a unit an earning is counted in */
    readonly #worth: number;

    constructor(
        { shape, people, holding }: Program,
        { lookBack }: RunCalendar,
        earning: Float64Array,
        component: number
    ) {
        const { limits } = shape.components[component]!.component;
        this.isToDate = limits.some(({ scope }) => scope === 'cumulative');
        this.#limits = holding.limits[component]!;
        this.bounds = this.isToDate
            ? null
            : boundsOf(this.#limits, holding.components[component]!.found.length);
        this.#index = holding.components[component]!.index;
        this.#earning = earning;
        this.#lookBack = lookBack[component]!;
        this.#periods = people.periods;
        this.#worth = shape.plan.rounding.at === 'payout' ? 1 : holding.parts;
    }

    apply(from: number, to: number, scratch: Scratch): void {
        for (let place = 0; place < this.#limits.length; place++) this.#limit(place, from, to, scratch);
    }

    #limit(place: number, from: number, to: number, scratch: Scratch): void {
        const { held, first } = scratch;
        const { least, most, beyond, beyondOf } = this.#limits[place]!;
        for (let cell = from; cell < to; cell++) {
            const at = this.#index ? this.#index[cell]! : 0;
            const earlier = this.#earnedBefore(place, cell);
            const amount = held[cell - first]!;
            const room = Math.max(most[at]!, earlier) - earlier;
            let after = Math.min(amount, room);
            if (beyond[at] !== 0 && amount > room)
                after = room + ((amount - room) * beyond[at]!) / beyondOf[at]!;
            after = Math.max(after, least[at]! - earlier);
            held[cell - first] = after;
            const widest = Math.abs(amount) + Math.abs(earlier);
            if (!(widest * Math.abs(beyond[at]! || 1) < GUARD && Math.abs(after) < GUARD))
                scratch.markUnsafe(cell);
        }
    }

    /** Since the limit's interval began. */
    #earnedBefore(place: number, cell: number): number {
        const period = cell % this.#periods;
        let sum = 0;
        for (let one = cell - period + this.#lookBack[place]![period]!; one < cell; one++)
            sum += this.#earning[one]!;
        return sum * this.#worth;
    }
}

/** Null where there are several limits, or something is paid beyond. */
function boundsOf([limit, another]: readonly WholeLimits[], count: number): Limits['bounds'] {
    if (!limit)
        return {
            room: new Float64Array(count).fill(Infinity),
            least: new Float64Array(count).fill(-Infinity)
        };
    if (another || limit.beyond.some((part) => part !== 0)) return null;
    return { room: limit.most.map((bound) => Math.max(bound, 0)), least: limit.least };
}
