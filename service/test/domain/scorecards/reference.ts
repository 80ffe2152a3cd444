// The value of a metric worked out the slow and obvious way, from the list of facts with fractions of any size: what the columns are
// compared with. Shares nothing with them but the definitions.
import { Ratio } from '../../../src/domain/ratio.ts';
import type { MetricValues } from '../../../src/domain/scorecards/columns/metric-values.ts';
import type { FigureFormula, Formula } from '../../../src/domain/scorecards/formula.ts';
import type { Fact, MetricDefinition, Person } from '../../../src/domain/scorecards/types.ts';
import { roundedUnits, unitsRatio } from '../../../src/domain/scorecards/units.ts';

interface Place {
    row: number;
    period: number;
    definition: MetricDefinition;
}

interface Told {
    value: Ratio;
    n: number;
}

export function referenceValue(
    { roster, grid, registry }: MetricValues,
    facts: readonly Fact[],
    asOf: number,
    { row, period, definition }: Place
): { value: number; n: number } {
    const { starts } = grid;
    const person = roster.people[roster.rowPerson[row]!]!;
    const role = roster.rowRole[row]!;
    const first = starts[period - definition.windowMonths + 1]!;
    const [start, end] = [starts[period]!, Math.min(starts[period + 1]!, asOf + 1)];
    const days = Array.from({ length: end - start }, (_, index) => start + index);
    const held = days.filter((day) => roleOn(person, day) === role);
    const nothing = { value: NaN, n: 0 };
    if (held.length === 0 || (definition.scope === 'team' && role !== 'manager')) return nothing;
    const byId = new Map(roster.people.map((one) => [one.id, one]));
    const isCounted = (fact: Fact): boolean => {
        if (definition.scope === 'own') return fact.person === person.id && roleOn(person, fact.day) === role;
        const who = byId.get(fact.person)!;
        const isManaged = who.managers.some(
            ({ manager, from, to }) =>
                manager === person.id && from <= fact.day && (to === null || fact.day < to)
        );
        return isManaged && roleOn(who, fact.day) !== null && roleOn(person, fact.day) === role;
    };
    const inWindow = facts.filter((fact) => fact.day >= first && fact.day < end && isCounted(fact));
    const levels = facts.filter((fact) => fact.person === person.id);
    const told = valueOf(definition.formula);
    return told === null ? nothing : { value: roundedUnits(told.value), n: told.n };

    function valueOf(formula: Formula): Told | null {
        if (formula.kind === 'number') return { value: unitsRatio(formula.value), n: 0 };
        if (formula.kind === 'figure') return figure(formula);
        const parts = formula.parts.map(valueOf);
        if (parts.includes(null)) return null;
        const [a, ...others] = parts as [Told, ...Told[]];
        const b = others[0]!;
        if (formula.kind === 'ratio') return b.value.isZero ? null : { value: a.value.over(b.value), n: b.n };
        return others.reduce((sum, one) => {
            if (formula.kind === 'times')
                return { value: sum.value.times(one.value), n: Math.max(sum.n, one.n) };
            const value = formula.kind === 'plus' ? sum.value.plus(one.value) : sum.value.minus(one.value);
            return { value, n: sum.n + one.n };
        }, a);
    }

    function figure(formula: FigureFormula): Told | null {
        const isZero = registry.signals.get(formula.signal)!.absence === 'zero';
        if (formula.figure === 'latest') return level(formula, held.at(-1)!, isZero);
        if (formula.figure === 'opening') return level(formula, first - 1, isZero);
        const ofSignal = inWindow.filter(({ signal }) => signal === formula.signal);
        const chosen = ofSignal.filter((fact) => passes(formula, fact));
        const n = chosen.reduce((sum, fact) => sum + fact.n, 0);
        const sum = chosen.reduce((total, fact) => total.plus(unitsRatio(fact.value * fact.n)), Ratio.ZERO);
        if (formula.figure === 'mean') return n === 0 ? null : { value: sum.over(Ratio.of(n)), n };
        if (formula.figure === 'quantile') {
            const all = chosen
                .flatMap((fact) => new Array<number>(fact.n).fill(fact.value))
                .sort((a, b) => a - b);
            return n === 0 ? null : { value: unitsRatio(all[Math.ceil((formula.rank * n) / 100) - 1]!), n };
        }
        if (ofSignal.length === 0 && !isZero) return null;
        return formula.figure === 'sum' ? { value: sum, n } : { value: Ratio.of(n), n };
    }

    function level(formula: FigureFormula, day: number, isZero: boolean): Told | null {
        const known = levels.filter((fact) => fact.signal === formula.signal && fact.day <= day);
        const newest = [...Map.groupBy(known, ({ subject }) => subject).values()].map((same) =>
            same.toSorted(inOrder).at(-1)!
        );
        const chosen = newest.filter((fact) => passes(formula, fact));
        const isKnown = known.some((fact) => passes(formula, fact));
        if (!isKnown && !isZero) return null;
        return {
            value: chosen.reduce((sum, { value }) => sum.plus(unitsRatio(value)), Ratio.ZERO),
            n: chosen.filter(({ value }) => value !== 0).length
        };
    }
}

function inOrder(a: Fact, b: Fact): number {
    return a.day - b.day || a.extractedAt - b.extractedAt || (a.sourceId < b.sourceId ? -1 : 1);
}

function passes({ filter }: FigureFormula, fact: Fact): boolean {
    if (filter.atLeast !== null && fact.value < filter.atLeast) return false;
    if (filter.atMost !== null && fact.value > filter.atMost) return false;
    return Object.entries(filter.attributes).every(([name, values]) =>
        values.includes(fact.attributes[name]!)
    );
}

function roleOn({ joined, left, roles }: Person, day: number): string | null {
    if (day < joined || (left !== null && day > left)) return null;
    return roles.findLast(({ from, to }) => from <= day && (to === null || day < to))?.role ?? null;
}
