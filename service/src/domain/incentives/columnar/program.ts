// A plan with its people and kinds of transactions as whole numbers, for the kernels: entries (a rule on a kind), tables, what
// lines are multiplied by. The scales are the least that make whole numbers of every figure.
import type { ProblemError } from '../../problem.ts';
import { Ratio } from '../../ratio.ts';
import { bandsFor, type Bands } from './bands.ts';
import { overCells, type People, type PerCell } from './cells.ts';
import { entriesOf, grainsOf, ruleScales, type Entries, type Kinds } from './entries.ts';
import type { Frame } from './frame.ts';
import { atCell, holdingFor, multiplierAt, type Holding } from './holding.ts';
import { kindsOf } from './kinds.ts';
import { layoutOf, type Layout } from './layout.ts';
import type { Shape } from './shape.ts';
import { flattened, partsFor, tablesOf } from './tables.ts';
import type { TransactionColumns } from './transactions.ts';

export interface Program {
    shape: Shape;
    people: People;
    layout: Layout;
    kinds: Kinds;
    /** what one whole number of each sum is worth, in money or deals */
    grains: Ratio[];
    /** by component */
    bands: PerCell<Bands>[];
    /** by component: parts of a unit in which a walk is counted */
    walkParts: bigint[];
    /** by component, number of its first table */
    firstTable: number[];
    /** length of a table in the arrays */
    tableLength: number;
    /** by component, the largest slope and intercept, for the guard */
    steepest: { rate: number; intercept: number }[];
    holding: Holding;
    numbers: Numbers;
}

type Numbers = Entries &
    Pick<Frame, 'periods' | 'low' | 'rate' | 'intercept' | 'mask' | 'multiplier' | 'parts'>;

/** Throws DoesNotFit. */
export function programOf(
    shape: Shape,
    people: People,
    columns: Pick<TransactionColumns, 'fields' | 'shareScale'>
): Program {
    const layout = layoutOf(shape);
    const kinds = kindsOf(shape, columns.fields);
    const scales = ruleScales(shape, kinds);
    const shareScale = BigInt(columns.shareScale);
    const grains = grainsOf(shape, kinds, scales, shareScale);
    const bands = shape.components.map((one) =>
        overCells(people, one.rateNames, (scope) => bandsFor(one, scope))
    );
    const walkParts = shape.components.map((one, index) =>
        partsFor(shape, bands[index]!, one.base === null ? Ratio.ONE : grains[one.base]!)
    );
    const tables = tablesOf(shape, bands, walkParts, grains);
    const holding = holdingFor(shape, people, walkParts);
    const numbers = {
        periods: people.periods,
        ...entriesOf({ shape, layout, people, kinds, scales, grains, shareScale }),
        ...flattened(tables),
        multiplier:
            shape.plan.rounding.at === 'line' ? multipliers(layout, people, holding) : new Float64Array(0),
        parts: holding.parts
    };
    return { shape, people, layout, kinds, grains, bands, walkParts, holding, numbers, ...tables };
}

function multipliers({ lineComponents }: Layout, people: People, holding: Holding): Float64Array {
    const { cells } = people;
    const all = new Float64Array(lineComponents.length * cells);
    for (const [place, component] of lineComponents.entries())
        for (let cell = 0; cell < cells; cell++)
            all[place * cells + cell] = multiplierAt(people, holding, component, cell);
    return all;
}

/** The place of a cell's table in the arrays. */
export function tableAt(
    { bands, firstTable, tableLength }: Program,
    component: number,
    cell: number
): number {
    const { index } = bands[component]!;
    return (firstTable[component]! + (index ? index[cell]! : 0)) * tableLength;
}

/** The exact rates of a cell; a problem where they cannot be worked out. */
export function bandsAt({ bands }: Program, component: number, cell: number): Bands | ProblemError {
    return atCell(bands[component]!, cell);
}
