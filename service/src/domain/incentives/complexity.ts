// How much a plan asks of the people it pays. Plans that nobody can keep in mind steer nobody.
import type { Plan } from './plan.ts';

export interface Complexity {
    /** one point for each component, measure, band of a table, gate, limit, factor and payout step: config/plans/
     *  quarterly-accelerator has 1 component + 1 measure + 4 bands = 6 */
    index: number;
    counts: Record<(typeof COUNTED)[number], number>;
    warnings: string[];
}

export const COUNTED = [
    'components',
    'measures',
    'bands',
    'gates',
    'limits',
    'factors',
    'payoutSteps'
] as const;

/** Above this nobody tells the measures apart. */
const MOST_MEASURES = 4;
const MOST_BANDS = 6;

export function complexityOf(plan: Plan): Complexity {
    const { components, measures, tables, payout } = plan;
    const sum = <T>(items: readonly T[], count: (item: T) => number): number =>
        items.reduce((total, item) => total + count(item), 0);
    const counts = {
        components: components.length,
        measures: measures.length,
        bands: sum(tables, ({ rows, columns }) => rows.length * Math.max(1, columns.length)),
        gates: sum(components, ({ gates }) => gates.length),
        limits: sum(components, ({ limits }) => limits.length),
        factors: sum(components, ({ factors, rateAdjustments }) => factors.length + rateAdjustments.length),
        payoutSteps: payout.length
    };
    return { index: sum(COUNTED, (name) => counts[name]), counts, warnings: warningsFor(plan) };
}

function warningsFor({ measures, tables }: Plan): string[] {
    const count = measures.length;
    const measured =
        count > MOST_MEASURES
            ? [
                  `${count} measures: people keep three or four apart. Leave some out, or pay them in a plan of their own.`
              ]
            : count === MOST_MEASURES
              ? [`${count} measures are the most that people keep apart.`]
              : [];
    const long = tables.filter(({ mode, rows }) => mode !== 'interpolated' && rows.length > MOST_BANDS);
    return [
        ...measured,
        ...long.map(
            ({ key, rows }) =>
                `Table ${key} has ${rows.length} bands: few people know which one they stand in.`
        )
    ];
}
