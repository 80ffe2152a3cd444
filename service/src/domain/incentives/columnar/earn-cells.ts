// What a component earns in a range of cells, in whole numbers: the walk along its table, gates and factors, limits, rounding. One
// loop over the cells for each step. A cell whose figures might leave the whole numbers is marked, and its payee is calculated
// exactly (exact-close.ts).
import { bandAt } from './band-at.ts';
import type { RunCalendar } from './calendar.ts';
import type { Frame } from './frame.ts';
import { multiplierAt } from './holding.ts';
import { isClosed, isPerCredit } from './layout.ts';
import { Limits } from './limit-cells.ts';
import { tableAt, type Program } from './program.ts';
import type { Scratch } from './scratch.ts';
import type { ComponentShape } from './shape.ts';
import { GUARD, ROUNDINGS, type Rounding } from './whole.ts';

/** Every sum. */
export const ALL = 2 ** 30 - 1;

/** The bit of a sum; sums from the 30th on share one. */
export function sumBit(sum: number): number {
    return sum < 0 ? 0 : 1 << Math.min(sum, 29);
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
    readonly #limits: Limits;
    readonly #isClosed: boolean;
    readonly #isPerCredit: boolean;
    readonly #hasCaps: boolean;
    /** paid per credit, rounded once, with no more than bounds of the period */
    readonly #isPlain: boolean;
    /** first cell of the sums it looks at; -1 for none */
    readonly #at: number;
    readonly #base: number;
    /** first cell among the components per credit */
    readonly #line: number;
    /** its table where all cells have the same, else -1 */
    readonly #table: number;
    readonly #tableLength: number;
    readonly #stage: 'line' | 'component' | 'payout';
    readonly #parts: number;
    readonly #round: Rounding;

    constructor(
        program: Program,
        calendar: RunCalendar,
        frame: Frame,
        opening: Float64Array,
        earning: Float64Array,
        component: number
    ) {
        const { shape, layout, people, holding } = program;
        const own = shape.components[component]!;
        const first = (sum: number | null): number => (sum === null || sum < 0 ? -1 : sum * people.cells);
        this.component = component;
        this.#shape = own;
        this.#program = program;
        this.#frame = frame;
        this.#opening = opening;
        this.#earning = earning.subarray(component * people.cells, (component + 1) * people.cells);
        this.#limits = new Limits(program, calendar, this.#earning, component);
        this.sums = this.#limits.isToDate ? ALL : sumBit(own.at) | sumBit(own.base ?? -1);
        this.#isClosed = isClosed(shape, own);
        this.#isPerCredit = isPerCredit(own);
        this.#hasCaps = own.component.gates.some(({ otherwise }) => otherwise.kind === 'cap');
        this.#isPlain =
            this.#isPerCredit &&
            !this.#hasCaps &&
            this.#limits.bounds !== null &&
            shape.plan.rounding.at !== 'line';
        this.#at = first(own.at);
        this.#base = first(own.base);
        this.#line = this.#isPerCredit ? layout.lineComponents.indexOf(component) * people.cells : -1;
        this.#table = program.bands[component]!.index ? -1 : tableAt(program, component, 0);
        this.#tableLength = program.tableLength;
        this.#stage = shape.plan.rounding.at;
        this.#parts = holding.parts;
        this.#round = ROUNDINGS[shape.plan.rounding.mode];
    }

    /** Whether it watches that its sum stays a whole number. */
    isGuarding(sum: number): boolean {
        const isWalk = this.#isClosed && this.#shape.kind === 'marginal';
        return isWalk && this.#at === sum * this.#program.people.cells;
    }

    /** Writes what the cells earn, and tells the scratch which of them earn something else than before. */
    earn(from: number, to: number, scratch: Scratch): void {
        if (this.#isClosed && this.#shape.kind === 'marginal') this.#walkBands(from, to, scratch);
        else {
            if (this.#isPerCredit) this.#guardLines(from, to, scratch);
            if (this.#isClosed) this.#applyRates(from, to, scratch);
            else this.#takeLines(from, to, scratch);
        }
        if (this.#isPlain) return this.#finish(from, to, scratch);
        this.#hold(from, to, scratch);
        if (this.#hasCaps) this.#cap(from, to, scratch);
        if (this.#stage === 'line' && !this.#isPerCredit) this.#roundLine(from, to, scratch);
        // A limit to date asks what was earned in the cells before.
        const step = this.#limits.isToDate ? 1 : to - from;
        for (let cell = from; cell < to; cell += step) {
            this.#limits.apply(cell, cell + step, scratch);
            this.#keep(cell, cell + step, scratch);
        }
    }

    /** Whether nothing a line of a cell went through can have left the whole numbers. */
    #guardLines(from: number, to: number, scratch: Scratch): void {
        const { total, below, multiplier } = this.#frame;
        const { rate, intercept } = this.#program.steepest[this.component]!;
        const [at, base, line, opening] = [this.#at, this.#base, this.#line, this.#opening];
        const isRounded = this.#stage === 'line';
        for (let cell = from; cell < to; cell++) {
            const moved = Math.abs(total[at + cell]!) + 2 * below[at + cell]!;
            const applied = base === at ? moved : Math.abs(total[base + cell]!) + 2 * below[base + cell]!;
            if (moved === 0 && applied === 0) continue;
            const widest = Math.abs(opening[at + cell]!) + moved;
            const most = 2 * (rate * (applied > widest ? applied : widest) + intercept);
            if (!(most < GUARD) || (isRounded && !(most * Math.abs(multiplier[line + cell]!) < GUARD)))
                scratch.markUnsafe(cell);
        }
    }

    /** The sum of the lines of each cell; whole units where lines are rounded. */
    #takeLines(from: number, to: number, { held, first }: Scratch): void {
        const { value } = this.#frame;
        for (let cell = from; cell < to; cell++) held[cell - first] = value[this.#line + cell]!;
    }

    /** Cells that follow each other mostly open where the one before ended, so its end is looked up once for both. */
    #walkBands(from: number, to: number, scratch: Scratch): void {
        const { total, below, low, rate, intercept } = this.#frame;
        const { rate: steepest, intercept: highest } = this.#program.steepest[this.component]!;
        const { held, first } = scratch;
        const [at, opening, known, length] = [this.#at, this.#opening, this.#table, this.#tableLength];
        let table = known;
        let end = NaN;
        let atEnd = NaN;
        for (let cell = from; cell < to; cell++) {
            const moved = total[at + cell]!;
            const taken = below[at + cell]!;
            const start = opening[at + cell]!;
            const widest = Math.abs(start) + Math.abs(moved) + 2 * taken;
            if (!(widest < GUARD)) scratch.markUnsafe(cell);
            // Where nobody was credited nothing was looked up, so rates that cannot be worked out do not matter.
            if (moved === 0 && this.#isPerCredit && taken === 0) {
                held[cell - first] = 0;
                continue;
            }
            const own = known < 0 ? tableAt(this.#program, this.component, cell) : known;
            if (start !== end || own !== table) {
                table = own;
                const band = bandAt(low, table, length, start);
                atEnd = rate[band]! * start + intercept[band]!;
            }
            const atStart = atEnd;
            end = start + moved;
            const band = bandAt(low, table, length, end);
            atEnd = rate[band]! * end + intercept[band]!;
            held[cell - first] = atEnd - atStart;
            if (!(2 * (steepest * widest + highest) < GUARD)) scratch.markUnsafe(cell);
        }
    }

    /** A rate of the band reached, or the only one, applied to the base. */
    #applyRates(from: number, to: number, { held, first }: Scratch): void {
        const { total, below, low, rate } = this.#frame;
        const { kind, position } = this.#shape;
        const [at, base, opening] = [this.#at, this.#base, this.#opening];
        for (let cell = from; cell < to; cell++) {
            const applied = base < 0 ? 1 : total[base + cell]!;
            if (this.#isPerCredit && applied === 0 && below[base + cell] === 0) {
                held[cell - first] = 0;
                continue;
            }
            const table = this.#table < 0 ? tableAt(this.#program, this.component, cell) : this.#table;
            const start = kind === 'flat' ? 0 : opening[at + cell]!;
            const x = kind === 'flat' || position === 'before' ? start : start + total[at + cell]!;
            const band = kind === 'flat' ? table + 1 : bandAt(low, table, this.#tableLength, x);
            held[cell - first] = rate[band]! * applied;
        }
    }

    /** Gates and factors, in parts of a unit. */
    #hold(from: number, to: number, scratch: Scratch): void {
        const { holding, people } = this.#program;
        const { held, first } = scratch;
        const { hasGaps, isOnPlan } = people;
        const isRounded = this.#isPerCredit && this.#stage === 'line';
        const isForPlan = hasGaps && !this.#isPerCredit;
        for (let cell = from; cell < to; cell++) {
            const multiplier = isRounded ? this.#parts : multiplierAt(people, holding, this.component, cell);
            const amount = isForPlan && isOnPlan[cell] === 0 ? 0 : held[cell - first]! * multiplier;
            held[cell - first] = amount;
            if (!(Math.abs(amount) < GUARD)) scratch.markUnsafe(cell);
        }
    }

    /** Gates, bounds and rounding in one loop, where there is nothing else. */
    #finish(from: number, to: number, scratch: Scratch): void {
        const { holding, people } = this.#program;
        const { held, first } = scratch;
        const { index } = holding.components[this.component]!;
        const multipliers = holding.multipliers[this.component]!;
        const { room, least } = this.#limits.bounds!;
        const [earning, parts, round] = [this.#earning, this.#parts, this.#round];
        const { hasGaps } = people;
        const isRounded = this.#stage !== 'payout';
        for (let cell = from; cell < to; cell++) {
            const at = index === null ? 0 : index[cell]!;
            const multiplier = hasGaps
                ? multiplierAt(people, holding, this.component, cell)
                : multipliers[at]!;
            let amount = held[cell - first]! * multiplier;
            if (!(Math.abs(amount) < GUARD)) scratch.markUnsafe(cell);
            if (!(amount <= room[at]!)) amount = room[at]!;
            if (!(amount >= least[at]!)) amount = least[at]!;
            const earned = isRounded ? round(amount, parts) : amount;
            if (earned !== earning[cell]) {
                earning[cell] = earned;
                scratch.markMoved(cell);
            }
            if (!(Math.abs(amount) < GUARD)) scratch.markUnsafe(cell);
        }
    }

    #cap(from: number, to: number, scratch: Scratch): void {
        const { holding, people } = this.#program;
        const { held, first } = scratch;
        const { index } = holding.components[this.component]!;
        const caps = holding.caps[this.component]!;
        for (let cell = from; cell < to; cell++) {
            if (people.isOnPlan[cell] === 0) continue;
            for (const cap of caps[index ? index[cell]! : 0]!)
                held[cell - first] = Math.min(held[cell - first]!, cap);
            if (Number.isNaN(held[cell - first])) scratch.markUnsafe(cell);
        }
    }

    #roundLine(from: number, to: number, { held, first }: Scratch): void {
        const [round, parts] = [this.#round, this.#parts];
        for (let cell = from; cell < to; cell++)
            held[cell - first] = round(held[cell - first]!, parts) * parts;
    }

    #keep(from: number, to: number, scratch: Scratch): void {
        const [earning, parts, round] = [this.#earning, this.#parts, this.#round];
        const { held, first } = scratch;
        const isRounded = this.#stage !== 'payout';
        for (let cell = from; cell < to; cell++) {
            const amount = held[cell - first]!;
            const earned = isRounded ? round(amount, parts) : amount;
            if (earned !== earning[cell]) {
                earning[cell] = earned;
                scratch.markMoved(cell);
            }
            if (!(Math.abs(amount) < GUARD)) scratch.markUnsafe(cell);
        }
    }
}
