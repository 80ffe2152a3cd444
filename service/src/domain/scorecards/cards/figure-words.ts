// Figures and formulas in words, for workings and for the table of metrics.
import type { FigureFormula, Formula } from '../formula.ts';
import type { Signal } from '../types.ts';
import { unitsText } from '../units.ts';

const FIGURE_WORDS = {
    sum: 'sum of',
    count: 'number of',
    mean: 'mean of',
    quantile: 'of',
    latest: 'latest',
    opening: 'opening'
} as const;

/** `number of Opportunities closed (outcome: won)` */
export function figureWords(
    { figure, signal, filter, rank }: FigureFormula,
    signals: ReadonlyMap<string, Signal>
): string {
    const name = signals.get(signal)?.name ?? signal;
    const begin =
        figure === 'quantile'
            ? rank === 50
                ? 'median of'
                : `${rank}th percentile of`
            : FIGURE_WORDS[figure];
    const limits = [
        ...Object.entries(filter.attributes).map(([key, values]) => `${key}: ${values.join(' or ')}`),
        ...(filter.atLeast === null ? [] : [`at least ${unitsText(filter.atLeast)}`]),
        ...(filter.atMost === null ? [] : [`at most ${unitsText(filter.atMost)}`])
    ];
    return limits.length === 0 ? `${begin} ${name}` : `${begin} ${name} (${limits.join(', ')})`;
}

/** `100 x (number of A / number of B)` */
export function formulaWords(formula: Formula, signals: ReadonlyMap<string, Signal>): string {
    if (formula.kind === 'number') return unitsText(formula.value);
    if (formula.kind === 'figure') return figureWords(formula, signals);
    const sign = { plus: ' + ', minus: ' - ', times: ' x ', ratio: ' / ' }[formula.kind];
    const parts = formula.parts.map((part) => {
        const words = formulaWords(part, signals);
        return part.kind === 'figure' || part.kind === 'number' ? words : `(${words})`;
    });
    return parts.join(sign);
}
