// Scores of every row in every period as typed columns. Worked out in Float64 first; where that lies too near the middle between two
// tenths, the exact way of scoring.ts decides, so that both always tell the same score.
import { Ratio } from '../../ratio.ts';
import { attainmentOf, isBelowFloor, scoreOf, type RowFacts, type ScoreOutcome } from '../scoring.ts';
import { roundTo } from '../../rounding.ts';
import type { Direction, Template, Units } from '../types.ts';
import { UNITS_PER_ONE, unitsRatio } from '../units.ts';
import type { Hurdles } from './hurdles.ts';
import type { MetricValues } from './metric-values.ts';
import type { RampCohorts } from './ramp-cohorts.ts';

/** Far more than the error of the few dozen operations behind a score. */
const TOO_NEAR = 1e-9;
const TENTH = Ratio.of(1n, 10n);

/** A template with numbers instead of names and fractions. */
interface FlatTemplate {
    template: Template;
    cap: number;
    leastCoverage: Ratio;
    dimensions: { weight: number; metrics: { metric: number; weight: number }[]; pairs: FlatPair[] }[];
    overrides: { metric: number; above: Units; scoreAtMost: number }[];
}

interface FlatPair {
    paired: number;
    atMost: number;
}

/** Floor and target in units; shared by cells with the same hurdle. */
interface FlatHurdle {
    direction: Direction;
    floor: number;
    target: number;
}

export class ScorePass {
    /** 0 to 100 with one decimal by row * periods + period; NaN where none is told */
    readonly scores: Float64Array;
    readonly #book: MetricValues;
    readonly #cohorts: RampCohorts;
    readonly #hurdles: Hurdles;
    readonly #templates: ReadonlyMap<string, FlatTemplate>;
    readonly #flat = new WeakMap<object, FlatHurdle>();

