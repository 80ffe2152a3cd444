// What a component earns in a range of cells of one period, in whole numbers: the walk along its table, gates and factors, limits,
// rounding. One loop over the cells for each step. A cell whose figures might leave the whole numbers is marked, and its payee is
// calculated exactly (exact-close.ts).
import type { RunCalendar } from './calendar.ts';
import type { Frame } from './frame.ts';
import { isClosed, isPerCredit } from './layout.ts';
import { tableAt, type Program } from './program.ts';
import type { ComponentShape } from './shape.ts';
import { GUARD, ROUNDINGS, type Rounding } from './whole.ts';

/** Every sum. */
export const ALL = 2 ** 30 - 1;

/** The bit of a sum; sums from the 30th on share one. */
export function sumBit(sum: number): number {
    return sum < 0 ? 0 : 1 << Math.min(sum, 29);
}

/** The cells worked on: payees of one period. */
export interface Cells {
    period: number;
    /** first payee, and one after the last */
    from: number;
    to: number;
    /** cell of payee 0 */
    first: number;
}

/** Scratch by payee: the amount on its way, and whether it must be calculated exactly. */
export interface Scratch {
    held: Float64Array;
    isUnsafe: Uint8Array;
}

export class Earner {
    readonly component: number;
    /** a bit for each sum it depends on */
    readonly sums: number;
    readonly #shape: ComponentShape;
    readonly #program: Program;
    readonly #frame: Frame;
    readonly #opening: Float64Array;
    readonly #earning: Float64Array;
    readonly #lookBack: RunCalendar['lookBack'][number];
    readonly #isClosed: boolean;
    readonly #isPerCredit: boolean;
    readonly #hasCaps: boolean;
    /** first cell of the sums it looks at; -1 for none */
    readonly #at: number;
    readonly #base: number;
    /** first cell among the components per credit */
    readonly #line: number;
    /** its table where all cells have the same, else -1 */
    readonly #table: number;
    readonly #stage: 'line' | 'component' | 'payout';
    readonly #parts: number;
    readonly #round: Rounding;

    constructor(
        program: Program,
        { lookBack }: RunCalendar,
        frame: Frame,
        opening: Float64Array,
        earning: Float64Array,
        component: number
    ) {
        const { shape, layout, people, holding } = program;
        const own = shape.components[component]!;
        const first = (sum: number | null): number => (sum === null || sum < 0 ? -1 : sum * people.cells);
        const isToDate = own.component.limits.some(({ scope }) => scope === 'cumulative');
        this.component = component;
        this.sums = isToDate ? ALL : sumBit(own.at) | sumBit(own.base ?? -1);
        this.#shape = own;
        this.#program = program;
        this.#frame = frame;
        this.#opening = opening;
        this.#earning = earning.subarray(component * people.cells, (component + 1) * people.cells);
        this.#lookBack = lookBack[component]!;
        this.#isClosed = isClosed(shape, own);
        this.#isPerCredit = isPerCredit(own);
        this.#hasCaps = own.component.gates.some(({ otherwise }) => otherwise.kind === 'cap');
        this.#at = first(own.at);
        this.#base = first(own.base);
        this.#line = this.#isPerCredit ? layout.lineComponents.indexOf(component) * people.cells : -1;
        this.#table = program.bands[component]!.index ? -1 : tableAt(program, component, 0);
        this.#stage = shape.plan.rounding.at;
        this.#parts = holding.parts;
        this.#round = ROUNDINGS[shape.plan.rounding.mode];
    }

