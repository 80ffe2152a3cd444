// A run: the plan worked out as numbers, two passes over the rows, and the close of every cell. One thread does all of it with
// `calculate`; several share the passes by ranges of rows and the close by ranges of payees: what they exchange are sums per
// cell. The same steps in the same order give the same bits, however many threads and whichever kernel.
import { Ratio } from '../../ratio.ts';
import { runCalendar, type RunCalendar } from './calendar.ts';
import { CellIndex } from './cell-index.ts';
import type { People } from './cells.ts';
import { Closer, payFor, type Pay } from './close.ts';
import { countsOf, payeesWithoutWorth, type Counts } from './credits-of-row.ts';
import { sumBit } from './earn-cells.ts';
import { exactPayee, type ExactPeriod } from './exact-close.ts';
import { columnsFor, outputsFor, sumsFor, type Frame, type Kernel } from './frame.ts';
import { settle } from './allocate.ts';
import { Pool } from './pool.ts';
import { programOf, tableAt, type Program } from './program.ts';
import type { Shape } from './shape.ts';
import type { TransactionColumns } from './transactions.ts';
import { wholeAt } from './whole.ts';

/** What a run works on: the shape of a plan, its people and transactions as columns. */
export interface Loaded {
    shape: Shape;
    people: People;
    columns: TransactionColumns;
}

export class Run {
    readonly program: Program;
    readonly frame: Frame;
    readonly opening: Float64Array;
    readonly pay: Pay;
    readonly calendar: RunCalendar;
    /** payees who left the whole numbers: their figures are these, and what the columns hold of them is not to be read */
    readonly exact = new Map<number, ExactPeriod[]>();
    readonly counts: Counts;
    readonly loaded: Loaded;
    readonly #kernel: Kernel;
    readonly #closer: Closer;
    readonly #openings: ReadonlyMap<string, Ratio>;
    #index: CellIndex | null = null;

    /** Throws DoesNotFit. */
    constructor(loaded: Loaded, kernel: Kernel, pool = new Pool()) {
        const { shape, people, columns } = loaded;
        this.loaded = loaded;
        this.#kernel = kernel;
        this.#openings = openingsOf(loaded);
        this.program = programOf(shape, people, columns);
        this.calendar = runCalendar(shape, people);
        const [sumCells, lineCells] = [
            shape.sums.length * people.cells,
            this.program.layout.lineComponents.length * people.cells
        ];
        const partial = {
            ...columnsFor(columns),
            ...this.program.numbers,
            ...sumsFor(sumCells, lineCells, this.program.numbers.low.length, isAddedUp(this.program), pool)
        };
        this.counts = this.#countsOf(partial as Frame, 0, columns.count);
        this.frame = {
            ...partial,
            ...outputsFor(this.counts.credits, this.counts.lines, pool),
            settle: (row, at, left) => {
                const { amount, splitShare, splitStart, shareScale, credit } = this.frame;
                const first = splitStart[row]!;
                const { residual } = shape.plan.rounding;
                settle(
                    amount[row]!,
                    splitShare,
                    first,
                    splitStart[row + 1]! - first,
                    shareScale,
                    residual,
                    credit,
                    at,
                    left
                );
            }
        };
        this.opening = pool.take('opening', Float64Array, sumCells);
        this.pay = payFor(this.program, this.calendar, pool);
        this.#closer = new Closer(this.program, this.calendar, this.frame, this.opening, this.pay);
    }

    calculate(): this {
        const { count } = this.loaded.columns;
        this.firstPass(0, count, { credits: 0, lines: 0 });
        this.openCells();
        this.startSecondPass([]);
        this.checkLines(this.secondPass(0, count, { credits: 0, lines: 0 }));
        this.closePayees(0, this.program.people.payeeIds.length);
        return this;
    }

    /** Credits and lines before each of the rows: where ranges begin. */
    startsOf(rows: readonly number[]): Counts[] {
        const starts: Counts[] = [{ credits: 0, lines: 0 }];
        for (const [place, row] of rows.slice(1).entries()) {
            const own = this.#countsOf(this.frame, rows[place]!, row);
            const last = starts.at(-1)!;
            starts.push({ credits: last.credits + own.credits, lines: last.lines + own.lines });
        }
        return starts;
    }

