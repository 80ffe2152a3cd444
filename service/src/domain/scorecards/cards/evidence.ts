// The facts behind a result: the newest fifty, so that whoever reads a figure can open the records. Of anonymous signals none.
import type { DayNumber } from '../../pipeline/types.ts';
import { figuresOf } from '../formula-parts.ts';
import type { FigureFormula } from '../formula.ts';
import type { Evidence, Fact, MetricDefinition, Signal } from '../types.ts';

const MOST_SHOWN = 50;

export function evidenceOf(
    { formula }: MetricDefinition,
    facts: readonly Fact[],
    signals: ReadonlyMap<string, Signal>,
    from: DayNumber,
    to: DayNumber
): Evidence[] {
    const figures = figuresOf(formula).filter(({ signal }) => !signals.get(signal)!.isAnonymous);
    return facts
        .filter((fact) => fact.day < to && figures.some((figure) => isBehind(figure, fact, from)))
        .toSorted((a, b) => b.day - a.day || (a.sourceId < b.sourceId ? -1 : 1))
        .slice(0, MOST_SHOWN)
        .map(({ subject, sourceId, signal, day }) => ({ id: subject ?? sourceId, signal, day }));
}

/** Levels hold on from before the window. */
function isBehind({ figure, signal, filter }: FigureFormula, fact: Fact, from: DayNumber): boolean {
    if (fact.signal !== signal || (fact.day < from && figure !== 'latest' && figure !== 'opening'))
        return false;
    if (filter.atLeast !== null && fact.value < filter.atLeast) return false;
    if (filter.atMost !== null && fact.value > filter.atMost) return false;
    return Object.entries(filter.attributes).every(([name, values]) =>
        values.includes(fact.attributes[name] ?? '')
    );
}
