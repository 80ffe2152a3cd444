// From sums to pay: components in their order (earn-cells.ts), what is due, and the steps of the payout, for a range of payees of
// one period. In whole numbers; whoever leaves them is named, and calculated exactly (exact-close.ts).
import { allocateWhole } from './allocate.ts';
import type { RunCalendar } from './calendar.ts';
import { ALL, Earner, sumBit, type Cells, type Scratch } from './earn-cells.ts';
import type { Frame } from './frame.ts';
import type { WholeStep } from './holding.ts';
import type { Pool } from './pool.ts';
import type { Program } from './program.ts';
import type { Shape } from './shape.ts';
import { GUARD, ROUNDINGS, type Rounding } from './whole.ts';

/** What the cells pay, in whole units; earnings, dues and steps in parts of a unit where only what is paid is rounded. */
export interface Pay {
    /** by component and cell */
    earning: Float64Array;
    due: Float64Array;
    /** by payout step and cell, what came out of it */
    after: Float64Array;
    paid: Float64Array;
    /** by tranche, form (cash; instruments where there are any) and cell */
    tranches: Float64Array;
}

/** In how many forms awards are deferred. */
export function formsOf({ payout }: Shape): number {
    return payout.some((step) => step.kind === 'deferral' && step.step.instruments !== null) ? 2 : 1;
}

export function payFor({ shape, people }: Program, calendar: RunCalendar, pool: Pool): Pay {
    const cells = (name: string, count: number): Float64Array =>
        pool.take(name, Float64Array, count * people.cells);
    return {
        earning: cells('earning', shape.components.length),
        due: cells('due', 1),
        after: cells('after', shape.payout.length),
        paid: cells('paid', 1),
        tranches: cells('tranches', calendar.vestsIn.length * formsOf(shape))
    };
}

export class Closer {
    readonly #program: Program;
    readonly #calendar: RunCalendar;
    readonly #frame: Frame;
    readonly #opening: Float64Array;
    readonly #pay: Pay;
    readonly #earners: Earner[];
    readonly #scratch: Scratch;
    readonly #cells: number;
    readonly #payees: number;
    readonly #round: Rounding;
    /** cash, and instruments where the plan defers in them */
    readonly #formCount: number;
    /** parts of a unit in which the payout counts */
    readonly #unit: number;
    /** scratch of a single award */
    readonly #amounts: number[] = [];
    readonly #forms: number[] = [];