    /** Whether any of the cells earns something else than before. */
    earn(cells: Cells, scratch: Scratch): boolean {
        if (this.#isPerCredit) this.#guardLines(cells, scratch);
        if (!this.#isClosed) this.#takeLines(cells, scratch);
        else if (this.#shape.kind === 'marginal') this.#walkBands(cells, scratch);
        else this.#applyRates(cells, scratch);
        this.#hold(cells, scratch);
        if (this.#hasCaps) this.#cap(cells, scratch);
        if (this.#stage === 'line' && !this.#isPerCredit) this.#roundLine(cells, scratch);
        for (let place = 0; place < this.#shape.component.limits.length; place++)
            this.#limit(place, cells, scratch);
        return this.#keep(cells, scratch);
    }

    /** Whether nothing a line of a cell went through can have left the whole numbers. */
    #guardLines({ from, to, first }: Cells, { isUnsafe }: Scratch): void {
        const { total, below, multiplier } = this.#frame;
        const { rate, intercept } = this.#program.steepest[this.component]!;
        const [at, base, line, opening] = [this.#at, this.#base, this.#line, this.#opening];
        const isRounded = this.#stage === 'line';
        for (let payee = from; payee < to; payee++) {
            const cell = first + payee;
            const moved = Math.abs(total[at + cell]!) + 2 * below[at + cell]!;
            const applied = base === at ? moved : Math.abs(total[base + cell]!) + 2 * below[base + cell]!;
            if (moved === 0 && applied === 0) continue;
            const widest = Math.abs(opening[at + cell]!) + moved;
            const most = 2 * (rate * (applied > widest ? applied : widest) + intercept);
            if (!(most < GUARD) || (isRounded && !(most * Math.abs(multiplier[line + cell]!) < GUARD)))
                isUnsafe[payee] = 1;
        }
    }

    /** The sum of the lines of each cell; whole units where lines are rounded. */
    #takeLines({ from, to, first }: Cells, { held }: Scratch): void {
        const { value } = this.#frame;
        const at = this.#line + first;
        for (let payee = from; payee < to; payee++) held[payee] = value[at + payee]!;
    }

    #walkBands({ from, to, first }: Cells, { held, isUnsafe }: Scratch): void {
        const { total, below, low, rate, intercept } = this.#frame;
        const { rate: steepest, intercept: highest } = this.#program.steepest[this.component]!;
        const [at, opening, known] = [this.#at, this.#opening, this.#table];
        const { band } = this.#frame;
        const line = this.#line;
        for (let payee = from; payee < to; payee++) {
            const cell = first + payee;
            const moved = total[at + cell]!;
            // Where nobody was credited nothing was looked up, so rates that cannot be worked out do not matter.
            if (moved === 0 && this.#isPerCredit && below[at + cell] === 0) {
                held[payee] = 0;
                continue;
            }
            const start = opening[at + cell]!;
            const end = start + moved;
            const table = known < 0 ? tableAt(this.#program, this.component, cell) : known;
            // Where lines were walked, the band they ended in is a good place to begin.
            let j = line < 0 ? table : band[line + cell]!;
            while (end < low[j]!) j--;
            while (end >= low[j + 1]!) j++;
            let i = j;
            while (start < low[i]!) i--;
            while (start >= low[i + 1]!) i++;
            held[payee] = rate[j]! * end + intercept[j]! - (rate[i]! * start + intercept[i]!);
            const widest = Math.abs(start) + Math.abs(moved);
            if (!(2 * (steepest * widest + highest) < GUARD)) isUnsafe[payee] = 1;
        }
    }

    /** A rate of the band reached, or the only one, applied to the base. */
    #applyRates({ from, to, first }: Cells, { held }: Scratch): void {
        const { total, below, low, rate } = this.#frame;
        const { kind, position } = this.#shape;
        const [at, base, opening] = [this.#at, this.#base, this.#opening];
        for (let payee = from; payee < to; payee++) {
            const cell = first + payee;
            const applied = base < 0 ? 1 : total[base + cell]!;
            if (this.#isPerCredit && applied === 0 && below[base + cell] === 0) {
                held[payee] = 0;
                continue;
            }
            const table = this.#table < 0 ? tableAt(this.#program, this.component, cell) : this.#table;
            if (kind === 'flat') held[payee] = rate[table + 1]! * applied;
            else {
                const start = opening[at + cell]!;
                const x = position === 'before' ? start : start + total[at + cell]!;
                held[payee] = rate[table + bandFrom(low, table, x)]! * applied;
            }
        }
    }

    /** Gates and factors, then caps, in parts of a unit. */
    #hold({ from, to, first }: Cells, { held, isUnsafe }: Scratch): void {
        const { holding, people } = this.#program;
        const multipliers = holding.multipliers[this.component]!;
        const isRounded = this.#isPerCredit && this.#stage === 'line';
        for (let payee = from; payee < to; payee++) {
            const amount = held[payee]! * (isRounded ? this.#parts : multipliers[first + payee]!);
            held[payee] = this.#isPerCredit || people.isOnPlan[first + payee] === 1 ? amount : 0;
            if (!(Math.abs(held[payee]!) < GUARD)) isUnsafe[payee] = 1;
        }
    }

    #cap({ from, to, first }: Cells, { held, isUnsafe }: Scratch): void {
        const { holding, people } = this.#program;
        const { index } = holding.components[this.component]!;
        const caps = holding.caps[this.component]!;
        for (let payee = from; payee < to; payee++) {
            if (people.isOnPlan[first + payee] === 0) continue;
            const own = caps[index ? index[first + payee]! : 0]!;
            for (const cap of own) held[payee] = Math.min(held[payee]!, cap);
            if (Number.isNaN(held[payee])) isUnsafe[payee] = 1;
        }
    }

    #roundLine({ from, to }: Cells, { held }: Scratch): void {
        const [round, parts] = [this.#round, this.#parts];
        for (let payee = from; payee < to; payee++) held[payee] = round(held[payee]!, parts) * parts;
    }

    #limit(place: number, cells: Cells, { held, isUnsafe }: Scratch): void {
        const { from, to, first } = cells;
        const { index } = this.#program.holding.components[this.component]!;
        const { least, most, beyond, beyondOf } = this.#program.holding.limits[this.component]![place]!;
        const since = this.#lookBack[place]![cells.period]!;
        for (let payee = from; payee < to; payee++) {
            const at = index ? index[first + payee]! : 0;
            const earlier = since < cells.period ? this.#earnedSince(since, cells, payee) : 0;
            const amount = held[payee]!;
            const room = Math.max(most[at]!, earlier) - earlier;
            let after = Math.min(amount, room);
            if (beyond[at] !== 0 && amount > room)
                after = room + ((amount - room) * beyond[at]!) / beyondOf[at]!;
            after = Math.max(after, least[at]! - earlier);
            held[payee] = after;
            const widest = Math.abs(amount) + Math.abs(earlier);
            if (!(widest * Math.abs(beyond[at]! || 1) < GUARD && Math.abs(after) < GUARD))
                isUnsafe[payee] = 1;
        }
    }

    #earnedSince(since: number, { period }: Cells, payee: number): number {
        const payees = this.#program.people.payeeIds.length;
        let sum = 0;
        for (let one = since; one < period; one++) sum += this.#earning[one * payees + payee]!;
        return this.#stage === 'payout' ? sum : sum * this.#parts;
    }

    #keep({ from, to, first }: Cells, { held, isUnsafe }: Scratch): boolean {
        const [earning, parts, round] = [this.#earning, this.#parts, this.#round];
        const isRounded = this.#stage !== 'payout';
        let hasMoved = false;
        for (let payee = from; payee < to; payee++) {
            const amount = held[payee]!;
            const earned = isRounded ? round(amount, parts) : amount;
            if (earned !== earning[first + payee]) hasMoved = true;
            earning[first + payee] = earned;
            if (!(Math.abs(amount) < GUARD)) isUnsafe[payee] = 1;
        }
        return hasMoved;
    }
}

/** Number of the band whose first whole number is the last not above x. */
export function bandFrom(low: Float64Array, table: number, x: number): number {
    let at = table;
    while (x >= low[at + 1]!) at++;
    return at - table;
}
