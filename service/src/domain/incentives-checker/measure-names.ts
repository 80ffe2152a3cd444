// What the names of a measure stand for where it moves: its sum before and after, its goal, the part of the goal attained.
import type { Exact } from './exact.ts';
import { divide, sign } from './exact.ts';
import type { Place } from './formula.ts';
import { asExact, CannotDerive } from './values.ts';
import { formulaIn } from './plan-data.ts';
import type { Review } from './review.ts';
import { attained, goalOn, type Movement } from './sums.ts';

/** A place where measures move. */
export interface MovingPlace extends Place {
    movement(measure: string): Movement;
}

export function goalOf(
    review: Review,
    payee: string,
    key: string,
    period: number,
    place: Place
): Exact | undefined {
    return goalOn(review, payee, key, review.input.periods[period]!.to, period, place);
}

export function ofMeasure(
    review: Review,
    what: string,
    key: string,
    place: MovingPlace,
    goal: () => Exact | undefined
): Exact | undefined {
    if (!review.plan.measures.has(key)) return undefined;
    switch (what) {
        case 'measure':
            return place.movement(key).after;
        case 'before':
            return place.movement(key).before;
        case 'quota':
            return goal();
        case 'attainment':
            return attained(place.movement(key).after, goal());
        default:
            return what === 'attainmentBefore' ? attained(place.movement(key).before, goal()) : undefined;
    }
}

export function asDivided(review: Review, key: string, sum: Exact, place: Place): Exact {
    const divisor = formulaIn(review.plan.measures.get(key)!, 'divideBy');
    if (!divisor) return sum;
    const by = asExact(divisor(place));
    if (sign(by) === 0) throw new CannotDerive(`measure ${key} is divided by zero`);
    return divide(sum, by);
}

export function bothDivided(
    review: Review,
    key: string,
    { before, after }: Movement,
    place: Place
): Movement {
    return { before: asDivided(review, key, before, place), after: asDivided(review, key, after, place) };
}
