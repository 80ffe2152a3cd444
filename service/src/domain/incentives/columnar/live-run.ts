// A run that follows changes: a transaction added, replaced or taken out moves the sums of the payees it credits, and only what
// depends on them is closed again, to the end of the interval. The figures are those of a full run over the changed rows, bit
// for bit. Lines of credits are not kept: they are walked again from the opening of their cell when somebody asks.
import type { Transaction } from '../input.ts';
import { bandAt } from './band-at.ts';
import { ALL, sumBit } from './earn-cells.ts';
import { creditsOfRow } from './credits-of-row.ts';
import { DoesNotFit, fitting, type Fitting } from './does-not-fit.ts';
import type { Frame, Kernel } from './frame.ts';
import { isClosed } from './layout.ts';
import { LiveColumns } from './live-columns.ts';
import { cellPasses, type CellPasses } from './operators.ts';
import { tableAt } from './program.ts';
import type { Pool } from './pool.ts';
import { Run, type Loaded } from './run.ts';
import { isSafe } from './whole.ts';

/** Lines of a cell in order, as the passes write them. */
export type CellLines = Pick<Frame, 'before' | 'worth' | 'bands'>;

/** What a row credits: its cells, each once, and a bit for each sum it may move. */
interface Credited {
    cells: number[];
    sums: number;
}

/** A payee's periods that credits moved, and a bit for each sum. */
interface Touched {
    periods: number[];
    sums: number;
}

const NOTHING: Credited = { cells: [], sums: 0 };

export class LiveRun {
    readonly run: Run;
    readonly #live: LiveColumns;
    readonly #passes: CellPasses;
    readonly #periods: number;
    readonly #sums: number;
    /** whether earnings follow from the sums of the cells alone */
    readonly #isClosed: boolean;
    readonly #linesOfRow: number;
    readonly #hasLimitsToDate: boolean;
    /** periods in which some sum begins anew */
    readonly #starts: readonly number[];
    #broken: string | null = null;

    /** Throws DoesNotFit. */
    constructor(loaded: Loaded, kernel: Kernel, pool?: Pool) {
        const { shape, people } = loaded;
        this.#live = new LiveColumns(shape, people, loaded.columns);
        this.run = new Run({ ...loaded, columns: this.#live.columns }, kernel, pool).calculate();
        this.#passes = cellPasses(this.run.program.layout);
        this.#periods = people.context.periods.length;
        this.#sums = shape.sums.length;
        this.#isClosed = shape.components.every((one) => isClosed(shape, one));
        this.#hasLimitsToDate = shape.components.some(({ component }) =>
            component.limits.some(({ scope }) => scope === 'cumulative')
        );
        const { begins } = this.run.calendar;
        this.#starts = Array.from({ length: this.#periods }, (_, period) => period).filter(
            (period) => period === 0 || begins.some((own) => own[period] === 1)
        );
        this.#linesOfRow = shape.rules.reduce((sum, { lines }) => sum + lines.length, 0);
        this.run.buildIndex();
    }

