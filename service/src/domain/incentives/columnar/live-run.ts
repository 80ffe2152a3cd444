// A run that follows changes: a transaction added, replaced or taken out moves the sums of the payees it credits, and only what
// depends on them is closed again, to the end of the interval. The figures are those of a full run over the changed rows, bit
// for bit. Lines of credits are not kept: they are walked again from the opening of their cell when somebody asks.
import type { Transaction } from '../input.ts';
import { bandFrom } from './close.ts';
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

export class LiveRun {
    readonly run: Run;
    readonly #live: LiveColumns;
    readonly #passes: CellPasses;
    readonly #periods: number;
    readonly #payees: number;
    /** whether earnings follow from the sums of the cells alone */
    readonly #isClosed: boolean;
    readonly #linesOfRow: number;
    #broken: string | null = null;

    /** Throws DoesNotFit. */
    constructor(loaded: Loaded, kernel: Kernel, pool?: Pool) {
        const { shape, people } = loaded;
        this.#live = new LiveColumns(shape, people, loaded.columns);
        this.run = new Run({ ...loaded, columns: this.#live.columns }, kernel, pool).calculate();
        this.#passes = cellPasses(this.run.program.layout);
        this.#periods = people.context.periods.length;
        this.#payees = people.payeeIds.length;
        this.#isClosed = shape.components.every((one) => isClosed(shape, one));
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
        return this.#walk(period * this.#payees + payee);
    }

    #change(row: number | null, transaction: Transaction | null): number {
        const added = transaction ? this.#live.append(transaction) : -1;
        this.#live.fill(this.run.frame);
        const touched = new Map<number, boolean[]>();
        if (row !== null) this.#move(row, -1, touched);
        if (added !== -1) this.#move(added, 1, touched);
        for (const [payee, periods] of touched) this.#close(payee, periods);
        return added;
    }

    /** Adds the credits of a row to the cells it credits, or takes them off. */
    #move(row: number, sign: 1 | -1, touched: Map<number, boolean[]>): void {
        const { program, frame, index } = this.run;
        const period = frame.period[row]!;
        const payees = new Set<number>();
        creditsOfRow(program, frame, row, (payee) => payees.add(payee));
        for (const payee of payees) {
            const cell = period * this.#payees + payee;
            const wasSafe = this.#isSafe(cell);
            if (sign === 1) index.insert(cell, row, (other) => this.#live.isAfter(other, row));
            else index.remove(cell, row);
            this.#passes.move(frame, [row], cell, sign);
            if (!wasSafe || !this.#isSafe(cell)) this.#addUpAgain(cell);
            const periods = touched.get(payee) ?? [];
            periods[period] = true;
            touched.set(payee, periods);
        }
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
        this.#passes.move(frame, index.rowsOf(cell), cell, 1);
    }

    /** Closes the periods touched, and those that open or look back on something else than before. */
    #close(payee: number, touched: boolean[]): void {
        const isAnew = this.run.exact.delete(payee);
        const isDirty: boolean[] = [];
        for (let period = 0; period < this.#periods; period++) {
            const hasMoved = this.run.reopen(payee, period);
            isDirty[period] =
                isAnew || hasMoved || touched[period] === true || this.#dependsOn(period, isDirty);
            if (!isDirty[period]) continue;
            const cell = period * this.#payees + payee;
            if (!this.#areLinesKnown(cell) || !this.run.closePeriod(payee, period))
                return this.run.calculateExactly(payee);
        }
    }

    /** Through limits to date and tranches of earlier awards. */
    #dependsOn(period: number, isDirty: readonly boolean[]): boolean {
        const { lookBack, vesting } = this.run.calendar;
        if (vesting[period]!.some(({ award }) => isDirty[award])) return true;
        return lookBack.some((limits) => limits.some((from) => isDirty.indexOf(true, from[period]!) !== -1));
    }

    /** Lines are walked where earnings are their sum, and where one of them might be outside its table. */
    #areLinesKnown(cell: number): boolean {
        if (this.#isClosed && !this.#mayLeaveTables(cell)) return true;
        return !this.#walk(cell).worth.some(Number.isNaN);
    }

    #mayLeaveTables(cell: number): boolean {
        const { program, frame, opening } = this.run;
        const { cells } = program.people;
        return program.layout.lineComponents.some((component) => {
            const { at, kind } = program.shape.components[component]!;
            const table = tableAt(program, component, cell);
            if (kind === 'flat') return Number.isNaN(frame.rate[table + 1]!);
            const sum = at * cells + cell;
            const [most, least] = [
                opening[sum]! + frame.total[sum]! + frame.below[sum]!,
                opening[sum]! - frame.below[sum]!
            ];
            const isOutside = (x: number): boolean =>
                Number.isNaN(frame.rate[table + bandFrom(frame.low, table, x)]!);
            return isOutside(most) || isOutside(least);
        });
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