    constructor(book: MetricValues, cohorts: RampCohorts, hurdles: Hurdles) {
        this.#book = book;
        this.#cohorts = cohorts;
        this.#hurdles = hurdles;
        this.scores = new Float64Array(book.roster.rowRole.length * book.grid.count).fill(NaN);
        this.#templates = new Map(
            book.registry.definitions.templates.map((one) => [
                one.role,
                flatten(one, book.registry.metricIds)
            ])
        );
        for (let row = 0; row < book.roster.rowRole.length; row++) this.passRow(row);
    }

    passRow(row: number): void {
        for (let period = 0; period < this.#book.grid.count; period++) this.passCell(row, period);
    }

    passCell(row: number, period: number): void {
        const cell = row * this.#book.grid.count + period;
        this.scores[cell] = this.#book.rowDays.days[cell] === 0 ? NaN : this.#score(row, period);
    }

    /** The exact way, with all that a scorecard tells; null without a template. */
    exactly(row: number, period: number): ScoreOutcome | null {
        const template = this.#templates.get(this.#cohorts.roleOf(row, period));
        return template ? scoreOf(template.template, this.rowFacts(row, period)) : null;
    }

    rowFacts(row: number, period: number): RowFacts {
        const { metricIds } = this.#book.registry;
        const value = (id: string): Units | null => this.valueOf(metricIds.indexOf(id), row, period);
        const held = (id: string) => this.#hurdles.of(metricIds.indexOf(id), row, period);
        return {
            value,
            attainment: (id) => {
                const [units, hurdle] = [value(id), held(id)];
                return units === null || !hurdle ? null : attainmentOf(unitsRatio(units), hurdle);
            },
            isBelowFloor: (id) => {
                const [units, hurdle] = [value(id), held(id)];
                return units === null || !hurdle ? null : isBelowFloor(unitsRatio(units), hurdle);
            }
        };
    }

    /** Null without data or with too few observations. */
    valueOf(metric: number, row: number, period: number): Units | null {
        if (metric < 0) return null;
        const cell = row * this.#book.grid.count + period;
        const value = this.#book.values[metric]![cell]!;
        if (Number.isNaN(value)) return null;
        const least = this.#book.versionAt(metric, period)?.minimumN ?? 0;
        return this.#book.counts[metric]![cell]! < least ? null : value;
    }

    #score(row: number, period: number): number {
        const flat = this.#templates.get(this.#cohorts.roleOf(row, period));
        if (!flat) return NaN;
        let sum = 0;
        let weights = 0;
        let coverage = 0;
        for (const { weight, metrics, pairs } of flat.dimensions) {
            let points = 0;
            let covered = 0;
            for (const { metric, weight: share } of metrics) {
                const attainment = this.#attainment(metric, row, period);
                if (Number.isNaN(attainment)) continue;
                points += share * Math.min(flat.cap, attainment);
                covered += share;
            }
            if (covered === 0) continue;
            coverage += weight * covered;
            weights += weight;
            sum += weight * this.#capped(Math.min(100, (100 * points) / covered), pairs, row, period);
        }
        const least = Number(flat.leastCoverage.numerator) / Number(flat.leastCoverage.denominator);
        if (weights === 0 || coverage < least - TOO_NEAR) return NaN;
        if (coverage < least + TOO_NEAR) return this.#exactTenths(row, period);
        return this.#tenths(this.#overridden(sum / weights, flat, row, period), row, period);
    }

    #attainment(metric: number, row: number, period: number): number {
        const value = this.valueOf(metric, row, period);
        if (value === null) return NaN;
        const hurdle = this.#flatHurdle(metric, row, period);
        if (!hurdle) return NaN;
        const { direction, floor, target } = hurdle;
        if (direction === 'up') return target <= 0 ? 1 : Math.max(0, value / target);
        if (direction === 'down') return Math.max(0, 1 - (value - target) / (2 * (floor - target)));
        if (value < floor) return Math.max(0, value / floor);
        return value <= target ? 1 : target / value;
    }

    #flatHurdle(metric: number, row: number, period: number): FlatHurdle | null {
        const held = this.#hurdles.of(metric, row, period);
        if (!held) return null;
        const known = this.#flat.get(held);
        if (known) return known;
        const { direction, floor, target } = held;
        const flat = { direction, floor: inUnits(floor), target: inUnits(target) };
        this.#flat.set(held, flat);
        return flat;
    }

    /** Floors decide yes or no, so they are asked the exact way. */
    #capped(score: number, pairs: readonly FlatPair[], row: number, period: number): number {
        for (const { paired, atMost } of pairs) {
            if (score <= atMost) continue;
            const value = this.valueOf(paired, row, period);
            const held = value === null ? null : this.#hurdles.of(paired, row, period);
            if (held && isBelowFloor(unitsRatio(value!), held)) score = atMost;
        }
        return score;
    }

    #overridden(score: number, { overrides }: FlatTemplate, row: number, period: number): number {
        for (const { metric, above, scoreAtMost } of overrides)
            if (score > scoreAtMost && (this.valueOf(metric, row, period) ?? -Infinity) > above)
                score = scoreAtMost;
        return score;
    }

    #tenths(score: number, row: number, period: number): number {
        const tenths = score * 10;
        const isNear = Math.abs(tenths - Math.floor(tenths) - 0.5) < TOO_NEAR * 10;
        return isNear ? this.#exactTenths(row, period) : Math.round(tenths) / 10;
    }

    #exactTenths(row: number, period: number): number {
        return tenthsOf(this.exactly(row, period)?.score ?? null) ?? NaN;
    }
}

/** The score as it is told: one decimal, half away from zero. */
export function tenthsOf(score: Ratio | null): number | null {
    if (score === null) return null;
    const rounded = roundTo(score, TENTH, 'half-up').times(Ratio.of(10n));
    return Number(rounded.numerator) / 10;
}

function inUnits(ratio: Ratio): number {
    return decimalOf(ratio) * UNITS_PER_ONE;
}

export function decimalOf({ numerator, denominator }: Ratio): number {
    return Number(numerator) / Number(denominator);
}

function flatten(template: Template, ids: readonly string[]): FlatTemplate {
    return {
        template,
        cap: decimalOf(template.cap),
        leastCoverage: template.leastCoverage,
        dimensions: template.dimensions.map(({ dimension, weight, metrics }) => ({
            weight: decimalOf(weight),
            metrics: metrics.map((one) => ({
                metric: ids.indexOf(one.metric),
                weight: decimalOf(one.weight)
            })),
            pairs: template.pairs
                .filter((pair) => pair.dimension === dimension)
                .map(({ paired, atMost }) => ({ paired: ids.indexOf(paired), atMost: decimalOf(atMost) }))
        })),
        overrides: template.overrides.map(({ metric, above, scoreAtMost }) => ({
            metric: ids.indexOf(metric),
            above,
            scoreAtMost: decimalOf(scoreAtMost)
        }))
    };
}
