// A run that follows changes: a transaction added, replaced or taken out moves the sums of the payees it credits, and only what
// depends on them is closed again, to the end of the interval. The figures are those of a full run over the changed rows, bit
// for bit. Lines of credits are not kept: they are walked again from the opening of their cell when somebody asks.
import type { Transaction } from '../input.ts';
import { ALL, bandFrom, sumBit } from './earn-cells.ts';
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

const NOTHING: Credited = { cells: [], sums: 0 };

export class LiveRun {
    readonly run: Run;
    readonly #live: LiveColumns;
    readonly #passes: CellPasses;
    readonly #periods: number;
    readonly #payees: number;
    /** whether earnings follow from the sums of the cells alone */
    readonly #isClosed: boolean;
    readonly #linesOfRow: number;
    /** by period, where limits to date look back to */
    readonly #limits: readonly number[][];
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
        this.#limits = shape.components.flatMap(({ component }, index) =>
            this.run.calendar.lookBack[index]!.filter(
                (_, place) => component.limits[place]!.scope === 'cumulative'
            )
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
        return this.#walk(period * this.#payees + payee);
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
        const first = frame.period[row]! * this.#payees;
        const cells: number[] = [];
        let sums = 0;
        creditsOfRow(program, frame, row, (payee, entry) => {
            if (!cells.includes(first + payee)) cells.push(first + payee);
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
        const touched = new Map<number, number[]>();
        for (const { cells, sums } of credited)
            for (const cell of cells) {
                const payee = cell % this.#payees;
                const period = Math.floor(cell / this.#payees);
                const periods = touched.get(payee) ?? [];
                periods[period] = (periods[period] ?? 0) | (unsafe.has(cell) ? ALL : sums);
                touched.set(payee, periods);
            }
        for (const [payee, periods] of touched) this.#close(payee, periods);
    }

    /** Closes the periods touched (a bit for each sum that may have moved), and what opens or looks back on something else
     *  than before. */
    #close(payee: number, touched: readonly number[]): void {
        const { run } = this;
        const isAnew = run.exact.delete(payee);
        const isDirty: boolean[] = [];
        let closed = isAnew ? ALL : 0;
        for (let period = isAnew ? 0 : firstOf(touched); period < this.#periods; period++) {
            const reopened = run.reopen(payee, period, closed);
            const isPayDue = isAnew || this.#vestsMoved(period, isDirty);
            closed = isAnew ? ALL : reopened | (touched[period] ?? 0);
            const moved = this.#limitsMoved(period, isDirty) ? ALL : closed;
            isDirty[period] = false;
            if (moved === 0 && !isPayDue) continue;
            const cell = period * this.#payees + payee;
            if (!this.#areLinesKnown(cell, moved)) return run.calculateExactly(payee);
            const { isSafe, hasMoved } = run.closeMoved(payee, period, moved, isPayDue);
            if (!isSafe) return run.calculateExactly(payee);
            isDirty[period] = hasMoved;
        }
    }

    /** Through tranches of earlier awards. */
    #vestsMoved(period: number, isDirty: readonly boolean[]): boolean {
        const vesting = this.run.calendar.vesting[period]!;
        for (let one = 0; one < vesting.length; one++) if (isDirty[vesting[one]!.award]) return true;
        return false;
    }

    /** Through limits to date. */
    #limitsMoved(period: number, isDirty: readonly boolean[]): boolean {
        return (
            this.#limits.length > 0 &&
            this.#limits.some((from) => isDirty.indexOf(true, from[period]!) !== -1)
        );
    }

    /** Lines are walked where earnings are their sum, and where one of them might be outside its table. */
    #areLinesKnown(cell: number, moved: number): boolean {
        if (this.#isClosed && !this.#mayLeaveTables(cell, moved)) return true;
        return !this.#walk(cell).worth.some(Number.isNaN);
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
            const least = kind === 'flat' ? 0 : opening[sum]! - below[sum]!;
            const most = kind === 'flat' ? 0 : opening[sum]! + total[sum]! + below[sum]!;
            if (Number.isNaN(rate[table + bandFrom(low, table, least)]!)) return true;
            if (Number.isNaN(rate[table + bandFrom(low, table, most)]!)) return true;
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

/** The first period there is something for. */
function firstOf(touched: readonly number[]): number {
    return touched.findIndex((sums) => sums !== undefined);
}
