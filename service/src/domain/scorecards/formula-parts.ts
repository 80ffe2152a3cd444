// Questions about formulas that several parts ask.
import type { FigureFormula, Formula } from './formula.ts';

/** Every figure of a formula, in the order it is written. */
export function figuresOf(formula: Formula): FigureFormula[] {
    if (formula.kind === 'figure') return [formula];
    return formula.kind === 'number' ? [] : formula.parts.flatMap(figuresOf);
}

/** Whether half the days give about half of it: sums and counts, and what is added up of them. */
export function isAdditive(formula: Formula): boolean {
    if (formula.kind === 'figure') return formula.figure === 'sum' || formula.figure === 'count';
    return (formula.kind === 'plus' || formula.kind === 'minus') && formula.parts.every(isAdditive);
}
