// The shape of one component: how its rates are found, at which sum, and applied to which sum.
import type { Expression } from '../expression.ts';
import type { Component, Plan, RateChoice, RateTable } from '../plan.ts';
import { DoesNotFit } from './does-not-fit.ts';
import {
    creditFigure,
    isSameExpression,
    isSameFigure,
    keyNamed,
    namesOf,
    needCellFigure,
    needKindFigure
} from './figures.ts';
import { sumFor, type ComponentShape, type SumShape } from './shape.ts';

/** The most bands a table may have: a band is told in a byte, with one before the first and one after the last. */
const MOST_BANDS = 250;
const NO_SUM = -1;

/** Adds the sum of its base where no measure adds up the same. */
export function componentShape(plan: Plan, component: Component, sums: SumShape[]): ComponentShape {
    const place = `components.${component.key}`;
    refuseWhatDoesNotFit(component, place);
    const [choice] = component.rates;
    const found =
        choice?.kind === 'table'
            ? byTable(plan, component, choice, sums, place)
            : flat(baseOf(plan, component, sums, place));
    const rate = choice?.kind === 'value' ? choice.value : null;
    needCellFigure(rate, `${place}.rate`);
    const { rateAdjustments, rateFloor, rateCeiling } = component;
    const changes = [rateFloor, rateCeiling, ...rateAdjustments.flatMap(({ when, add }) => [when, add])];
    for (const change of changes) needCellFigure(change, `${place}.rateAdjustments`);
    return {
        component,
        place,
        rate,
        ...found,
        rateNames: namesOf(rate, found.cellBase, ...changes, ...boundsOf(found.table)).concat(
            found.attained === null ? [] : [['quota', found.attained]]
        )
    };
}

function refuseWhatDoesNotFit(component: Component, place: string): void {
    const { per, when, pays, rates, pool, toDate, schedule, amortisation, gates, factors, limits } =
        component;
    if (!pays) throw new DoesNotFit(place, 'is not paid');
    if (pool) throw new DoesNotFit(place, 'shares a pool');
    if (toDate) throw new DoesNotFit(place, 'is earned to date');
    if (schedule) throw new DoesNotFit(place, 'falls due by a schedule');
    if (amortisation) throw new DoesNotFit(place, 'is amortised');
    if (rates.length > 1 || rates[0]?.when) throw new DoesNotFit(`${place}.rate`, 'has alternatives');
    if (per === 'credit') needKindFigure(when, `${place}.when`);
    else needCellFigure(when, `${place}.when`);
    for (const gate of gates) {
        needCellFigure(gate.when, `${place}.gates.${gate.key}`);
        if (gate.otherwise.kind === 'multiply')
            needCellFigure(gate.otherwise.by, `${place}.gates.${gate.key}`);
        if (gate.otherwise.kind !== 'cap') continue;
        if (per === 'credit') throw new DoesNotFit(`${place}.gates.${gate.key}`, 'caps every credit');
        needCellFigure(gate.otherwise.at, `${place}.gates.${gate.key}`);
    }
    for (const factor of factors)
        for (const part of [factor.when, factor.value])
            needCellFigure(part, `${place}.factors.${factor.key}`);
    for (const limit of limits) {
        if (limit.scope === 'credit')
            throw new DoesNotFit(`${place}.limits.${limit.key}`, 'limits every credit');
        for (const part of [limit.least, limit.most, limit.beyond])
            needCellFigure(part, `${place}.limits.${limit.key}`);
    }
}

type Base = Pick<ComponentShape, 'base' | 'cellBase'>;
type Found = Base & Pick<ComponentShape, 'kind' | 'table' | 'at' | 'attained' | 'position' | 'ownsWalk'>;

function baseOf(plan: Plan, component: Component, sums: SumShape[], place: string): Base {
    const { base, per, when } = component;
    if (per === 'credit') {
        const figure = base ? creditFigure(base, `${place}.base`) : ({ part: 'one', factor: null } as const);
        return { base: sumFor(sums, { figure, when, counts: countsOf(plan, component) }), cellBase: null };
    }
    const measure = base && keyNamed(base, 'inPeriod');
    if (measure !== null) return { base: sumOfMeasure(sums, measure), cellBase: null };
    needCellFigure(base, `${place}.base`);
    return { base: null, cellBase: base };
}