    /** Replaces a row (null: adds) by a transaction (null: takes it out). Gives the row it stands in now, -1 for none. What
     *  does not fit needs a new run, and this one tells nothing any more. */
    change(row: number | null, transaction: Transaction | null): Fitting<number> {
        if (this.#broken !== null) return { value: null, reason: this.#broken };
        const done = fitting(() => this.#change(row, transaction));
        this.#broken = done.reason;
        return done;
    }

    /** Lines of a payee's period. */
    linesOf(payee: number, period: number): CellLines {
        if (this.#broken !== null) throw new DoesNotFit('live run', this.#broken);
        return this.#walk(payee * this.#periods + period);
    }

    #change(row: number | null, transaction: Transaction | null): number {
        const read = transaction && this.#live.read(transaction);
        const isInPlace = row !== null && read !== null && this.#live.canReplace(row, read);
        const unsafe = new Set<number>();
        const old = row === null ? NOTHING : this.#creditedBy(row);
        if (row !== null) this.#move(row, -1, old.cells, unsafe);
        let added = -1;
        if (isInPlace) this.#live.replace((added = row), read);
        else if (read) added = this.#live.append(read);
        this.#live.fill(this.run.frame);
        const now = added === -1 ? NOTHING : this.#creditedBy(added);
        if (added !== -1) this.#move(added, 1, now.cells, unsafe);
        for (const cell of old.cells)
            if (!isInPlace || !now.cells.includes(cell)) this.run.index.remove(cell, row!);
        for (const cell of now.cells)
            if (!isInPlace || !old.cells.includes(cell))
                this.run.index.insert(cell, added, (other) => this.#live.isAfter(other, added));
        for (const cell of unsafe) this.#addUpAgain(cell);
        this.#closeTouched([old, now], unsafe);
        return added;
    }

    #creditedBy(row: number): Credited {
        const { program, frame } = this.run;
        const { rules } = program.shape;
        const period = frame.period[row]!;
        const cells: number[] = [];
        let sums = 0;
        creditsOfRow(program, frame, row, (payee, entry) => {
            const cell = payee * this.#periods + period;
            if (!cells.includes(cell)) cells.push(cell);
            for (const sum of rules[entry % rules.length]!.sums) sums |= sumBit(sum);
        });
        return { cells, sums };
    }

    /** Adds the credits of a row to its cells, or takes them off; tells which of them left the whole numbers on the way. */
    #move(row: number, sign: 1 | -1, cells: readonly number[], unsafe: Set<number>): void {
        for (const cell of cells) if (!this.#isSafe(cell)) unsafe.add(cell);
        this.#passes.move(this.run.frame, row, sign);
        for (const cell of cells) if (!this.#isSafe(cell)) unsafe.add(cell);
    }

    #isSafe(cell: number): boolean {
        const { total, below } = this.run.frame;
        for (let at = cell; at < total.length; at += this.run.program.people.cells)
            if (!isSafe(Math.abs(total[at]!) + 2 * below[at]!)) return false;
        return true;
    }

    /** Sums that left the whole numbers cannot be taken back. */
    #addUpAgain(cell: number): void {
        const { frame, program, index } = this.run;
        for (let at = cell; at < frame.total.length; at += program.people.cells)
            frame.total[at] = frame.below[at] = 0;
        this.#passes.addUp(frame, index.rowsOf(cell), cell);
    }

    #closeTouched(credited: readonly Credited[], unsafe: ReadonlySet<number>): void {
        const touched = new Map<number, Touched>();
        for (const { cells, sums } of credited)
            for (const cell of cells) {
                const payee = Math.floor(cell / this.#periods);
                const own = touched.get(payee) ?? { periods: [], sums: 0 };
                own.periods.push(cell % this.#periods);
                own.sums |= unsafe.has(cell) ? ALL : sums;
                touched.set(payee, own);
            }
        for (const [payee, own] of touched) this.#close(payee, own);
    }

    /** Closes the periods touched and those that open on something else than before: to the end of the interval, or to the
     *  last period where limits look back. */
    #close(payee: number, { periods, sums }: Touched): void {
        const { run } = this;
        const isAnew = run.exact.delete(payee);
        const isWide = isAnew || this.#hasLimitsToDate;
        const moved = isWide ? ALL : sums;
        let from = isAnew ? 0 : this.#periods;
        let to = isWide ? this.#periods : 0;
        for (const period of isAnew ? this.#starts : periods) {
            from = Math.min(from, period);
            to = Math.max(to, this.#reopen(payee, period, moved));
        }
        if (!this.#areLinesKnown(payee, from, to, moved) || !run.closeMoved(payee, from, to, moved))
            run.calculateExactly(payee);
    }

    /** The last period in which any of the sums opened again. */
    #reopen(payee: number, period: number, moved: number): number {
        let to = period + 1;
        for (let sum = 0; sum < this.#sums; sum++)
            if ((sumBit(sum) & moved) !== 0) to = Math.max(to, this.run.reopen(sum, payee, period));
        return to;
    }

    /** Lines are walked where earnings are their sum, and where one of them might be outside its table. */
    #areLinesKnown(payee: number, from: number, to: number, moved: number): boolean {
        const first = payee * this.#periods;
        for (let cell = first + from; cell < first + to; cell++)
            if (!this.#isClosed || this.#mayLeaveTables(cell, moved))
                if (this.#walk(cell).worth.some(Number.isNaN)) return false;
        return true;
    }

    #mayLeaveTables(cell: number, moved: number): boolean {
        const { program, frame, opening } = this.run;
        const { total, below, rate, low } = frame;
        const { lineComponents } = program.layout;
        for (let line = 0; line < lineComponents.length; line++) {
            const component = lineComponents[line]!;
            const { at, kind } = program.shape.components[component]!;
            if ((sumBit(at) & moved) === 0) continue;
            const sum = at * program.people.cells + cell;
            // What only rises lies between where it opens and where it ends, and both are looked up when the cell is closed.
            if (kind === 'marginal' && below[sum] === 0 && total[sum]! > 0) continue;
            const table = tableAt(program, component, cell);
            const length = program.tableLength;
            const least = kind === 'flat' ? 0 : opening[sum]! - below[sum]!;
            const most = kind === 'flat' ? 0 : opening[sum]! + total[sum]! + below[sum]!;
            if (Number.isNaN(rate[bandAt(low, table, length, least)]!)) return true;
            if (Number.isNaN(rate[bandAt(low, table, length, most)]!)) return true;
        }
        return false;
    }

    #walk(cell: number): CellLines {
        const { run } = this;
        const rows = run.index.rowsOf(cell);
        const room = rows.length * this.#linesOfRow;
        const lines = {
            before: new Float64Array(room),
            worth: new Float64Array(room),
            bands: new Uint16Array(room)
        };
        run.startCell(cell);
        const count = this.#passes.follow({ ...run.frame, ...lines }, rows, cell);
        return {
            before: lines.before.subarray(0, count),
            worth: lines.worth.subarray(0, count),
            bands: lines.bands.subarray(0, count)
        };
    }
}
