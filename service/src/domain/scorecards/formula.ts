// A metric's formula as data: figures taken from the facts of one signal, and how they are put together. What it means is told in
// docs/scorecards.md; reading it from YAML is in metrics-file/, working it out is in evaluate.ts.
import type { Units } from './types.ts';

export const FIGURES = ['sum', 'count', 'mean', 'quantile', 'latest', 'opening'] as const;
/** `sum`: values times their n. `count`: n. `mean`: sum over count. `quantile`: the observation at `rank` (0.5 is the median).
 *  `latest`: sum over subjects of the newest level at the end of the window. `opening`: the same, before the window begins. */
export type FigureKind = (typeof FIGURES)[number];

export interface Filter {
    /** attribute and the values that count */
    attributes: Readonly<Record<string, readonly string[]>>;
    atLeast: Units | null;
    atMost: Units | null;
}

export interface FigureFormula {
    kind: 'figure';
    figure: FigureKind;
    signal: string;
    filter: Filter;
    /** hundredths, for quantile: 90 is the ninth decile */
    rank: number;
}

/** `plus` and `minus` (the first less the others), `times`, and `ratio` (the first over the second). */
export interface CombinedFormula {
    kind: 'plus' | 'minus' | 'times' | 'ratio';
    parts: readonly Formula[];
}

export interface NumberFormula {
    kind: 'number';
    value: Units;
}

export type Formula = FigureFormula | CombinedFormula | NumberFormula;
