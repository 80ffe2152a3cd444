// A run: the plan worked out as numbers, two passes over the rows, and the close of every cell. One thread does all of it with
// `calculate`; several share the passes by ranges of rows and the close by ranges of payees: what they exchange are sums per
// cell. The same steps in the same order give the same bits, however many threads and whichever kernel.
import { Ratio } from '../../ratio.ts';
import { runCalendar, type RunCalendar } from './calendar.ts';
import { CellIndex } from './cell-index.ts';
import type { People } from './cells.ts';
import { Closer, payFor, type Pay } from './close.ts';
import { countsOf, payeesWithoutWorth, type Counts } from './credits-of-row.ts';
import { exactPayee, type ExactPeriod } from './exact-close.ts';
import { columnsFor, outputsFor, sumsFor, type Frame, type Kernel } from './frame.ts';
import { Opener } from './opening.ts';
import { settle } from './allocate.ts';
import { Pool } from './pool.ts';
import { programOf, type Program } from './program.ts';
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
    readonly #opener: Opener;
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
        this.#opener = new Opener(this.program, this.calendar, this.frame, this.opening);
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

    /** With the totals of the ranges of other threads: of all cells, as all must open; what was taken off only of the payees
     *  closed here. */
    addTotals(others: readonly Pick<Frame, 'total' | 'below'>[], pool: Pool, from: number, to: number): void {
        const { total, below } = this.frame;
        const { cells, periods } = this.program.people;
        const added = {
            total: pool.take('added total', Float64Array, total.length),
            below: pool.take('added below', Float64Array, below.length)
        };
        const totals = others.map((other) => other.total);
        const taken = others.map((other) => other.below);
        addRange(added.total, [total, ...totals], 0, total.length);
        for (let first = 0; first < below.length; first += cells)
            addRange(added.below, [below, ...taken], first + from * periods, first + to * periods);
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
        const isOpened = this.#openings.size > 0;
        this.#opener.openCells((sum, payee) => (isOpened ? this.#wholeOpening(sum, payee) : 0));
    }

    /** Opens the periods after one that moved again; gives the period where the sum begins anew. */
    reopen(sum: number, payee: number, from: number): number {
        return this.#opener.reopen(sum, payee, from);
    }

    /** `earlier`: totals of the ranges before this one, where threads share the rows. */
    startSecondPass(earlier: readonly Float64Array[]): void {
        this.#opener.startPass(earlier);
    }

    /** The same for one cell, to walk it again. */
    startCell(cell: number): void {
        this.#opener.startCell(cell);
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

    /** Earnings and pay of a range of payees. */
    closePayees(from: number, to: number): void {
        for (const payee of this.#closer.close(from, to))
            if (!this.exact.has(payee)) this.calculateExactly(payee);
    }

    /** Closes what depends on the sums that moved (a bit for each) in a range of periods, and pays what moved; false where it
     *  could not be done in whole numbers. */
    closeMoved(payee: number, from: number, to: number, sums: number): boolean {
        return this.#closer.closeMoved(payee, from, to, sums);
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

function addRange(
    into: Float64Array,
    [own, next, ...others]: readonly Float64Array[],
    from: number,
    to: number
): void {
    if (next) for (let cell = from; cell < to; cell++) into[cell] = own![cell]! + next[cell]!;
    else into.set(own!.subarray(from, to), from);
    for (const other of others) for (let cell = from; cell < to; cell++) into[cell]! += other[cell]!;
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
