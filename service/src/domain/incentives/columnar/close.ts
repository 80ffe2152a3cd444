// From sums to pay: components in their order (earn-cells.ts), what is due, and the steps of the payout, for a range of
// cells. In whole numbers; whoever leaves them is named, and calculated exactly (exact-close.ts).
import { allocateWhole } from './allocate.ts';
import type { RunCalendar } from './calendar.ts';
import { ALL, Earner, sumBit } from './earn-cells.ts';
import type { Frame } from './frame.ts';
import type { WholeStep } from './holding.ts';
import type { Pool } from './pool.ts';
import type { Program } from './program.ts';
import { Scratch } from './scratch.ts';
import type { Shape } from './shape.ts';
import { vestingOf, type Vesting } from './vesting.ts';
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
    readonly #frame: Frame;
    readonly #opening: Float64Array;
    readonly #pay: Pay;
    readonly #earners: Earner[];
    /** sums no component watches */
    readonly #unguarded: readonly number[];
    readonly #scratch: Scratch;
    readonly #vesting: Vesting;
    readonly #cells: number;
    readonly #periods: number;
    readonly #round: Rounding;
    /** cash, and instruments where the plan defers in them */
    readonly #formCount: number;
    /** parts of a unit in which the payout counts */
    readonly #unit: number;
    /** from the cells of a tranche to those of the next */
    readonly #stride: number;
    /** tranche that gets what truncation leaves; -1 where amounts decide */
    readonly #owner: number;
    /** scratch of a single award */
    readonly #amounts: Float64Array;
    readonly #forms = new Float64Array(2);

    constructor(program: Program, calendar: RunCalendar, frame: Frame, opening: Float64Array, pay: Pay) {
        const { shape, people, holding } = program;
        this.#program = program;
        this.#frame = frame;
        this.#opening = opening;
        this.#pay = pay;
        this.#cells = people.cells;
        this.#periods = people.periods;
        this.#earners = shape.components.map(
            (_, component) => new Earner(program, calendar, frame, opening, pay.earning, component)
        );
        this.#unguarded = [...shape.sums.keys()].filter(
            (sum) => !this.#earners.some((earner) => earner.isGuarding(sum))
        );
        this.#scratch = new Scratch(people);
        this.#vesting = vestingOf(calendar);
        this.#round = ROUNDINGS[shape.plan.rounding.mode];
        this.#formCount = formsOf(shape);
        this.#unit = shape.plan.rounding.at === 'payout' ? holding.parts : 1;
        this.#stride = this.#formCount * people.cells;
        const { residual } = shape.plan.rounding;
        this.#owner = residual === 'first' ? 0 : residual === 'last' ? calendar.vestsIn.length - 1 : -1;
        this.#amounts = new Float64Array(calendar.vestsIn.length);
    }

    /** Payees of the range who left the whole numbers. */
    close(from: number, to: number): number[] {
        const scratch = this.#scratch;
        scratch.isUnsafe.fill(0, from, to);
        for (let payee = from; payee < to; payee += scratch.payees) {
            const [first, end] = [payee, Math.min(to, payee + scratch.payees)].map(
                (one) => one * this.#periods
            );
            this.#earn(first!, end!, ALL);
            this.#payOut(first!, end!);
        }
        const unsafe: number[] = [];
        for (let payee = from; payee < to; payee++) if (scratch.isUnsafe[payee] === 1) unsafe.push(payee);
        return unsafe;
    }

    /** Closes what depends on the sums that moved (a bit for each) in a range of periods, and pays what moved; false where it
     *  could not be done in whole numbers. */
    closeMoved(payee: number, from: number, to: number, sums: number): boolean {
        const scratch = this.#scratch;
        scratch.isUnsafe[payee] = 0;
        const first = payee * this.#periods;
        this.#earn(first + from, first + to, sums);
        if (sums === ALL) {
            scratch.markMoved(first + from);
            scratch.markMoved(first + to - 1);
        }
        if (scratch.lastMoved >= 0) {
            const last = this.#vesting.paidUntil[scratch.lastMoved - first]!;
            this.#payOut(scratch.firstMoved, first + last + 1);
        }
        return scratch.isUnsafe[payee] === 0;
    }

    #earn(from: number, to: number, sums: number): void {
        this.#scratch.begin(from);
        this.#guardSums(from, to, sums);
        for (const earner of this.#earners)
            if (sums === ALL || (earner.sums & sums) !== 0) earner.earn(from, to, this.#scratch);
    }

    /** Whether every sum that moved stayed a whole number on the way to its total. */
    #guardSums(from: number, to: number, sums: number): void {
        const { total, below } = this.#frame;
        const opening = this.#opening;
        for (const sum of this.#unguarded) {
            if ((sumBit(sum) & sums) === 0) continue;
            const start = sum * this.#cells;
            for (let at = start + from; at < start + to; at++) {
                const widest = Math.abs(opening[at]!) + Math.abs(total[at]!) + 2 * below[at]!;
                if (!(widest < GUARD)) this.#scratch.markUnsafe(at - start);
            }
        }
    }

    #payOut(from: number, to: number): void {
        const { payout } = this.#program.shape;
        const { after, paid, due } = this.#pay;
        const [unit, round] = [this.#unit, this.#round];
        this.#scratch.first = from;
        const held = this.#scratch.held;
        this.#addUp(from, to);
        this.#keep(due, 0, from, to);
        for (let place = 0; place < payout.length; place++) {
            if (payout[place]!.kind === 'deferral') this.#defer(place, from, to);
            else this.#multiply(place, from, to);
            this.#keep(after, place * this.#cells, from, to);
        }
        for (let cell = from; cell < to; cell++)
            paid[cell] = unit === 1 ? held[cell - from]! : round(held[cell - from]!, unit);
    }

    #addUp(from: number, to: number): void {
        const { earning } = this.#pay;
        const held = this.#scratch.held;
        for (let i = 0; i < to - from; i++) held[i] = 0;
        for (let at = from; at < earning.length; at += this.#cells)
            for (let i = 0; i < to - from; i++) held[i]! += earning[at + i]!;
    }

    /** What is held of the cells, where it is a whole number. */
    #keep(figures: Float64Array, first: number, from: number, to: number): void {
        const held = this.#scratch.held;
        for (let cell = from; cell < to; cell++) {
            const amount = held[cell - from]!;
            figures[first + cell] = amount;
            if (!(Math.abs(amount) < GUARD)) this.#scratch.markUnsafe(cell);
        }
    }

    #multiply(place: number, from: number, to: number): void {
        const { held } = this.#scratch;
        const { index } = this.#program.holding.payout[place]!;
        const steps = this.#program.holding.wholeSteps[place]!;
        for (let cell = from; cell < to; cell++) {
            const step = steps[index ? index[cell]! : 0]!;
            if (step && !step.isOn) continue;
            const product = step ? held[cell - from]! * step.over : NaN;
            if (!(Math.abs(product) < GUARD && step!.under < GUARD)) this.#scratch.markUnsafe(cell);
            else
                held[cell - from] =
                    this.#unit === 1 ? this.#round(product, step!.under) : product / step!.under;
        }
    }

    /** Takes off what is deferred of each award and adds what earlier awards pay now. */
    #defer(place: number, from: number, to: number): void {
        const { held } = this.#scratch;
        const { index } = this.#program.holding.payout[place]!;
        const steps = this.#program.holding.wholeSteps[place]!;
        const unit = this.#unit;
        let period = from % this.#periods;
        for (let cell = from; cell < to; cell++) {
            const step = steps[index ? index[cell]! : 0]!;
            const amount = held[cell - from]!;
            const deferred = !step ? NaN : step.isOn && amount > 0 ? this.#deferredOf(amount, step) : 0;
            if (!step || !this.#share(deferred, step, cell)) this.#scratch.markUnsafe(cell);
            held[cell - from] = this.#withVested(amount - deferred * unit, cell, period);
            if (++period === this.#periods) period = 0;
        }
    }

    /** And what tranches of earlier awards of the payee pay in a cell. */
    #withVested(amount: number, cell: number, period: number): number {
        const { tranches } = this.#pay;
        const { starts, awards, places } = this.#vesting;
        const first = cell - period;
        let held = amount;
        for (let one = starts[period]!; one < starts[period + 1]!; one++)
            held += tranches[places[one]! * this.#stride + first + awards[one]!]! * this.#unit;
        return held;
    }

    /** In whole units, from nothing to those the award has; NaN where it leaves the whole numbers. */
    #deferredOf(amount: number, { over, under, isPart }: WholeStep): number {
        const unit = this.#unit;
        const wanted = isPart ? amount * over : over;
        const parts = isPart ? under * unit : under;
        if (!(Math.abs(wanted) < GUARD && parts < GUARD)) return NaN;
        const deferred = this.#round(wanted, parts);
        const most = unit === 1 ? amount : Math.floor(amount / unit);
        return deferred > most ? most : deferred > 0 ? deferred : 0;
    }

    /** Tranches of an award; false where it leaves the whole numbers. */
    #share(deferred: number, step: WholeStep, cell: number): boolean {
        const { tranches } = this.#pay;
        const { weights, weightSum, formsOf: whole } = step;
        if (!(deferred > 0)) {
            for (let at = cell; at < tranches.length; at += this.#cells) tranches[at] = 0;
            return deferred === 0;
        }
        if (!(deferred * (weightSum > whole ? weightSum : whole) < GUARD)) return false;
        if (this.#owner < 0 || this.#formCount === 2) this.#shareForms(deferred, step, cell);
        else {
            let left = deferred;
            for (let tranche = 0, at = cell; at < tranches.length; tranche++, at += this.#cells) {
                const part = Math.trunc((deferred * weights[tranche]!) / weightSum);
                tranches[at] = part;
                left -= part;
            }
            tranches[cell + this.#owner * this.#cells]! += left;
        }
        return true;
    }

    #shareForms(
        deferred: number,
        { weights, weightSum, forms, formsOf: whole }: WholeStep,
        cell: number
    ): void {
        const { tranches } = this.#pay;
        const { residual } = this.#program.shape.plan.rounding;
        const [amounts, parts] = [this.#amounts, this.#forms];
        allocateWhole(deferred, weights, 0, amounts.length, weightSum, residual, amounts, 0);
        for (let tranche = 0; tranche < amounts.length; tranche++) {
            const at = tranche * this.#stride + cell;
            if (this.#formCount === 1) {
                tranches[at] = amounts[tranche]!;
                continue;
            }
            allocateWhole(amounts[tranche]!, forms, 0, 2, whole, residual, parts, 0);
            tranches[at] = parts[0]!;
            tranches[at + this.#cells] = parts[1]!;
        }
    }
}