    constructor(program: Program, calendar: RunCalendar, frame: Frame, opening: Float64Array, pay: Pay) {
        const { shape, people, holding } = program;
        this.#program = program;
        this.#calendar = calendar;
        this.#frame = frame;
        this.#opening = opening;
        this.#pay = pay;
        this.#cells = people.cells;
        this.#payees = people.payeeIds.length;
        this.#earners = shape.components.map(
            (_, component) => new Earner(program, calendar, frame, opening, pay.earning, component)
        );
        this.#scratch = { held: new Float64Array(this.#payees), isUnsafe: new Uint8Array(this.#payees) };
        this.#round = ROUNDINGS[shape.plan.rounding.mode];
        this.#formCount = formsOf(shape);
        this.#unit = shape.plan.rounding.at === 'payout' ? holding.parts : 1;
    }

    /** Payees of the range who left the whole numbers. */
    close(period: number, from: number, to: number): number[] {
        this.closeMoved(period, from, to, ALL, true);
        const unsafe: number[] = [];
        for (let payee = from; payee < to; payee++)
            if (this.#scratch.isUnsafe[payee] === 1) unsafe.push(payee);
        return unsafe;
    }

    isUnsafe(payee: number): boolean {
        return this.#scratch.isUnsafe[payee] === 1;
    }

    /** Closes what depends on the sums that moved (a bit for each); the payout where an earning moved or it is due anyway.
     *  Whether anything is earned or paid anew. */
    closeMoved(period: number, from: number, to: number, sums: number, isPayDue: boolean): boolean {
        const cells = { period, from, to, first: period * this.#payees };
        // Loops, here and below: most often there is one payee, for whom views and fills cost more.
        const { isUnsafe } = this.#scratch;
        for (let payee = from; payee < to; payee++) isUnsafe[payee] = 0;
        this.#guardSums(cells, sums);
        let hasMoved = isPayDue;
        for (const earner of this.#earners)
            if (sums === ALL || (earner.sums & sums) !== 0)
                hasMoved = earner.earn(cells, this.#scratch) || hasMoved;
        if (hasMoved) this.#payOut(cells);
        return hasMoved;
    }

    /** Whether every sum that moved stayed a whole number on the way to its total. */
    #guardSums({ from, to, first }: Cells, sums: number): void {
        const { total, below } = this.#frame;
        const [opening, isUnsafe] = [this.#opening, this.#scratch.isUnsafe];
        for (let sum = 0; sum * this.#cells < total.length; sum++) {
            if ((sumBit(sum) & sums) === 0) continue;
            const start = sum * this.#cells + first;
            for (let at = start + from; at < start + to; at++) {
                const widest = Math.abs(opening[at]!) + Math.abs(total[at]!) + 2 * below[at]!;
                if (!(widest < GUARD)) isUnsafe[at - start] = 1;
            }
        }
    }

    #payOut(cells: Cells): void {
        const { from, to, first } = cells;
        const { payout } = this.#program.shape;
        const held = this.#scratch.held;
        const { after, paid } = this.#pay;
        this.#addDues(cells);
        for (let place = 0; place < payout.length; place++) {
            if (payout[place]!.kind === 'deferral') this.#defer(place, cells);
            else this.#multiply(place, cells);
            this.#keep(after, place * this.#cells + first, from, to);
        }
        for (let payee = from; payee < to; payee++)
            paid[first + payee] = this.#unit === 1 ? held[payee]! : this.#round(held[payee]!, this.#unit);
        this.#markUnsafe(from, to);
    }

    #addDues({ from, to, first }: Cells): void {
        const { earning, due } = this.#pay;
        const held = this.#scratch.held;
        for (let payee = from; payee < to; payee++) held[payee] = 0;
        for (let at = first; at < earning.length; at += this.#cells)
            for (let payee = from; payee < to; payee++) held[payee]! += earning[at + payee]!;
        this.#keep(due, first, from, to);
        this.#markUnsafe(from, to);
    }

    #keep(figures: Float64Array, first: number, from: number, to: number): void {
        const held = this.#scratch.held;
        for (let payee = from; payee < to; payee++) figures[first + payee] = held[payee]!;
    }

    #markUnsafe(from: number, to: number): void {
        const { held, isUnsafe } = this.#scratch;
        for (let payee = from; payee < to; payee++)
            if (!(Math.abs(held[payee]!) < GUARD)) isUnsafe[payee] = 1;
    }

    #stepAt(place: number, cell: number): WholeStep | null {
        const { payout, wholeSteps } = this.#program.holding;
        const { index } = payout[place]!;
        return wholeSteps[place]![index ? index[cell]! : 0]!;
    }

    #multiply(place: number, { from, to, first }: Cells): void {
        const { held, isUnsafe } = this.#scratch;
        for (let payee = from; payee < to; payee++) {
            const step = this.#stepAt(place, first + payee);
            if (step && !step.isOn) continue;
            const product = step ? held[payee]! * step.over : NaN;
            if (!(Math.abs(product) < GUARD && step!.under < GUARD)) isUnsafe[payee] = 1;
            else held[payee] = this.#unit === 1 ? this.#round(product, step!.under) : product / step!.under;
        }
    }

    /** Takes off what is deferred of each award and adds what earlier awards pay now. */
    #defer(place: number, { period, from, to, first }: Cells): void {
        const { held, isUnsafe } = this.#scratch;
        const { index } = this.#program.holding.payout[place]!;
        const steps = this.#program.holding.wholeSteps[place]!;
        for (let payee = from; payee < to; payee++) {
            const step = steps[index ? index[first + payee]! : 0]!;
            const amount = held[payee]!;
            const deferred = !step ? NaN : step.isOn && amount > 0 ? this.#deferredOf(amount, step) : 0;
            if (!step || !this.#share(deferred, step, first + payee)) isUnsafe[payee] = 1;
            held[payee] = amount - deferred * this.#unit;
        }
        const { tranches } = this.#pay;
        for (const { award, tranche } of this.#calendar.vesting[period]!) {
            const at = tranche * this.#formCount * this.#cells + award * this.#payees;
            for (let payee = from; payee < to; payee++) held[payee]! += tranches[at + payee]! * this.#unit;
        }
    }

    /** In whole units, from nothing to those the award has; NaN where it leaves the whole numbers. */
    #deferredOf(amount: number, { over, under, isPart }: WholeStep): number {
        const wanted = isPart ? amount * over : over;
        const parts = isPart ? under * this.#unit : under;
        if (!(Math.abs(wanted) < GUARD && parts < GUARD)) return NaN;
        const deferred = this.#round(wanted, parts);
        return Math.max(Math.min(deferred, Math.floor(amount / this.#unit)), 0);
    }

    /** Tranches of an award; false where it leaves the whole numbers. */
    #share(
        deferred: number,
        { weights, weightSum, forms, formsOf: whole }: WholeStep,
        cell: number
    ): boolean {
        const { tranches } = this.#pay;
        const count = this.#calendar.vestsIn.length;
        if (!(deferred > 0)) {
            for (let place = 0; place < count * this.#formCount; place++)
                tranches[place * this.#cells + cell] = 0;
            return deferred === 0;
        }
        if (!(deferred * Math.max(weightSum, whole) < GUARD)) return false;
        const { residual } = this.#program.shape.plan.rounding;
        const [amounts, parts] = [this.#amounts, this.#forms];
        allocateWhole(deferred, weights, 0, count, weightSum, residual, amounts, 0);
        for (let tranche = 0; tranche < count; tranche++) {
            const at = tranche * this.#formCount * this.#cells + cell;
            if (this.#formCount === 1) {
                tranches[at] = amounts[tranche]!;
                continue;
            }
            allocateWhole(amounts[tranche]!, forms, 0, 2, whole, residual, parts, 0);
            tranches[at] = parts[0]!;
            tranches[at + this.#cells] = parts[1]!;
        }
        return true;
    }
}