/** By index of the rule, whether the component pays for its credits. */
function countsOf({ crediting }: Plan, { credits }: Component): boolean[] {
    return crediting.map(({ key }) => credits.length === 0 || credits.includes(key));
}

function flat({ base, cellBase }: Base): Found {
    const at = base ?? NO_SUM;
    return {
        kind: 'flat',
        table: null,
        at,
        attained: null,
        position: 'after',
        ownsWalk: true,
        base,
        cellBase
    };
}

function byTable(
    plan: Plan,
    component: Component,
    choice: RateChoice & { kind: 'table' },
    sums: SumShape[],
    place: string
): Found {
    const table = fittingTable(plan, choice.table, place);
    const attained = 'value' in choice.at ? keyNamed(choice.at.value, 'attainment') : null;
    const measure = 'measure' in choice.at ? choice.at.measure : attained;
    if (measure === null)
        throw new DoesNotFit(`${place}.rate`, 'is looked up at a figure that is no measure');
    if (attained !== null && table.scale)
        throw new DoesNotFit(`tables.${table.key}.scale`, 'is applied to an attainment');
    const at = sumOfMeasure(sums, measure);
    if (table.mode === 'marginal')
        return { ...marginal(plan, component, at, attained, sums, place), table, at, attained };
    const base = baseOf(plan, component, sums, place);
    return {
        kind: 'banded',
        table,
        at,
        attained,
        position: choice.position,
        ownsWalk: base.base === at,
        ...base
    };
}

function fittingTable(plan: Plan, key: string, place: string): RateTable {
    const table = plan.tables.find((one) => one.key === key)!;
    if (table.columns.length > 0) throw new DoesNotFit(`${place}.rate`, `table ${key} has two inputs`);
    if (table.mode === 'interpolated' || table.mode === 'proportional')
        throw new DoesNotFit(`${place}.rate`, `table ${key} is ${table.mode}`);
    if (table.rows.length > MOST_BANDS)
        throw new DoesNotFit(`${place}.rate`, `table ${key} has over ${MOST_BANDS} rows`);
    for (const part of boundsOf(table)) needCellFigure(part, `tables.${key}`);
    return table;
}

/** Without a base the movement itself is paid. */
function marginal(
    plan: Plan,
    component: Component,
    at: number,
    attained: string | null,
    sums: SumShape[],
    place: string
): Omit<Found, 'table' | 'at' | 'attained'> {
    const rest = { kind: 'marginal', position: 'after', cellBase: null } as const;
    const walked = sums[at]!;
    if (!component.base) {
        if (attained !== null)
            throw new DoesNotFit(`${place}.rate`, 'adds up parts of an attainment without a base');
        const isCounted = countsOf(plan, component).every((counts, rule) => counts || !walked.counts[rule]);
        const isSameCondition = component.when === null || isSameExpression(component.when, walked.when);
        return { ...rest, base: at, ownsWalk: component.per === 'period' || (isCounted && isSameCondition) };
    }
    const { base } = baseOf(plan, component, sums, place);
    if (!isWalkedAlong(component, base, sums, at))
        throw new DoesNotFit(`${place}.base`, 'is not the sum its marginal table is walked along');
    return { ...rest, base: at, ownsWalk: base === at };
}

/** Bands divide the base as they divide the movement, so a credit must add to both the same. */
function isWalkedAlong(
    { per }: Component,
    base: number | null,
    sums: readonly SumShape[],
    at: number
): boolean {
    if (base === at) return true;
    if (base === null || per === 'period') return false;
    const [own, walked] = [sums[base]!, sums[at]!];
    const isCounted = own.counts.every((counts, rule) => !counts || walked.counts[rule]);
    const isSameCondition = walked.when === null || isSameExpression(walked.when, own.when);
    return isCounted && isSameCondition && isSameFigure(own.figure, walked.figure);
}

function sumOfMeasure(sums: readonly SumShape[], key: string): number {
    return sums.findIndex((sum) => sum.key === key);
}

function boundsOf(table: RateTable | null): Expression[] {
    if (!table) return [];
    const rows = table.rows.flatMap(({ from, to, values }) => [from, ...(to ? [to] : []), ...values]);
    return table.scale ? [...rows, table.scale] : rows;
}
