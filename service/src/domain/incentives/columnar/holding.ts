// What gates, factors, limits and payout steps say for each payee and period, exactly and as whole numbers of one scale.
import { ProblemError } from '../../problem.ts';
import { Ratio, sumOf } from '../../ratio.ts';
import type { Scope } from '../evaluate.ts';
import type { Limit } from '../plan.ts';
import { figureAt, holds, truthAt } from '../working.ts';
import { isFound, overCells, type People, type PerCell } from './cells.ts';
import { DoesNotFit } from './does-not-fit.ts';
import { cellNamesOfComponent, stepNames, type ComponentShape, type FastStep, type Shape } from './shape.ts';
import { leastCommonMultiple, scaleOf, wholeAt } from './whole.ts';

/** For a component. */
export interface Held {
    /** product of factors and parts of gates; 0 where a gate zeroes or the component does not apply */
    multiplier: Ratio;
    caps: Ratio[];
    limits: HeldLimit[];
}

export interface HeldLimit {
    limit: Limit;
    least: Ratio | null;
    most: Ratio | null;
    beyond: Ratio;
}

/** For a payout step; null where its condition does not hold. */
export type HeldStep =
    null | { by: Ratio } | { part: Ratio | null; amount: Ratio | null; shares: Ratio[]; instruments: Ratio };

export interface Holding {
    components: PerCell<Held>[];
    payout: PerCell<HeldStep>[];
    /** of a unit, in which amounts are counted before rounding; NaN where there is no room for that */
    parts: number;
    /** by component and number of what was found: turns a walk into parts of a unit; NaN for problems */
    multipliers: Float64Array[];
    /** by component and number of what was found: caps of its gates */
    caps: number[][][];
    /** by component and limit */
    limits: WholeLimits[][];
    /** by payout step and number of what was found; null for problems */
    wholeSteps: (WholeStep | null)[][];
}

/** By number of what was found, in parts of a unit; NaN for problems and what has no room below the guard. */
export interface WholeLimits {
    /** -Infinity and Infinity where there is none */
    least: Float64Array;
    most: Float64Array;
    /** part paid beyond: `beyond / beyondOf` */
    beyond: Float64Array;
    beyondOf: Float64Array;
}

export interface WholeStep {
    isOn: boolean;
    /** what is multiplied by, or the part that is deferred, or the whole units that are */
    over: number;
    under: number;
    isPart: boolean;
    weights: Float64Array;
    weightSum: number;
    /** of `formsOf` parts in cash and in instruments */
    forms: Float64Array;
    formsOf: number;
}

/** Room that comparing twice a rest needs. */
const MOST_PARTS = 2n ** 50n;

export function holdingFor(shape: Shape, people: People, walkParts: readonly bigint[]): Holding {
    const components = shape.components.map((one) =>
        overCells(people, cellNamesOfComponent(one.component), (scope) => heldFor(one, scope))
    );
    const payout = shape.payout.map((step) =>
        overCells(people, stepNames(step), (scope) => heldStep(step, scope))
    );
    const parts = partsOf(shape, components, payout, walkParts);
    const { unit } = shape.plan.rounding;
    return {
        components,
        payout,
        parts: parts <= MOST_PARTS ? Number(parts) : NaN,
        multipliers: components.map(({ found }, index) =>
            wholeMultipliers(found, Ratio.of(parts, walkParts[index]!))
        ),
        caps: components.map(({ found }) => found.map((held) => wholeCaps(held, unit, parts))),
        limits: shape.components.map(({ component }, index) =>
            component.limits.map((_, place) => wholeLimits(components[index]!.found, place, unit, parts))
        ),
        wholeSteps: payout.map(({ found }) =>
            found.map((held) => (held instanceof ProblemError ? null : wholeStep(held, unit)))
        )
    };
}

/** What stands for a cell. */
export function atCell<T>({ index, found }: PerCell<T>, cell: number): T | ProblemError {
    return found[index ? index[cell]! : 0]!;
}

function heldFor({ component, place }: ComponentShape, scope: Scope): Held {
    const limits = component.limits.map((limit) => heldLimit(limit, scope, `${place}.limits.${limit.key}`));
    if (component.per === 'period' && !holds(component.when, scope, `${place}.when`))
        return { multiplier: Ratio.ZERO, caps: [], limits };
    const closed = component.gates.filter(({ key, when }) => !truthAt(when, scope, `${place}.gates.${key}`));
    if (closed.some(({ otherwise }) => otherwise.kind === 'zero'))
        return { multiplier: Ratio.ZERO, caps: [], limits };
    let multiplier = Ratio.ONE;
    for (const { key, when, value } of component.factors)
        if (holds(when, scope, `${place}.factors.${key}.when`))
            multiplier = multiplier.times(figureAt(value, scope, `${place}.factors.${key}`));
    const caps: Ratio[] = [];
    for (const { key, otherwise } of closed) {
        const at = `${place}.gates.${key}`;
        if (otherwise.kind === 'multiply') multiplier = multiplier.times(figureAt(otherwise.by, scope, at));
        if (otherwise.kind === 'cap') caps.push(figureAt(otherwise.at, scope, at));
    }
    return { multiplier, caps, limits };
}

function heldLimit(limit: Limit, scope: Scope, place: string): HeldLimit {
    return {
        limit,
        least: limit.least && figureAt(limit.least, scope, `${place}.least`),
        most: limit.most && figureAt(limit.most, scope, `${place}.most`),
        beyond: limit.beyond ? figureAt(limit.beyond, scope, `${place}.beyond`) : Ratio.ZERO
    };
}

