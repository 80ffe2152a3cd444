// From sums to pay, cell by cell: walks the tables, applies gates, factors and limits, rounds, and goes through the payout. In
// whole numbers; a cell with anything that is not safely below the guard is refused, and its payee calculated exactly (exact.ts).
import type { RoundingMode } from '../../rounding.ts';
import { allocateWhole } from './allocate.ts';
import type { RunCalendar } from './calendar.ts';
import type { Frame } from './frame.ts';
import type { WholeHeld, WholeStep } from './holding.ts';
import { isClosed, isPerCredit } from './layout.ts';
import type { Pool } from './pool.ts';
import { tableAt, type Program } from './program.ts';
import type { ComponentShape } from './shape.ts';
import { GUARD, roundedQuotient } from './whole.ts';

/** What the cells pay, in whole units; earnings, dues and steps in parts of a unit where only what is paid is rounded. */
export interface Pay {
    /** by component and cell */
    earning: Float64Array;
    due: Float64Array;
    /** by payout step and cell, what came out of it */
    after: Float64Array;
    paid: Float64Array;
    /** by tranche and form (cash, then instruments) and cell */
    tranches: Float64Array;
}

export function payFor({ shape, people }: Program, calendar: RunCalendar, pool: Pool): Pay {
    const cells = (name: string, count: number): Float64Array =>
        pool.take(name, Float64Array, count * people.cells);
    return {
        earning: cells('earning', shape.components.length),
        due: cells('due', 1),
        after: cells('after', shape.payout.length),
        paid: cells('paid', 1),
        tranches: cells('tranches', calendar.vestsIn.length * 2)
    };
}

/** Every sum. */
export const ALL = 2 ** 30 - 1;

interface Walker {
    component: number;
    /** a bit for each sum it depends on */
    sums: number;
    kind: 'marginal' | 'banded' | 'flat';
    isClosed: boolean;
    isPerCredit: boolean;
    position: 'before' | 'after';
    /** first cell of the sums it looks at; -1 for none */
    at: number;
    base: number;
    /** first cell among the components per credit */
    line: number;
    /** its table where all cells have the same, else -1 */
    table: number;
    multipliers: Float64Array;
    /** numbers of what holds it, by cell; null: the first for all */
    heldIndex: Uint32Array | null;
    held: (WholeHeld | null)[];
    steepest: { rate: number; intercept: number };
}

export class Closer {
    readonly #program: Program;
    readonly #calendar: RunCalendar;
    readonly #frame: Frame;
    readonly #opening: Float64Array;
    readonly #pay: Pay;
    readonly #walkers: Walker[];
    readonly #cells: number;
    readonly #payees: number;
    readonly #stage: 'line' | 'component' | 'payout';
    readonly #mode: RoundingMode;
    readonly #parts: number;
    /** scratch */
    readonly #amounts: number[] = [];
    readonly #forms: number[] = [];
    #isSafe = true;
    #hasMoved = false;