    /** Credits of a range of rows, added to the sums of the cells. */
    firstPass(from: number, to: number, { credits, lines }: Counts): void {
        this.#kernel.first(this.frame, from, to, credits, lines);
    }

    /** With the totals of the ranges of other threads. */
    addTotals(others: readonly Pick<Frame, 'total' | 'below'>[], pool: Pool): void {
        const { length } = this.frame.total;
        const added = {
            total: pool.take('added total', Float64Array, length),
            below: pool.take('added below', Float64Array, length)
        };
        for (const name of ['total', 'below'] as const) {
            added[name].set(this.frame[name]);
            for (const other of others)
                for (let cell = 0; cell < length; cell++) added[name][cell]! += other[name][cell]!;
        }
        Object.assign(this.frame, added);
    }

    /** With the lines of the ranges of other threads. */
    addValues(others: readonly Float64Array[]): void {
        const { value } = this.frame;
        for (const other of others)
            for (let cell = 0; cell < value.length; cell++) value[cell]! += other[cell]!;
    }

    /** From the totals of all rows to where each cell opens. */
    openCells(): void {
        const { people, shape } = this.program;
        const payees = people.payeeIds.length;
        for (const sum of shape.sums.keys()) {
            const start = sum * people.cells;
            for (let payee = 0; payee < payees; payee++)
                this.opening[start + payee] = this.#wholeOpening(sum, payee);
            for (let period = 1; period < people.context.periods.length; period++) {
                const first = start + period * payees;
                if (this.calendar.begins[sum]![period] === 1) this.opening.fill(0, first, first + payees);
                else this.#openPeriod(first, payees);
            }
        }
    }

