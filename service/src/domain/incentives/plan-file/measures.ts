// Measures and quotas of a plan file.
import type { Interval, Measure, Quota } from '../plan.ts';
import { MEASURE_INTERVALS, PRORATIONS } from '../vocabulary.ts';
import type { PartReader } from './part-reader.ts';
import { readExpression } from './part-reader.ts';

export function readMeasure(part: PartReader, key: string, period: Interval): Measure {
    const window = part.part('window', (inner) => ({
        months: inner.needWhole('months', 1),
        until: inner.choice('until', ['periodEnd', 'periodStart'] as const, 'periodEnd')
    }));
    if (window && part.has('interval'))
        part.report(
            'INTERVAL_AND_WINDOW',
            'interval',
            part.text('interval') ?? '',
            'Keep interval or window, not both.'
        );
    return {
        key,
        of: part.needExpression('of', 'payable'),
        when: part.expression('when'),
        interval: part.choice('interval', MEASURE_INTERVALS, period),
        window,
        by: part.text('by'),
        divideBy: part.expression('divideBy')
    };
}

export function readQuota(part: PartReader, measure: string): Quota {
    return {
        measure,
        amount: part.expression('amount'),
        ramp: part.parts('ramp', (step) => ({
            fromMonth: step.needWhole('fromMonth', 1),
            amount: step.needExpression('amount', '10000')
        })),
        seasonality: part.list('seasonality', (tree, place) => readExpression(tree, place, part.reading)),
        prorate: part.choice('prorate', PRORATIONS, 'none')
    };
}
