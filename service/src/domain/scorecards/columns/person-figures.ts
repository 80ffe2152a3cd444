// Figures of one person at a time, taken from their facts in one pass: tallies for each row and period, levels, and the observations
// that quantiles are read from. Small enough to stay near the processor, whatever the number of people.
import type { Roster } from '../roster.ts';
import type { FactTable } from './fact-table.ts';
import { isSelected, type FigurePlan } from './figure-plan.ts';
import type { Grid } from './grid.ts';
import { LevelFigures } from './level-figures.ts';

/** Observations of one ranking of one person. */
interface Observations {
    rows: number[];
    periods: number[];
    values: number[];
    ns: number[];
}

export class PersonFigures {
    readonly levels: LevelFigures;
    /** by (row of the person * periods + period) * tallies + tally */
    sums: Float64Array;
    counts: Float64Array;
    readonly #plan: FigurePlan;
    readonly #grid: Grid;
    readonly #roster: Roster;
    readonly #width: number;
    readonly #observations: Observations[];
    #levelRows: number[] = [];
    #levelCount = 0;
    #sorted = new Float64Array(64);

    constructor(plan: FigurePlan, grid: Grid, roster: Roster) {
        this.#plan = plan;
        this.#grid = grid;
        this.#roster = roster;
        this.#width = plan.own.length;
        this.levels = new LevelFigures(plan, grid);
        this.sums = new Float64Array(grid.count * this.#width);
        this.counts = new Float64Array(this.sums.length);
        this.#observations = plan.rankings.map(() => ({ rows: [], periods: [], values: [], ns: [] }));
    }

    get width(): number {
        return this.#width;
    }

    load(person: number, table: FactTable, from: number, to: number): void {
        this.#clear(person);
        const { segmentStart, segments, firstRow } = this.#roster;
        const firstSegment = segmentStart[person]!;
        const endSegment = segmentStart[person + 1]!;
        const { count, starts, ofDay } = this.#grid;
        const { ownOf, levelsOf, rankingsOf } = this.#plan;
        const firstDay = starts[0]!;
        let at = firstSegment;
        for (let row = from; row < to; row++) {
            const signal = table.signal[row]!;
            if (levelsOf[signal]!.length > 0) this.#levelRows[this.#levelCount++] = row;
            const day = table.day[row]!;
            if (day < firstDay || day - firstDay >= ofDay.length || at === endSegment) continue;
            if (day < segments[at]!.from) at = firstSegment;
            while (at < endSegment - 1 && day >= segments[at]!.to) at++;
            const segment = segments[at]!;
            if (day < segment.from || day >= segment.to) continue;
            const own = segment.row - firstRow[person]!;
            const period = ofDay[day - firstDay]!;
            this.#tally(table, row, ownOf[signal]!, own * count + period);
            const rankings = rankingsOf[signal]!;
            if (rankings.length > 0) this.#observe(table, row, rankings, own, period);
        }
        this.levels.load(table, this.#levelRows, this.#levelCount);
    }

    /** The observation at `rank` hundredths of those of a row in periods from..to, counted from the smallest: of two the first is the
     *  median. NaN without any. */
    ranked(
        ranking: number,
        own: number,
        from: number,
        to: number,
        rank: number
    ): { value: number; n: number } {
        const { rows, periods, values, ns } = this.#observations[ranking]!;
        let count = 0;
        let n = 0;
        if (this.#sorted.length < 2 * values.length) this.#sorted = new Float64Array(4 * values.length);
        let isSingle = true;
        const sorted = this.#sorted;
        const indices: number[] = [];
        for (let at = 0; at < values.length; at++) {
            if (rows[at] !== own || periods[at]! < from || periods[at]! > to) continue;
            sorted[count++] = values[at]!;
            indices.push(at);
            n += ns[at]!;
            isSingle &&= ns[at] === 1;
        }
        if (n === 0) return { value: NaN, n: 0 };
        const place = Math.ceil((rank * n) / 100);
        if (isSingle) return { value: sorted.subarray(0, count).sort()[place - 1]!, n };
        indices.sort((a, b) => values[a]! - values[b]!);
        let passed = 0;
        const found = indices.find((at) => (passed += ns[at]!) >= place)!;
        return { value: values[found]!, n };
    }

    #clear(person: number): void {
        const rows = this.#roster.firstRow[person + 1]! - this.#roster.firstRow[person]!;
        const wanted = Math.max(1, rows) * this.#grid.count * this.#width;
        if (this.sums.length < wanted) {
            this.sums = new Float64Array(wanted);
            this.counts = new Float64Array(wanted);
        } else {
            this.sums.fill(0, 0, wanted);
            this.counts.fill(0, 0, wanted);
        }
        this.#levelCount = 0;
        for (const one of this.#observations)
            one.rows.length = one.periods.length = one.values.length = one.ns.length = 0;
    }

    #tally(table: FactTable, row: number, slots: readonly number[], cell: number): void {
        const value = table.value[row]!;
        const n = table.n[row]!;
        const base = cell * this.#width;
        for (let at = 0; at < slots.length; at++) {
            const slot = slots[at]!;
            if (!isSelected(this.#plan.own[slot]!, table.tag[row]!, value)) continue;
            this.sums[base + slot]! += value * n;
            this.counts[base + slot]! += n;
        }
    }

    #observe(table: FactTable, row: number, rankings: readonly number[], own: number, period: number): void {
        for (const ranking of rankings) {
            if (!isSelected(this.#plan.rankings[ranking]!, table.tag[row]!, table.value[row]!)) continue;
            const to = this.#observations[ranking]!;
            to.rows.push(own);
            to.periods.push(period);
            to.values.push(table.value[row]!);
            to.ns.push(table.n[row]!);
        }
    }
}
