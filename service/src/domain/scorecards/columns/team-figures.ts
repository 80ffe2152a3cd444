// Tallies of managers' teams: what the people who reported to them on the day did. Sums of whole numbers, so that a person can be taken
// out and put back and nothing is lost.
import type { FactTable } from './fact-table.ts';
import { isSelected, type FigurePlan } from './figure-plan.ts';
import { periodOf, type Grid } from './grid.ts';
import { NO_ROW, type Roster } from '../roster.ts';

export class TeamFigures {
    readonly sums: Float64Array;
    readonly counts: Float64Array;
    /** rows of managers whose figures changed since this was last emptied */
    readonly changedRows = new Set<number>();
    readonly #plan: FigurePlan;
    readonly #grid: Grid;
    readonly #roster: Roster;
    readonly #width: number;

    constructor(plan: FigurePlan, grid: Grid, roster: Roster) {
        this.#plan = plan;
        this.#grid = grid;
        this.#roster = roster;
        this.#width = plan.team.length;
        this.sums = new Float64Array(roster.rowRole.length * grid.count * this.#width);
        this.counts = new Float64Array(this.sums.length);
    }

    /** Adds the facts of one person to the managers of their days (`sign` 1), or takes them out again (-1). */
    add(person: number, table: FactTable, from: number, to: number, sign: 1 | -1): void {
        const { segmentStart, segments } = this.#roster;
        const firstSegment = segmentStart[person]!;
        const endSegment = segmentStart[person + 1]!;
        let hasManager = false;
        for (let at = firstSegment; at < endSegment; at++) hasManager ||= segments[at]!.managerRow !== NO_ROW;
        if (!hasManager || this.#width === 0) return;
        let at = firstSegment;
        for (let row = from; row < to; row++) {
            const slots = this.#plan.teamOf[table.signal[row]!]!;
            if (slots.length === 0) continue;
            const day = table.day[row]!;
            if (day < segments[at]!.from) at = firstSegment;
            while (at < endSegment - 1 && day >= segments[at]!.to) at++;
            const segment = segments[at]!;
            if (day < segment.from || day >= segment.to || segment.managerRow === NO_ROW) continue;
            const period = periodOf(this.#grid, day);
            if (period < 0 || period === this.#grid.count) continue;
            this.#addRow(table, row, slots, segment.managerRow * this.#grid.count + period, sign);
            this.changedRows.add(segment.managerRow);
        }
    }

    #addRow(table: FactTable, row: number, slots: readonly number[], cell: number, sign: 1 | -1): void {
        const value = table.value[row]!;
        const n = table.n[row]!;
        for (const slot of slots) {
            if (!isSelected(this.#plan.team[slot]!, table.tag[row]!, value)) continue;
            this.sums[cell * this.#width + slot]! += sign * value * n;
            this.counts[cell * this.#width + slot]! += sign * n;
        }
    }

    get width(): number {
        return this.#width;
    }
}