    constructor(program: Program, calendar: RunCalendar, frame: Frame, opening: Float64Array, pay: Pay) {
        const { shape, layout, people } = program;
        this.#program = program;
        this.#calendar = calendar;
        this.#frame = frame;
        this.#opening = opening;
        this.#pay = pay;
        this.#cells = people.cells;
        this.#payees = people.payeeIds.length;
        this.#stage = shape.plan.rounding.at;
        this.#mode = shape.plan.rounding.mode;
        this.#parts = program.holding.parts;
        const first = (sum: number | null): number => (sum === null || sum < 0 ? -1 : sum * people.cells);
        this.#walkers = shape.components.map((one, component) => ({
            component,
            sums: sumBit(one.at) | sumBit(one.base ?? -1) | (hasLookBack(one) ? ALL : 0),
            kind: one.kind,
            isClosed: isClosed(shape, one),
            isPerCredit: isPerCredit(one),
            position: one.position,
            at: first(one.at),
            base: first(one.base),
            line: layout.lineComponents.indexOf(component) * people.cells,
            table: program.bands[component]!.index ? -1 : tableAt(program, component, 0),
            multipliers: program.holding.multipliers[component]!,
            heldIndex: program.holding.components[component]!.index,
            held: program.holding.wholes[component]!,
            steepest: program.steepest[component]!
        }));
    }

    /** Whether everything stayed below the guard; else the payee is to be calculated exactly. */
    close(period: number, payee: number): boolean {
        return this.closeMoved(period, payee, ALL, true);
    }

    /** Whether the last close paid or earned something else than before. */
    get hasMoved(): boolean {
        return this.#hasMoved;
    }

    /** Closes what depends on the sums that moved (a bit for each); the payout where an earning moved or it is due anyway. */
    closeMoved(period: number, payee: number, sums: number, isPayDue: boolean): boolean {
        this.#isSafe = true;
        this.#hasMoved = isPayDue;
        const cell = period * this.#payees + payee;
        const { earning, due, paid } = this.#pay;
        this.#guardSums(cell);
        let sum = 0;
        for (let one = 0; one < this.#walkers.length; one++) {
            const walker = this.#walkers[one]!;
            const at = walker.component * this.#cells + cell;
            const isMoved = sums === ALL || (walker.sums & sums) !== 0;
            const earned = isMoved ? this.#earn(walker, period, cell) : earning[at]!;
            if (earned !== earning[at]) this.#hasMoved = true;
            earning[at] = earned;
            sum = this.#safe(sum + earned);
        }
        due[cell] = sum;
        if (this.#hasMoved) paid[cell] = this.#payOut(sum, period, payee, cell);
        return this.#isSafe;
    }

    /** Whether every sum on the way to the totals stayed a whole number. */
    #guardSums(cell: number): void {
        const { total, below } = this.#frame;
        for (let at = cell; at < total.length; at += this.#cells)
            this.#safe(Math.abs(this.#opening[at]!) + Math.abs(total[at]!) + 2 * below[at]!);
    }

    #safe(value: number): number {
        if (!(Math.abs(value) < GUARD)) this.#isSafe = false;
        return value;
    }

    #earn(walker: Walker, period: number, cell: number): number {
        const isOff = !walker.isPerCredit && this.#program.people.isOnPlan[cell] === 0;
        const isRoundedAlready = walker.isPerCredit && this.#stage === 'line';
        if (walker.isPerCredit) this.#guardLines(walker, cell);
        let held = 0;
        if (isRoundedAlready) held = this.#safe(this.#frame.value[walker.line + cell]! * this.#parts);
        else if (!isOff) held = this.#safe(this.#walk(walker, cell) * walker.multipliers[cell]!);
        const whole = walker.held[walker.heldIndex ? walker.heldIndex[cell]! : 0];
        if (!whole) {
            this.#isSafe = false;
            return NaN;
        }
        const { caps } = whole;
        if (!isOff) for (let one = 0; one < caps.length; one++) held = Math.min(held, this.#safe(caps[one]!));
        if (this.#stage === 'line' && !isRoundedAlready) held = this.#round(held) * this.#parts;
        if (whole.limits.length > 0) held = this.#limit(walker.component, whole, held, period, cell);
        return this.#stage === 'payout' ? held : this.#round(held);
    }

    /** What the component's walk gives, in its own parts of a unit. */
    #walk(walker: Walker, cell: number): number {
        const { total, below, value, rate, low } = this.#frame;
        const { at, base } = walker;
        if (!walker.isClosed) return value[walker.line + cell]!;
        // Where nobody was credited nothing was looked up, so rates that cannot be worked out do not matter.
        if (walker.isPerCredit && total[at + cell] === 0 && below[at + cell] === 0) return 0;
        const table = walker.table < 0 ? tableAt(this.#program, walker.component, cell) : walker.table;
        const applied = base < 0 ? 1 : total[base + cell]!;
        if (walker.kind === 'flat') return rate[table + 1]! * applied;
        const from = this.#opening[at + cell]!;
        const to = from + total[at + cell]!;
        if (walker.kind === 'marginal')
            return this.#safe(this.#lineAt(table, to) - this.#lineAt(table, from));
        return rate[table + bandFrom(low, table, walker.position === 'before' ? from : to)]! * applied;
    }

    /** The line of the band x stands in, at x. */
    #lineAt(table: number, x: number): number {
        const { low, rate, intercept } = this.#frame;
        const band = table + bandFrom(low, table, x);
        return this.#safe(this.#safe(rate[band]! * x) + intercept[band]!);
    }

    /** Whether nothing a line of this cell went through can have left the whole numbers. */
    #guardLines({ at, base, line, steepest: { rate, intercept } }: Walker, cell: number): void {
        const { total, below } = this.#frame;
        const opening = this.#opening[at + cell]!;
        const moved = Math.abs(total[at + cell]!) + 2 * below[at + cell]!;
        const widest = Math.abs(opening) + moved;
        const applied = base < 0 ? 1 : Math.abs(total[base + cell]!) + 2 * below[base + cell]!;
        if (moved === 0 && applied === 0) return;
        const most = rate * Math.max(widest, applied) * 2 + intercept * 2;
        this.#safe(most);
        if (this.#stage === 'line') this.#safe(most * this.#frame.multiplier[line + cell]!);
    }

    #limit(component: number, { limits }: WholeHeld, amount: number, period: number, cell: number): number {
        let held = amount;
        for (let place = 0; place < limits.length; place++) {
            const { least, most, beyond, beyondOf, hasLeast, hasMost } = limits[place]!;
            const before = this.#earnedSince(
                component,
                this.#calendar.lookBack[component]![place]![period]!,
                period,
                cell
            );
            const earlier = this.#safe(before * (this.#stage === 'payout' ? 1 : this.#parts));
            if (hasMost) {
                const above = this.#safe(held + earlier) - Math.max(this.#safe(most), earlier);
                if (above > 0) held = held - above + this.#safe(above * beyond) / beyondOf;
            }
            if (hasLeast && this.#safe(held + earlier) < this.#safe(least)) held = least - earlier;
        }
        return this.#safe(held);
    }

    #earnedSince(component: number, from: number, period: number, cell: number): number {
        const { earning } = this.#pay;
        let sum = 0;
        const first = component * this.#cells + (cell % this.#payees);
        for (let one = from; one < period; one++) sum += earning[first + one * this.#payees]!;
        return this.#safe(sum);
    }

    #round(amount: number): number {
        return roundedQuotient(this.#safe(amount), this.#parts, this.#mode);
    }

    #payOut(due: number, period: number, payee: number, cell: number): number {
        const {
            shape: { payout },
            holding
        } = this.#program;
        let amount = due;
        for (let place = 0; place < payout.length; place++) {
            const { index } = holding.payout[place]!;
            const step = holding.wholeSteps[place]![index ? index[cell]! : 0];
            if (!step) {
                this.#isSafe = false;
                return NaN;
            }
            if (payout[place]!.kind === 'deferral')
                amount = this.#deferral(amount, step, period, payee, cell);
            else if (step.isOn) amount = this.#multiply(amount, step);
            this.#pay.after[place * this.#cells + cell] = this.#safe(amount);
        }
        return this.#stage === 'payout' ? this.#round(amount) : amount;
    }

    #multiply(amount: number, { over, under }: WholeStep): number {
        const product = this.#safe(amount * over);
        return this.#stage === 'payout'
            ? product / under
            : roundedQuotient(product, this.#safe(under), this.#mode);
    }

    /** Takes off what is deferred of this award and adds what earlier awards pay now. */
    #deferral(amount: number, step: WholeStep, period: number, payee: number, cell: number): number {
        const { tranches } = this.#pay;
        let after = amount;
        const deferred = step.isOn && amount > 0 ? this.#deferredOf(amount, step) : 0;
        this.#share(deferred, step, cell);
        after -= deferred * this.#unit;
        const vesting = this.#calendar.vesting[period]!;
        for (let one = 0; one < vesting.length; one++) {
            const { award, tranche } = vesting[one]!;
            after += tranches[tranche * 2 * this.#cells + award * this.#payees + payee]! * this.#unit;
        }
        return after;
    }

    /** In whole units, from nothing to those the award has. */
    #deferredOf(amount: number, { over, under, isPart }: WholeStep): number {
        const wanted = this.#safe(isPart ? amount * over : over);
        const deferred = roundedQuotient(wanted, this.#safe(isPart ? under * this.#unit : under), this.#mode);
        return Math.max(Math.min(deferred, Math.floor(amount / this.#unit)), 0);
    }

    #share(deferred: number, { weights, weightSum, forms, formsOf }: WholeStep, cell: number): void {
        const { tranches } = this.#pay;
        if (deferred <= 0) {
            for (let place = 0; place < this.#calendar.vestsIn.length * 2; place++)
                tranches[place * this.#cells + cell] = 0;
            return;
        }
        const { residual } = this.#program.shape.plan.rounding;
        for (let i = 0; i < weights.length; i++) this.#safe(deferred * weights[i]!);
        allocateWhole(
            deferred,
            weights,
            0,
            weights.length,
            this.#safe(weightSum),
            residual,
            this.#amounts,
            0
        );
        for (let tranche = 0; tranche < weights.length; tranche++) {
            const amount = this.#amounts[tranche]!;
            this.#forms[1] = 0;
            this.#forms[0] = amount;
            if (forms[1] !== 0) {
                this.#safe(amount * formsOf);
                allocateWhole(amount, forms, 0, 2, formsOf, residual, this.#forms, 0);
            }
            tranches[tranche * 2 * this.#cells + cell] = this.#forms[0]!;
            tranches[(tranche * 2 + 1) * this.#cells + cell] = this.#forms[1]!;
        }
    }

    /** Amounts are counted in this many parts where only what is paid is rounded. */
    get #unit(): number {
        return this.#stage === 'payout' ? this.#parts : 1;
    }
}

/** Limits to date depend on periods before. */
function hasLookBack({ component }: ComponentShape): boolean {
    return component.limits.some(({ scope }) => scope === 'cumulative');
}

/** The bit of a sum; sums from the 30th on share one. */
export function sumBit(sum: number): number {
    return sum < 0 ? 0 : 1 << Math.min(sum, 29);
}

/** Number of the band whose first whole number is the last not above x. */
export function bandFrom(low: Float64Array, table: number, x: number): number {
    let band = 0;
    while (x >= low[table + band + 1]!) band++;
    return band;
}
