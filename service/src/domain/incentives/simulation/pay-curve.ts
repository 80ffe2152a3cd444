// Pay as a function of one measure: the payee's deals are made smaller or larger together and the plan is calculated at each point. Where
// pay jumps between two points the place is narrowed down, so that a cliff is told with where it is and how high.
import { Ratio } from '../../ratio.ts';
import { calculate } from '../calculate.ts';
import type { CalculationResult } from '../result.ts';
import { aloneIfPossible, scaleDeals } from './deals-of.ts';
import { payIn, paysOf } from './pay-of.ts';
import type { CurvePoint, PayCurve, Scenario } from './simulation.ts';

/** From nothing to twice as much, in tenths. */
const PARTS = Array.from({ length: 21 }, (_, index) => Ratio.of(index, 10));
/** A tenth of the measure is halved this often: to a 650,000th. */
const HALVINGS = 16;
const HALF = Ratio.of(1, 2);

export interface CurveRequest {
    payeeId: string;
    measure: string;
    target: Ratio;
    cliffShare: Ratio;
}

/** Null where the measure does not move with the size of deals (a number of deals), or there is nothing to scale. */
export function payCurve(
    scenario: Scenario,
    against: Scenario | null,
    { payeeId, measure, target, cliffShare }: CurveRequest
): PayCurve | null {
    const [own, other] = [aloneIfPossible(scenario, payeeId), against && aloneIfPossible(against, payeeId)];
    const points = PARTS.flatMap((part) => pointAt(own, other, payeeId, measure, part) ?? []);
    if (points.length < 2 || points[0]!.at.equals(points.at(-1)!.at)) return null;
    const least = target.times(cliffShare);
    const cliffs = points.slice(1).flatMap((end, index) => {
        const found =
            target.sign > 0
                ? cliffBetween(points[index]!, end, least, (part) =>
                      pointAt(own, null, payeeId, measure, part)
                  )
                : null;
        if (!found) return [];
        const jump = found.to.pay.minus(found.from.pay);
        return [{ payeeId, measure, at: found.to.at, jump, share: jump.absolute().over(target) }];
    });
    return { payeeId, measure, target, points, cliffs };
}

/** Halves the stretch again and again and stays where pay jumps; a steep line gets flat that way, a cliff does not. */
function cliffBetween(
    start: CurvePoint,
    end: CurvePoint,
    least: Ratio,
    point: (part: Ratio) => CurvePoint | null
): { from: CurvePoint; to: CurvePoint } | null {
    let [from, to] = [start, end];
    for (let halving = 0; halving < HALVINGS; halving++) {
        if (jumpOf(from, to).compare(least) <= 0) return null;
        const middle = point(from.part.plus(to.part).times(HALF));
        if (!middle) return null;
        if (jumpOf(from, middle).compare(jumpOf(middle, to)) > 0) to = middle;
        else from = middle;
    }
    return jumpOf(from, to).compare(least) > 0 ? { from, to } : null;
}

function jumpOf(from: CurvePoint, to: CurvePoint): Ratio {
    return to.pay.minus(from.pay).absolute();
}

/** Null where the plan cannot be calculated for the payee at this point. */
function pointAt(
    scenario: Scenario,
    against: Scenario | null,
    payeeId: string,
    measure: string,
    part: Ratio
): CurvePoint | null {
    const result = scaled(scenario, payeeId, part);
    const pay = payIn(paysOf(result), payeeId);
    if (pay === null) return null;
    const againstPay = against && payIn(paysOf(scaled(against, payeeId, part)), payeeId);
    return { part, at: measureOf(result, payeeId, measure), pay, againstPay };
}

function scaled({ plan, input }: Scenario, payeeId: string, part: Ratio): CalculationResult {
    return calculate(plan, scaleDeals({ plan, input }, payeeId, part));
}

/** What the measure gains in all periods of the replay. */
function measureOf(result: CalculationResult, payeeId: string, measure: string): Ratio {
    const { periods } = result.payees.find((one) => one.payeeId === payeeId)!;
    return periods
        .flatMap(({ measures }) => measures.filter((one) => one.measure === measure))
        .reduce((sum, { inPeriod }) => sum.plus(inPeriod), Ratio.ZERO);
}
