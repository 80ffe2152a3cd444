// Levels of one person: for each period end, the sum over subjects of the newest level. Time travel comes for nothing: what was known of
// a subject on a day is what its last fact up to that day says.
import type { DayNumber } from '../../pipeline/types.ts';
import type { FactTable } from './fact-table.ts';
import { isSelected, type FigurePlan } from './figure-plan.ts';
import { periodOf, type Grid } from './grid.ts';

/** Bits for the subject and the position within one person's facts when they are sorted as one number. */
const POSITIONS = 2 ** 20;
const DAYS = 2 ** 16;

export class LevelFigures {
    /** by (period + 1) * levels + level: at the end of each period, 0 is before the first one */
    readonly values: Float64Array;
    /** subjects whose level is not zero */
    readonly counts: Float64Array;
    /** whether anything was known by then */
    readonly known: Uint8Array;
    readonly #plan: FigurePlan;
    readonly #grid: Grid;
    readonly #width: number;
    /** facts of levels of the person by subject and day: rows of the table */
    #rows: number[] = [];
    #table: FactTable | null = null;
    #subjects = new Map<number, number>();
    #keys = new Float64Array(64);

    constructor(plan: FigurePlan, grid: Grid) {
        this.#plan = plan;
        this.#grid = grid;
        this.#width = plan.levels.length;
        this.values = new Float64Array((grid.count + 1) * this.#width);
        this.counts = new Float64Array(this.values.length);
        this.known = new Uint8Array(this.values.length);
    }

    get width(): number {
        return this.#width;
    }

    /** Rows of the facts of one person that are levels, in the order of the table. */
    load(table: FactTable, rows: readonly number[], count: number): void {
        this.values.fill(0);
        this.counts.fill(0);
        this.known.fill(0);
        this.#table = table;
        this.#sort(table, rows, count);
        let before = -1;
        for (const row of this.#rows) {
            this.#step(table, row, before >= 0 && isSameSubject(table, before, row) ? before : -1);
            before = row;
        }
        this.#addUp();
    }

    /** As of a day within a period: for rows that end before their period does. */
    asOf(level: number, day: DayNumber): { value: number; n: number; isKnown: boolean } {
        const table = this.#table!;
        const selection = this.#plan.levels[level]!;
        let value = 0;
        let n = 0;
        let isKnown = false;
        this.#rows.forEach((row, index) => {
            if (table.day[row]! > day || table.signal[row] !== selection.signal) return;
            if (!isSelected(selection, table.tag[row]!, table.value[row]!)) return;
            isKnown = true;
            const next = this.#rows[index + 1];
            if (next !== undefined && isSameSubject(table, row, next) && table.day[next]! <= day) return;
            value += table.value[row]!;
            n += table.value[row] === 0 ? 0 : 1;
        });
        return { value, n, isKnown };
    }

    #sort(table: FactTable, rows: readonly number[], count: number): void {
        if (this.#keys.length < count) this.#keys = new Float64Array(2 * count);
        this.#subjects.clear();
        const first = this.#grid.starts[0]! - DAYS / 2;
        for (let at = 0; at < count; at++) {
            const row = rows[at]!;
            const subject = table.subject[row]! * 256 + table.signal[row]!;
            let number = this.#subjects.get(subject);
            if (number === undefined) this.#subjects.set(subject, (number = this.#subjects.size));
            const day = Math.min(DAYS - 1, Math.max(0, table.day[row]! - first));
            this.#keys[at] = (number * DAYS + day) * POSITIONS + at;
        }
        this.#keys.subarray(0, count).sort();
        this.#rows.length = count;
        for (let at = 0; at < count; at++) this.#rows[at] = rows[this.#keys[at]! % POSITIONS]!;
    }

    /** From its period on, this level counts instead of the one before. */
    #step(table: FactTable, row: number, before: number): void {
        const period = periodOf(this.#grid, table.day[row]!);
        if (period === this.#grid.count) return;
        const base = (period + 1) * this.#width;
        for (const level of this.#plan.levelsOf[table.signal[row]!]!) {
            const selection = this.#plan.levels[level]!;
            const was =
                before >= 0 && isSelected(selection, table.tag[before]!, table.value[before]!)
                    ? table.value[before]!
                    : 0;
            const isIn = isSelected(selection, table.tag[row]!, table.value[row]!);
            const value = isIn ? table.value[row]! : 0;
            this.values[base + level]! += value - was;
            this.counts[base + level]! += (value === 0 ? 0 : 1) - (was === 0 ? 0 : 1);
            if (isIn) this.known[base + level] = 1;
        }
    }

    #addUp(): void {
        for (let at = this.#width; at < this.values.length; at++) {
            this.values[at]! += this.values[at - this.#width]!;
            this.counts[at]! += this.counts[at - this.#width]!;
            this.known[at]! |= this.known[at - this.#width]!;
        }
    }
}

function isSameSubject(table: FactTable, a: number, b: number): boolean {
    return table.subject[a] === table.subject[b] && table.signal[a] === table.signal[b];
}
