// How a plan's pay moves when one criterion grows: every part that touches it, with its direction. Pay is non-increasing when no
// part goes up. Components are followed in their order, so that what rests on an earlier component moves with it.
import type { Expression } from '../expression.ts';
import { constantOf } from '../plan-check/constant.ts';
import type { Component, Gate, Limit, PayoutStep, Plan, RateChoice } from '../plan.ts';
import { Ratio } from '../../ratio.ts';
import { Directions, flip, together, type Direction } from './direction.ts';

export interface MovingPart {
    place: string;
    direction: Direction;
}

/** Parts that move; empty where the criterion touches nothing. `name`: as expressions have it, e.g. `fact.breaches`. */
export function movedBy(plan: Plan, name: string): MovingPart[] {
    const moving = new Map<string, Direction>([[name, 'up']]);
    const parts: MovingPart[] = [];
    const note = (place: string, direction: Direction): Direction => {
        if (direction !== 'constant') parts.push({ place, direction });
        return direction;
    };
    const directions = (): Directions => new Directions(plan, moving);
    for (const rule of plan.crediting) {
        const to = directions();
        const shares = [
            rule.when,
            rule.share,
            rule.payable,
            ...rule.before.map(({ amount }) => negative(amount))
        ];
        const direction = note(`crediting.${rule.key}`, together(...shares.map((one) => to.of(one))));
        if (direction !== 'constant')
            for (const word of CREDITED)
                moving.set(word, together(moving.get(word) ?? 'constant', direction));
    }
    for (const { key, of, when } of plan.measures) {
        const direction = together(directions().of(of), directions().of(when));
        if (direction === 'constant') continue;
        for (const root of OF_MEASURE)
            if (!moving.has(`${root}.${key}`)) moving.set(`${root}.${key}`, direction);
    }
    for (const component of plan.components) {
        const direction = together(
            ...ofComponent(plan, component, directions()).map(({ place, direction: one }) => note(place, one))
        );
        if (direction === 'constant') continue;
        for (const root of ['earning', 'earningToDate']) moving.set(`${root}.${component.key}`, direction);
    }
    for (const step of plan.payout) note(`payout.${step.key}`, ofStep(plan, step, directions()));
    return parts;
}

const OF_MEASURE = ['measure', 'inPeriod', 'before', 'attainment'];
/** What a credit rule gives. */
const CREDITED = ['payable', 'quotaCredit', 'countCredit', 'share'];

function negative(expression: Expression): Expression {
    return { kind: 'minus', of: expression };
}

function ofComponent(plan: Plan, component: Component, to: Directions): MovingPart[] {
    const place = `components.${component.key}`;
    const { when, base, rateFloor, rateCeiling, rateAdjustments, factors, gates, limits, pool } = component;
    return [
        { place: `${place}.when`, direction: to.of(when) },
        { place: `${place}.base`, direction: to.of(base) },
        { place: `${place}.rate`, direction: ofRates(plan, component.rates, to) },
        { place: `${place}.rateFloor`, direction: to.of(rateFloor) },
        { place: `${place}.rateCeiling`, direction: to.of(rateCeiling) },
        ...rateAdjustments.map(({ key, when: condition, add }) => ({
            place: `${place}.rateAdjustments.${key}`,
            direction: conditional(to, condition, to.of(add), signOf(plan, add))
        })),
        ...factors.map(({ key, when: condition, value }) => ({
            place: `${place}.factors.${key}`,
            direction: conditional(to, condition, to.of(value), aboveOne(plan, value))
        })),
        ...gates.map((gate) => ({ place: `${place}.gates.${gate.key}`, direction: ofGate(plan, gate, to) })),
        ...limits.map((limit) => ({ place: `${place}.limits.${limit.key}`, direction: ofLimit(limit, to) })),
        ...(pool
            ? [
                  {
                      place: `${place}.pool`,
                      direction: together(to.of(pool.amount), to.of(pool.among), to.of(pool.by))
                  }
              ]
            : [])
    ];
}

function ofRates(plan: Plan, rates: readonly RateChoice[], to: Directions): Direction {
    const values = rates.map((rate) => ofRate(plan, rate, to));
    const turns = rates.map(({ when }) => to.of(when));
    if (turns.every((turn) => turn === 'constant')) return together(...values);
    const [first, second] = rates;
    if (rates.length !== 2 || first!.kind !== 'value' || second!.kind !== 'value' || turns[1] !== 'constant')
        return 'unknown';
    const difference = to.compare(first.value, second.value);
    if (difference === null) return 'unknown';
    return together(...values, difference > 0 ? turns[0]! : difference < 0 ? flip(turns[0]!) : 'constant');
}

function ofRate(plan: Plan, rate: RateChoice, to: Directions): Direction {
    if (rate.kind === 'value') return to.of(rate.value);
    const table = plan.tables.find(({ key }) => key === rate.table)!;
    const at =
        'measure' in rate.at
            ? to.of({ kind: 'name', path: ['measure', rate.at.measure] })
            : to.of(rate.at.value);
    const before =
        'measure' in rate.at ? to.of({ kind: 'name', path: ['before', rate.at.measure] }) : 'constant';
    return to.ofTable(table, together(at, before), to.of(rate.columnAt));
}

/** Something that is applied when the condition holds: `effect` is whether applying it raises (1) or lowers (-1) the result. */
function conditional(
    to: Directions,
    when: Expression | null,
    value: Direction,
    effect: number | null
): Direction {
    const turn = to.of(when);
    if (turn === 'constant') return value;
    if (effect === null) return 'unknown';
    return together(value, effect > 0 ? turn : effect < 0 ? flip(turn) : 'constant');
}

function signOf(plan: Plan, expression: Expression): number | null {
    return constantOf(expression, plan)?.sign ?? null;
}

function aboveOne(plan: Plan, expression: Expression): number | null {
    return constantOf(expression, plan)?.compare(Ratio.ONE) ?? null;
}

/** A gate that is met pays in full; one that is not pays nothing, a part, or at most so much. */
function ofGate(plan: Plan, { when, otherwise }: Gate, to: Directions): Direction {
    const met = to.of(when);
    if (otherwise.kind === 'zero') return met;
    if (otherwise.kind === 'cap') return together(met, to.of(otherwise.at));
    return conditional(to, { kind: 'not', of: when }, to.of(otherwise.by), aboveOne(plan, otherwise.by));
}

function ofLimit({ least, most, beyond }: Limit, to: Directions): Direction {
    return together(to.of(least), to.of(most), to.of(beyond));
}

function ofStep(plan: Plan, step: PayoutStep, to: Directions): Direction {
    switch (step.kind) {
        case 'add':
            return conditional(to, step.when, to.of(step.amount), signOf(plan, step.amount) ?? 1);
        case 'multiply':
            return conditional(to, step.when, to.of(step.by), aboveOne(plan, step.by));
        case 'limit':
            return together(unmoved(to, step.when), to.of(step.least), to.of(step.most));
        case 'draw':
            return together(unmoved(to, step.when), to.of(step.amount));
        case 'deferral':
            // What is deferred is paid later: the sum does not move with it.
            return 'constant';
        case 'grossUp':
            return together(conditional(to, step.when, 'constant', 1), to.of(step.rate));
        default:
            return unmoved(to, step.when);
    }
}

function unmoved(to: Directions, when: Expression | null): Direction {
    return to.of(when) === 'constant' ? 'constant' : 'unknown';
}
