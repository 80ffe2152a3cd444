// The bands of a rate table as rows: the words that stand in the plan, and numbers for pictures where there are any.
import { constantOf } from '../incentives/plan-check/constant.ts';
import { namesIn, type Expression } from '../incentives/expression.ts';
import type { Component, Plan, RateTable, TableRow } from '../incentives/plan.ts';
import { inWords } from '../incentives/plan-words/expression-in-words.ts';
import { isPercentage } from '../incentives/plan-words/words.ts';
import { COUNTED_FIELDS } from '../incentives/vocabulary.ts';
import { Ratio } from '../ratio.ts';

export interface Tier {
    /** from 1 */
    row: number;
    /** from 1; tables with one input have one column */
    column: number;
    from: string;
    /** '' where it has no end */
    to: string;
    /** the band of the second input; '' where there is none */
    columnText: string;
    value: string;
    /** for pictures; null where the bound is no number, or is counted in something else than its unit says */
    lower: number | null;
    upper: number | null;
    rate: number | null;
    unit: TierUnit;
    boundUnit: BoundUnit;
}

export type TierUnit = 'Rate' | 'Amount' | 'Multiplier';
export type BoundUnit = 'Amount' | 'Attainment' | 'Count';

/** What the fields of the org hold. */
const LARGEST = 1e10;

export function tiersOf(plan: Plan, component: Component, table: RateTable, boundUnit: BoundUnit): Tier[] {
    // A bound in parts of anything but a quota is no number of its own.
    const isDrawn = table.scale === null || boundUnit === 'Attainment';
    const numberOf = (bound: Expression | null): number | null =>
        isDrawn ? numberIn(constantOf(bound, plan)) : null;
    return table.rows.flatMap((row, rowIndex) =>
        row.values.map((value, index) => ({
            row: rowIndex + 1,
            column: index + 1,
            from: inWords(row.from),
            to: row.to === null ? '' : inWords(row.to),
            columnText: table.columns[index] ? bandText(table.columns[index]) : '',
            value: inWords(value),
            lower: numberOf(row.from),
            upper: numberOf(row.to),
            rate: numberIn(constantOf(value, plan)),
            unit: unitOf(plan, component, value),
            boundUnit
        }))
    );
}

type TableRate = Extract<Component['rates'][number], { kind: 'table' }>;

export function boundUnitOf({ measures }: Plan, { at }: TableRate, { scale }: RateTable): BoundUnit {
    const names = [...(scale ? namesIn(scale) : []), ...('value' in at ? namesIn(at.value) : [])];
    if (names.some(([root]) => root === 'quota' || root === 'attainment' || root === 'attainmentBefore'))
        return 'Attainment';
    const key = 'measure' in at ? at.measure : names[0]?.[1];
    const of = measures.find((measure) => measure.key === key)?.of;
    return of?.kind === 'name' && COUNTED_FIELDS.has(of.path.join('.')) ? 'Count' : 'Amount';
}

/** A percentage, or a part of one, is a rate; what stands alone is money; what multiplies a base more than once is a multiple. */
function unitOf(plan: Plan, { base }: Component, value: Expression): TierUnit {
    if (isPercentage(value)) return 'Rate';
    if (base === null) return 'Amount';
    const figure = constantOf(value, plan);
    if (figure !== null && figure.absolute().compare(Ratio.ONE) < 0) return 'Rate';
    return base.kind === 'name' && COUNTED_FIELDS.has(base.path.join('.')) ? 'Amount' : 'Multiplier';
}

function numberIn(figure: Ratio | null): number | null {
    if (figure === null) return null;
    const value = Number(figure.numerator) / Number(figure.denominator);
    return Math.abs(value) < LARGEST ? value : null;
}

function bandText({ from, to }: Pick<TableRow, 'from' | 'to'>): string {
    return to === null ? `from ${inWords(from)}` : `${inWords(from)} to ${inWords(to)}`;
}
