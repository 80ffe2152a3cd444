// What a period tells of each measure: what it added, the sum, the goal and the part of it attained. A goal nobody gave is told
// as none; it is a problem only where the plan needs it.
import { ProblemError } from '../problem.ts';
import type { Ratio } from '../ratio.ts';
import type { Books } from './books.ts';
import type { Context } from './context.ts';
import type { MeasureResult } from './result.ts';
import { PeriodScope } from './scopes/period-scope.ts';

export function measureResults(context: Context, books: Books, period: number): MeasureResult[] {
    const scope = new PeriodScope(context, books, period);
    return context.plan.measures.flatMap((measure) => {
        const inPeriod = ifKnown(() => scope.inPeriod(measure));
        if (inPeriod === undefined) return [];
        const toDate = ifKnown(() => scope.movement(measure).after) ?? inPeriod;
        const quota = ifKnown(() => scope.quota(measure)) ?? null;
        const attainment = quota === null || quota.isZero ? null : toDate.over(quota);
        return [{ measure: measure.key, inPeriod, toDate, quota, attainment }];
    });
}

function ifKnown(read: () => Ratio | undefined): Ratio | undefined {
    try {
        return read();
    } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        return undefined;
    }
}
