// The rates of all components as tables of whole numbers, one after the other, each as long as the longest: a power of two, so that
// a place in the arrays tells its band.
import { ProblemError } from '../../problem.ts';
import { Ratio } from '../../ratio.ts';
import { SHORTEST_TABLE } from './band-at.ts';
import { wholeBands, type Bands, type WholeBands } from './bands.ts';
import { isFound, type PerCell } from './cells.ts';
import type { Frame } from './frame.ts';
import type { ComponentShape, Shape } from './shape.ts';
import { scaleOf, wholeAt } from './whole.ts';

export interface Tables {
    firstTable: number[];
    tableLength: number;
    steepest: { rate: number; intercept: number }[];
    whole: WholeBands[];
}

/** A flat amount or rate is applied to the base; bands are walked along `at` and applied to the base. */
export function tablesOf(
    shape: Shape,
    bands: readonly PerCell<Bands>[],
    walkParts: readonly bigint[],
    grains: readonly Ratio[]
): Tables {
    const { unit } = shape.plan.rounding;
    const unknown: WholeBands = {
        low: [-Infinity, -Infinity, Infinity],
        rate: [NaN, NaN, NaN],
        intercept: [NaN, NaN, NaN]
    };
    const firstTable: number[] = [];
    const whole: WholeBands[] = [];
    const steepest = shape.components.map((one, index) => {
        firstTable.push(whole.length);
        const own = bands[index]!.found.map((found) =>
            found instanceof ProblemError
                ? unknown
                : wholeBandsOf(one, found, unit, walkParts[index]!, grains)
        );
        whole.push(...own);
        const known = own.filter((_, place) => !(bands[index]!.found[place] instanceof ProblemError));
        return {
            rate: largest(known.flatMap(({ rate }) => rate.slice(1, -1))),
            intercept: largest(known.flatMap(({ intercept }) => intercept.slice(1, -1)))
        };
    });
    return {
        firstTable,
        tableLength: Math.max(
            SHORTEST_TABLE,
            2 ** Math.ceil(Math.log2(Math.max(...whole.map(({ low }) => low.length)) + 1))
        ),
        steepest,
        whole
    };
}

function wholeBandsOf(
    { at, base }: ComponentShape,
    bands: Bands,
    unit: Ratio,
    parts: bigint,
    grains: readonly Ratio[]
): WholeBands {
    const walked = wholeBands(bands, grains[at] ?? Ratio.ONE, unit, parts);
    if (base === at) return walked;
    const grain = base === null ? Ratio.ONE : grains[base]!;
    const rate = bands.rates.map((one) => wholeAt(one.times(grain).over(unit), parts));
    return { ...walked, rate: [NaN, ...rate, NaN] };
}

/** NaN when any is. */
function largest(values: readonly number[]): number {
    return values.reduce((most, value) => (Number.isNaN(value) ? NaN : Math.max(most, Math.abs(value))), 0);
}

export function flattened({
    whole,
    tableLength
}: Tables): Pick<Frame, 'low' | 'rate' | 'intercept' | 'mask'> {
    const laid = (of: (table: WholeBands) => number[], beyond: number): Float64Array => {
        const all = new Float64Array(whole.length * tableLength).fill(beyond);
        for (const [index, table] of whole.entries()) all.set(of(table), index * tableLength);
        return all;
    };
    return {
        mask: tableLength - 1,
        low: laid(({ low }) => low, Infinity),
        rate: laid(({ rate }) => rate, NaN),
        intercept: laid(({ intercept }) => intercept, NaN)
    };
}

/** Parts of a unit in which every line of every band is whole. */
export function partsFor({ plan }: Shape, { found }: PerCell<Bands>, grain: Ratio): bigint {
    const { unit } = plan.rounding;
    const known = found.filter(isFound);
    return scaleOf(
        known.flatMap(({ rates, intercepts }) => [
            ...rates.map((rate) => rate.times(grain).over(unit)),
            ...intercepts.map((one) => one.over(unit))
        ])
    );
}
