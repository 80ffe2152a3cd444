// What a run says each payee earned, over all its periods and components.
import { Ratio, sumOf } from '../../ratio.ts';
import type { Run } from './run.ts';
import { isSafe } from './whole.ts';

/** By payee. */
export function earnedOf(run: Run): Map<string, Ratio> {
    const { payeeIds } = run.program.people;
    return new Map(payeeIds.map((id, payee) => [id, earnedBy(run, payee)]));
}

function earnedBy({ program, pay, exact }: Run, payee: number): Ratio {
    const periods = exact.get(payee);
    if (periods) return sumOf(periods.flatMap(({ earning }) => earning));
    const { people, shape, holding } = program;
    const { unit, at } = shape.plan.rounding;
    const part = at === 'payout' ? unit.over(Ratio.of(holding.parts)) : unit;
    return Ratio.of(wholeSum(pay.earning, people, shape.components.length, payee)).times(part);
}

/** Each earning is a whole number below the guard; so is their sum, or it is added up as BigInt. */
function wholeSum(
    earning: Float64Array,
    { periods, cells }: { periods: number; cells: number },
    components: number,
    payee: number
): number | bigint {
    const places = Array.from({ length: components }, (_, component) => component * cells + payee * periods);
    const own = places.flatMap((first) => [...earning.subarray(first, first + periods)]);
    const size = own.reduce((sum, value) => sum + Math.abs(value), 0);
    if (isSafe(size)) return own.reduce((sum, value) => sum + value, 0);
    return own.reduce((sum, value) => sum + BigInt(value), 0n);
}
