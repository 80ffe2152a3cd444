// People in their first months, and what people of the same tenure came to: how long a ramp is (learnt from earlier joiners, 12 to 18
// months), which cells are in it, and the middle value of a metric in a month of tenure, from months that are not later.
import type { Units, Ramp, RoleKey } from '../types.ts';
import { tenureMonth } from '../months.ts';
import type { MetricValues } from './metric-values.ts';

/** A cohort is the person and at least five others. */
const LEAST_COHORT = 6;
/** Share of what tenured people achieve at which a ramp is over, in tenths. */
const REACHED_TENTHS = 9;

export interface RampLength {
    months: number;
    basis: 'learnt' | 'longest';
}

export class RampCohorts {
    readonly length: RampLength;
    readonly #book: MetricValues;
    readonly #ramp: Ramp | null;
    /** by month of tenure: cells (row * periods + period), earliest period first */
    readonly #cellsOf: readonly number[][];
    readonly #middles = new Map<number, Units | null>();

    /** `length` is that of an earlier pass, null to learn it. */
    constructor(book: MetricValues, ramp: Ramp | null, length: RampLength | null = null) {
        this.#book = book;
        this.#ramp = ramp;
        this.#cellsOf = ramp ? cellsByTenure(book, ramp) : [];
        this.length = length ?? (ramp ? this.#learn(ramp) : { months: 0, basis: 'longest' });
    }

    /** Month of tenure of a cell in the ramp; null outside it. */
    rampMonth(row: number, period: number): number | null {
        const role = this.#book.roster.rowRole[row]!;
        if (!this.#ramp?.roles.includes(role) || this.#book.grid.grain !== 'month') return null;
        const { joined } = this.#book.roster.people[this.#book.roster.rowPerson[row]!]!;
        const month = tenureMonth(joined, this.#book.grid.firstMonth + period);
        return month <= this.length.months ? month : null;
    }

    roleOf(row: number, period: number): RoleKey {
        return this.rampMonth(row, period) === null ? this.#book.roster.rowRole[row]! : 'new-joiner';
    }

    /** Middle value of a metric at a month of tenure, as known in a period; null with fewer than five others. */
    middleOf(metric: number, tenure: number, period: number): Units | null {
        const { count } = this.#book.grid;
        const key = (metric * 64 + tenure) * count + period;
        const known = this.#middles.get(key);
        if (known !== undefined) return known;
        const cells = this.cellsOf(tenure).filter((cell) => cell % count <= period);
        const middle = middleValue(this.#valuesAt(metric, cells), LEAST_COHORT);
        this.#middles.set(key, middle);
        return middle;
    }

    /** Cells in one month of tenure. */
    cellsOf(tenure: number): readonly number[] {
        return this.#cellsOf[tenure] ?? [];
    }

    /** After values of people in one month of tenure changed. */
    forget(tenure: number): void {
        const { count } = this.#book.grid;
        for (const key of this.#middles.keys())
            if (Math.floor(key / count) % 64 === tenure) this.#middles.delete(key);
    }

    #valuesAt(metric: number, cells: readonly number[]): number[] {
        const { count } = this.#book.grid;
        return cells.flatMap((cell) => {
            const value = this.#book.values[metric]![cell]!;
            const least = this.#book.versionAt(metric, cell % count)?.minimumN ?? 0;
            return Number.isNaN(value) || this.#book.counts[metric]![cell]! < least ? [] : [value];
        });
    }

    #learn({ metric, leastMonths, mostMonths }: Ramp): RampLength {
        const index = this.#book.registry.metricIds.indexOf(metric);
        const tenured = this.#cellsOf.slice(mostMonths + 1).flat();
        const reached = middleValue(this.#valuesAt(index, tenured), LEAST_COHORT);
        if (reached === null) return { months: mostMonths, basis: 'longest' };
        for (let months = leastMonths; months <= mostMonths; months++) {
            const middle = middleValue(this.#valuesAt(index, this.cellsOf(months)), LEAST_COHORT);
            if (middle !== null && middle * 10 >= reached * REACHED_TENTHS)
                return { months, basis: 'learnt' };
        }
        return { months: mostMonths, basis: 'longest' };
    }
}

function cellsByTenure({ roster, grid, rowDays }: MetricValues, { roles, mostMonths }: Ramp): number[][] {
    // One more, for everybody whose ramp is certainly over.
    const cells: number[][] = Array.from({ length: mostMonths + 2 }, () => []);
    if (grid.grain !== 'month') return cells;
    for (let period = 0; period < grid.count; period++)
        roster.rowRole.forEach((role, row) => {
            const cell = row * grid.count + period;
            if (!roles.includes(role) || rowDays.days[cell] === 0) return;
            const { joined } = roster.people[roster.rowPerson[row]!]!;
            const tenure = tenureMonth(joined, grid.firstMonth + period);
            cells[Math.min(tenure, mostMonths + 1)]!.push(cell);
        });
    return cells;
}

/** Of an even number the smaller of the two in the middle; null with fewer than `least`. */
function middleValue(values: number[], least: number): number | null {
    if (values.length < least) return null;
    const sorted = Float64Array.from(values).sort();
    return sorted[Math.ceil(sorted.length / 2) - 1]!;
}
