// The rate of a component and what it gives for the base: a figure, or a table at a measure that moved, with the points added,
// the floor and the ceiling of the plan.
import { larger, Ratio, smaller, sumOf } from '../ratio.ts';
import type { Context } from './context.ts';
import type { Scope } from './evaluate.ts';
import type { Expression } from './expression.ts';
import type { Movement } from './measure.ts';
import type { Component, Measure, RateChoice, RateTable } from './plan.ts';
import { bandAt, bandsOf, movementByBand, valueReached } from './rate-table.ts';
import type { EarningLine, Step } from './result.ts';
import { figureAt, holds, step, workedFigure } from './working.ts';

/** A scope that knows how measures move: of a credit or of a payee's period. */
export interface MovingScope extends Scope {
    movement(measure: Measure): Movement;
}

export interface Rated {
    amount: Ratio;
    bands: EarningLine['bands'];
    steps: Step[];
}

interface Position extends Movement {
    /** what moved, e.g. `measure.bookings` */
    name: string;
}

/** Base x rate. Without a rate the base itself; without a base the rate or what the table adds up to. */
export function rated(context: Context, component: Component, base: Ratio | null, scope: MovingScope): Rated {
    const place = `components.${component.key}.rate`;
    if (component.rates.length === 0) return { amount: base ?? Ratio.ZERO, bands: [], steps: [] };
    const choice = component.rates.find((one) => holds(one.when, scope, place));
    if (!choice)
        return { amount: Ratio.ZERO, bands: [], steps: [step('no rate applies', place, {}, Ratio.ZERO)] };
    if (choice.kind === 'table') return byTable(context, component, choice, base, scope, place);
    const { value, step: found } = workedFigure('rate', choice.value, scope, place);
    return bySingleRate(component, base, value, [found], scope);
}

function byTable(
    context: Context,
    component: Component,
    choice: RateChoice & { kind: 'table' },
    base: Ratio | null,
    scope: MovingScope,
    place: string
): Rated {
    const table = context.table(choice.table);
    if (!table) throw new Error(`the plan was not validated: table ${choice.table}`);
    const column = choice.columnAt && figureAt(choice.columnAt, scope, `${place}.column`);
    const position = positionOf(context, component, choice, scope, place);
    if (table.mode === 'marginal' && !position.before.equals(position.after))
        return byBand(component, table, base, position, column, scope);
    const bands = bandsOf(table, column, scope);
    const x = choice.position === 'before' ? position.before : position.after;
    if (table.mode === 'marginal' && !base)
        return { amount: Ratio.ZERO, bands: [], steps: [tableStep(table, position, column, Ratio.ZERO)] };
    const value =
        table.mode === 'marginal'
            ? bandAt(table, bands, x, scope).value
            : valueReached(table, bands, x, scope);
    return bySingleRate(component, base, value, [tableStep(table, position, column, value)], scope);
}

/** From where to where the table is walked. What is earned to date is walked from the beginning. */
function positionOf(
    context: Context,
    component: Component,
    { at }: RateChoice & { kind: 'table' },
    scope: MovingScope,
    place: string
): Position {
    const before = (value: Ratio): Ratio => (component.toDate ? Ratio.ZERO : value);
    if ('measure' in at) {
        const measure = context.measure(at.measure);
        if (!measure) throw new Error(`the plan was not validated: measure ${at.measure}`);
        const movement = scope.movement(measure);
        return { before: before(movement.before), after: movement.after, name: `measure.${at.measure}` };
    }
    const after = figureAt(at.value, scope, `${place}.at`);
    const attained = attainedMeasure(at.value);
    if (attained === null) return { before: Ratio.ZERO, after, name: 'at' };
    const earlier: Expression = { kind: 'name', path: ['attainmentBefore', attained] };
    return { before: before(figureAt(earlier, scope, `${place}.at`)), after, name: `attainment.${attained}` };
}

/** Attainment moves as its measure does. */
function attainedMeasure(at: Expression): string | null {
    return at.kind === 'name' && at.path[0] === 'attainment' ? at.path[1]! : null;
}

/** Each part of the movement at its band's rate; the base is divided in proportion to the movement. */
function byBand(
    component: Component,
    table: RateTable,
    base: Ratio | null,
    position: Position,
    column: Ratio | null,
    scope: MovingScope
): Rated {
    const { before, after } = position;
    const moved = after.minus(before);
    const parts = movementByBand(table, bandsOf(table, column, scope), before, after, scope);
    const adjustments = adjustmentsOf(component, scope);
    const bands = parts.map(({ row, from, to, quantity, value }) => {
        const rate = adjustments.apply(value);
        const part = base ? base.times(quantity).over(moved) : quantity;
        return { row: row + 1, from, to, quantity, rate, amount: part.times(rate) };
    });
    const amount = sumOf(bands.map((band) => band.amount));
    return { amount, bands, steps: [tableStep(table, position, column, amount), ...adjustments.steps] };
}

function bySingleRate(
    component: Component,
    base: Ratio | null,
    found: Ratio,
    steps: Step[],
    scope: MovingScope
): Rated {
    const adjustments = adjustmentsOf(component, scope);
    const rate = adjustments.apply(found);
    const amount = base ? base.times(rate) : rate;
    const times = base ? [step('base x rate', `components.${component.key}`, { base, rate }, amount)] : [];
    return { amount, bands: [], steps: [...steps, ...adjustments.steps, ...times] };
}

/** Points added to every rate found, then the floor, then the ceiling. */
function adjustmentsOf(
    component: Component,
    scope: MovingScope
): { apply(rate: Ratio): Ratio; steps: Step[] } {
    const place = `components.${component.key}`;
    const added = component.rateAdjustments
        .filter(({ key, when }) => holds(when, scope, `${place}.rateAdjustments.${key}.when`))
        .map(({ key, add }) =>
            workedFigure(`${key}: added to the rate`, add, scope, `${place}.rateAdjustments.${key}`)
        );
    const bound = (what: 'rateFloor' | 'rateCeiling'): ReturnType<typeof workedFigure> | null =>
        component[what] && workedFigure(what, component[what], scope, `${place}.${what}`);
    const [floor, ceiling] = [bound('rateFloor'), bound('rateCeiling')];
    return {
        apply(rate) {
            const sum = added.reduce((total, { value }) => total.plus(value), rate);
            const raised = floor ? larger(sum, floor.value) : sum;
            return ceiling ? smaller(raised, ceiling.value) : raised;
        },
        steps: [...added, floor, ceiling].flatMap((found) => (found ? [found.step] : []))
    };
}

function tableStep(
    table: RateTable,
    { name, before, after }: Position,
    column: Ratio | null,
    result: Ratio
): Step {
    const inputs = {
        ...(name === 'at' ? {} : { [`${name} before`]: before }),
        [name]: after,
        ...(column ? { column } : {})
    };
    return step(`table ${table.key} (${table.mode})`, `tables.${table.key}`, inputs, result);
}