    #openPeriod(first: number, payees: number): void {
        const { total } = this.frame;
        const opening = this.opening;
        for (let cell = first; cell < first + payees; cell++)
            opening[cell] = opening[cell - payees]! + total[cell - payees]!;
    }

    /** Opens a cell again for sums that closed elsewhere in the period before (a bit for each); those that did move. */
    reopen(payee: number, period: number, closed: number): number {
        if (period === 0 || closed === 0) return 0;
        const { people, shape } = this.program;
        const payees = people.payeeIds.length;
        let moved = 0;
        for (let sum = 0; sum < shape.sums.length; sum++) {
            if ((sumBit(sum) & closed) === 0) continue;
            const cell = sum * people.cells + period * payees + payee;
            const isAnew = this.calendar.begins[sum]![period] === 1;
            const opening = isAnew ? 0 : this.opening[cell - payees]! + this.frame.total[cell - payees]!;
            if (opening !== this.opening[cell]) moved |= sumBit(sum);
            this.opening[cell] = opening;
        }
        return moved;
    }

    /** `earlier`: totals of the ranges before this one, where threads share the rows. */
    startSecondPass(earlier: readonly Float64Array[]): void {
        const { running, value } = this.frame;
        running.set(this.opening);
        for (const totals of earlier)
            for (let cell = 0; cell < running.length; cell++) running[cell]! += totals[cell]!;
        value.fill(0);
        const { cells } = this.program.people;
        for (const place of this.program.layout.lineComponents.keys()) this.#startBands(place, 0, cells);
    }

    /** The same for one cell, to walk it again. */
    startCell(cell: number): void {
        const { running, value } = this.frame;
        const { people, layout } = this.program;
        for (let at = cell; at < running.length; at += people.cells) running[at] = this.opening[at]!;
        for (const place of layout.lineComponents.keys()) {
            value[place * people.cells + cell] = 0;
            this.#startBands(place, cell, cell + 1);
        }
    }

    #startBands(place: number, from: number, to: number): void {
        const { program } = this;
        const { cells, payeeIds } = program.people;
        const { band } = this.frame;
        const component = program.layout.lineComponents[place]!;
        const { kind, at } = program.shape.components[component]!;
        const own = place * cells;
        if (program.bands[component]!.index || to - from === 1)
            for (let cell = from; cell < to; cell++) {
                const table = tableAt(program, component, cell);
                const x = kind === 'flat' ? -Infinity : this.frame.running[at * cells + cell]!;
                band[own + cell] = kind === 'flat' ? table + 1 : this.#bandNear(table, x);
            }
        else {
            const table = tableAt(program, component, 0);
            if (kind === 'flat') band.fill(table + 1, own + from, own + to);
            else this.#startWalk(own, at * cells, table, from, to, payeeIds.length);
        }
    }

    /** One table for all. Sums mostly rise, so the band of the period before is a good place to begin. */
    #startWalk(own: number, sum: number, table: number, from: number, to: number, payees: number): void {
        const { band, low, running } = this.frame;
        for (let cell = from; cell < to; cell++) {
            const x = running[sum + cell]!;
            let reached = cell < payees ? table + 1 : band[own + cell - payees]!;
            while (x < low[reached]!) reached--;
            while (x >= low[reached + 1]!) reached++;
            band[own + cell] = reached;
        }
    }

    #bandNear(table: number, x: number): number {
        const { low } = this.frame;
        let reached = table;
        while (x >= low[reached + 1]!) reached++;
        return reached;
    }

    /** Lines of a range of rows; NaN when any of them is. */
    secondPass(from: number, to: number, { credits, lines }: Counts): number {
        return this.#kernel.second(this.frame, from, to, credits, lines);
    }

    /** A line that is NaN belongs to somebody who is calculated exactly, who finds out why. */
    checkLines(check: number): void {
        if (!Number.isNaN(check)) return;
        const payees = payeesWithoutWorth(this.program, this.frame, this.loaded.columns.count);
        for (const payee of payees) this.calculateExactly(payee);
    }

    /** Earnings and pay of some payees, period after period. */
    closePayees(from: number, to: number): void {
        const unsafe = new Set<number>();
        for (const period of this.program.people.context.periods.keys())
            for (const payee of this.#closer.close(period, from, to)) unsafe.add(payee);
        for (const payee of unsafe) if (!this.exact.has(payee)) this.calculateExactly(payee);
    }

    /** Closes what depends on the sums that moved. Whether it could be done in whole numbers, and whether pay moved. */
    closeMoved(
        payee: number,
        period: number,
        sums: number,
        isPayDue: boolean
    ): { isSafe: boolean; hasMoved: boolean } {
        const hasMoved = this.#closer.closeMoved(period, payee, payee + 1, sums, isPayDue);
        return { isSafe: !this.#closer.isUnsafe(payee), hasMoved };
    }

    calculateExactly(payee: number): void {
        const { program, frame, calendar } = this;
        const { large } = this.loaded.columns;
        const openingOf = (sum: number, one: number): Ratio => this.#exactOpening(sum, one);
        const inputs = {
            program,
            frame,
            large,
            calendar,
            openingOf,
            rowsOf: (cell: number) => this.index.rowsOf(cell)
        };
        this.exact.set(payee, exactPayee(inputs, payee));
    }

    get index(): CellIndex {
        this.#index ??= new CellIndex(this.program, this.frame, this.loaded.columns.count);
        return this.#index;
    }

    buildIndex(): void {
        this.#index = this.index;
    }

    #countsOf(frame: Frame, from: number, to: number): Counts {
        return countsOf(this.program, frame, from, to, this.loaded.columns);
    }

    #wholeOpening(sum: number, payee: number): number {
        return wholeAt(this.#exactOpening(sum, payee).over(this.program.grains[sum]!), 1n);
    }

    #exactOpening(sum: number, payee: number): Ratio {
        const { key } = this.program.shape.sums[sum]!;
        return this.#openings.get(openingKey(key, this.program.people.payeeIds[payee]!)) ?? Ratio.ZERO;
    }
}

/** Whether the earning of a period is the sum of its lines, for any component. */
function isAddedUp({ layout }: Program): boolean {
    return layout.groups.some(({ lines }) => lines.some((line) => line.isAddedUp));
}

function openingKey(measure: string, payeeId: string): string {
    return `${measure}\n${payeeId}`;
}

function openingsOf({ people }: Loaded): Map<string, Ratio> {
    const openings = new Map<string, Ratio>();
    for (const opening of people.context.input.openings) {
        if (!('measure' in opening)) continue;
        const key = openingKey(opening.measure, opening.payeeId);
        openings.set(key, (openings.get(key) ?? Ratio.ZERO).plus(opening.amount));
    }
    return openings;
}