function heldStep(step: FastStep, scope: Scope): HeldStep {
    if (!holds(step.when, scope, `${step.place}.when`)) return null;
    if (step.kind === 'multiply') return { by: figureAt(step.by, scope, `${step.place}.multiply`) };
    const place = `${step.place}.deferral`;
    const shares = step.step.tranches.map(({ share }) => figureAt(share, scope, `${place}.tranches`));
    const { instruments } = step.step;
    const inInstruments = instruments ? figureAt(instruments, scope, `${place}.instruments`) : Ratio.ZERO;
    if (!sumOf(shares).equals(Ratio.ONE)) throw new DoesNotFit(place, 'tranches do not sum to 100 %');
    if (inInstruments.sign < 0 || inInstruments.compare(Ratio.ONE) > 0)
        throw new DoesNotFit(place, 'more than all is in instruments');
    return {
        part: step.part && figureAt(step.part, scope, `${place}.deferred`),
        amount: step.amount && figureAt(step.amount, scope, `${place}.deferred`),
        shares,
        instruments: inInstruments
    };
}

/** A scale in which everything up to rounding is whole: walks times multipliers, limits, what is paid beyond them and, where
 *  only what is paid is rounded, the payout's factors. */
function partsOf(
    { plan }: Shape,
    components: Holding['components'],
    payout: Holding['payout'],
    walkParts: readonly bigint[]
): bigint {
    const { unit, at } = plan.rounding;
    let parts = 1n;
    let beyond = 1n;
    for (const [index, { found }] of components.entries()) {
        const known = found.filter(isFound);
        const walked = known.map(({ multiplier }) => multiplier.over(Ratio.of(walkParts[index]!)));
        const bounds = known.flatMap(({ caps, limits }) => [
            ...caps,
            ...limits.flatMap(({ least, most }) => [least, most])
        ]);
        parts = leastCommonMultiple(
            parts,
            scaleOf([...walked, ...bounds.flatMap((bound) => (bound ? [bound.over(unit)] : []))])
        );
        beyond = leastCommonMultiple(beyond, beyondScale(known, at === 'payout'));
    }
    return parts * beyond * (at === 'payout' ? payoutScale(payout) : 1n);
}

function beyondScale(known: readonly Held[], isUnrounded: boolean): bigint {
    const count = known[0]?.limits.length ?? 0;
    let scale = 1n;
    for (let place = 0; place < count; place++) {
        const own = scaleOf(known.map(({ limits }) => limits[place]!.beyond));
        if (own !== 1n && isUnrounded && known[0]!.limits[place]!.limit.scope === 'cumulative')
            throw new DoesNotFit('rounding', 'of what is paid only, with a part paid beyond a limit to date');
        scale *= own;
    }
    return scale;
}

function payoutScale(payout: Holding['payout']): bigint {
    return payout.reduce((scale, { found }) => {
        const factors = found.flatMap((held) =>
            held && !(held instanceof ProblemError) && 'by' in held ? [held.by] : []
        );
        return scale * scaleOf(factors);
    }, 1n);
}

function wholeMultipliers(found: PerCell<Held>['found'], parts: Ratio): Float64Array {
    return Float64Array.from(found, (held) =>
        held instanceof ProblemError ? NaN : wholeAt(held.multiplier.times(parts), 1n)
    );
}

/** What turns a walk of a cell into parts of a unit. Where nobody is on the plan a problem does not matter. */
export function multiplierAt(
    { hasGaps, isOnPlan }: People,
    { components, multipliers }: Holding,
    component: number,
    cell: number
): number {
    const { index } = components[component]!;
    const own = multipliers[component]![index ? index[cell]! : 0]!;
    return hasGaps && isOnPlan[cell] === 0 && Number.isNaN(own) ? 0 : own;
}

function wholeCaps(held: Held | ProblemError, unit: Ratio, parts: bigint): number[] {
    return held instanceof ProblemError ? [NaN] : held.caps.map((cap) => wholeAt(cap.over(unit), parts));
}

function wholeLimits(found: PerCell<Held>['found'], place: number, unit: Ratio, parts: bigint): WholeLimits {
    const each = (of: (limit: HeldLimit) => number): Float64Array =>
        Float64Array.from(found, (held) => (held instanceof ProblemError ? NaN : of(held.limits[place]!)));
    const whole = (bound: Ratio | null, none: number): number =>
        bound ? wholeAt(bound.over(unit), parts) : none;
    return {
        least: each(({ least }) => whole(least, -Infinity)),
        most: each(({ most }) => whole(most, Infinity)),
        beyond: each(({ beyond }) => fractionOf(beyond).over),
        beyondOf: each(({ beyond }) => fractionOf(beyond).under)
    };
}

function wholeStep(held: HeldStep, unit: Ratio): WholeStep {
    const none = new Float64Array(0);
    const nothing = { weights: none, weightSum: 1, forms: none, formsOf: 1, isPart: true };
    if (!held) return { isOn: false, over: 0, under: 1, ...nothing };
    if ('by' in held) return { isOn: true, ...fractionOf(held.by), ...nothing };
    const { part, amount, shares, instruments } = held;
    const scale = scaleOf(shares);
    const form = fractionOf(instruments);
    return {
        isOn: true,
        isPart: part !== null,
        ...fractionOf(part ?? amount!.over(unit)),
        weights: Float64Array.from(shares, (share) => wholeAt(share, scale)),
        weightSum: Number(scale),
        forms: Float64Array.of(form.under - form.over, form.over),
        formsOf: form.under
    };
}

/** NaN where there is no room. */
function fractionOf(ratio: Ratio): { over: number; under: number } {
    return { over: wholeAt(ratio, ratio.denominator), under: wholeAt(Ratio.of(ratio.denominator), 1n) };
}
