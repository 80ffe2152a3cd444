// What a row is held to in one metric of one period: the standard in force, in proportion to the days held, and in the ramp what people
// of the same tenure came to.
import { Ratio, smaller } from '../../ratio.ts';
import { isAdditive } from '../formula-parts.ts';
import type { Hurdle } from '../scoring.ts';
import {
    ROLE_KEYS,
    type Family,
    type MetricDefinition,
    type Ramp,
    type RoleKey,
    type Standard,
    type Units
} from '../types.ts';
import { unitsRatio } from '../units.ts';
import type { MetricValues } from './metric-values.ts';
import type { RampCohorts } from './ramp-cohorts.ts';

export interface HeldTo extends Hurdle {
    family: Family;
    basis: 'standard' | 'cohort' | 'expected';
}

/** More than there are of roles, periods, days of a month and months of a ramp; metrics come first and have no bound. */
const SIZES = [8, 512, 32, 32];

function keyOf([metric, ...others]: readonly [number, number, number, number, number]): number {
    return others.reduce((key, part, index) => key * SIZES[index]! + part, metric);
}

/** A hurdle is the same for every row with the same role, days and month of tenure. */
export class Hurdles {
    readonly #book: MetricValues;
    readonly #cohorts: RampCohorts;
    readonly #ramp: Ramp | null;
    readonly #known = new Map<number, HeldTo | null>();

    constructor(book: MetricValues, cohorts: RampCohorts) {
        this.#book = book;
        this.#cohorts = cohorts;
        this.#ramp = book.registry.templateOf('new-joiner')?.ramp ?? null;
    }

    /** Null where the role is held to nothing. */
    of(metric: number, row: number, period: number): HeldTo | null {
        const definition = this.#book.versionAt(metric, period);
        if (!definition) return null;
        const rampMonth = this.#cohorts.rampMonth(row, period);
        const role = rampMonth === null ? this.#book.roster.rowRole[row]! : 'new-joiner';
        const days = this.#daysCounted(definition, row, period);
        const key = keyOf([metric, ROLE_KEYS.indexOf(role), period, days, rampMonth ?? 0]);
        const known = this.#known.get(key);
        if (known !== undefined) return known;
        const held = this.#heldTo(metric, definition, { role, period, days, rampMonth });
        this.#known.set(key, held);
        return held;
    }

    /** After values of people in one month of tenure changed, because cohorts may differ. */
    forget(tenure: number): void {
        for (const key of this.#known.keys()) if (key % SIZES.at(-1)! === tenure) this.#known.delete(key);
    }

    /** Only what half the days give half of is told in proportion to days. */
    #daysCounted({ formula, windowMonths }: MetricDefinition, row: number, period: number): number {
        if (windowMonths > 1 || !isAdditive(formula)) return 0;
        return this.#book.rowDays.days[row * this.#book.grid.count + period]!;
    }

    #heldTo(
        metric: number,
        definition: MetricDefinition,
        cell: { role: RoleKey; period: number; days: number; rampMonth: number | null }
    ): HeldTo | null {
        const { starts } = this.#book.grid;
        const standard = this.#book.registry.standardAt(cell.role, definition.id, starts[cell.period]!);
        if (!standard) return null;
        const share =
            cell.days === 0
                ? Ratio.ONE
                : Ratio.of(cell.days, starts[cell.period + 1]! - starts[cell.period]!);
        const full = heldTo(standard, definition, share);
        if (cell.rampMonth === null) return full;
        const middle = this.#cohorts.middleOf(metric, cell.rampMonth, cell.period);
        return this.#inRamp(full, definition, cell.rampMonth, middle);
    }

    #inRamp(full: HeldTo, { isSalesVolume }: MetricDefinition, month: number, middle: Units | null): HeldTo {
        if (full.direction === 'band') return full;
        if (middle !== null) return ofCohort(full, unitsRatio(middle));
        const expected = this.#ramp?.expected[month - 1];
        if (!isSalesVolume || full.direction !== 'up' || !expected) return full;
        return {
            ...full,
            floor: full.floor.times(expected),
            target: full.target.times(expected),
            basis: 'expected'
        };
    }
}

function heldTo({ floor, target, family }: Standard, { direction }: MetricDefinition, share: Ratio): HeldTo {
    return {
        direction,
        family,
        floor: unitsRatio(floor).times(share),
        target: unitsRatio(target).times(share),
        basis: 'standard'
    };
}

/** Never more than the full standard; floor and target keep their distance, as a share (up) or as it is (down). */
function ofCohort(full: HeldTo, middle: Ratio): HeldTo {
    if (full.direction === 'down') {
        if (middle.compare(full.target) <= 0) return full;
        const shift = middle.minus(full.target);
        return { ...full, target: middle, floor: full.floor.plus(shift), basis: 'cohort' };
    }
    const target = smaller(full.target, middle.sign < 0 ? Ratio.ZERO : middle);
    if (target.equals(full.target)) return full;
    return { ...full, target, floor: full.floor.times(target).over(full.target), basis: 'cohort' };
}
