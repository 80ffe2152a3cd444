// What scorecards are made from, worked out once for all of them.
import type { Hurdles } from '../columns/hurdles.ts';
import type { MetricValues } from '../columns/metric-values.ts';
import type { RampCohorts } from '../columns/ramp-cohorts.ts';
import type { ScorePass } from '../columns/score-pass.ts';
import type { DayNumber } from '../../pipeline/types.ts';
import type { Fact } from '../types.ts';

export interface CardContext {
    book: MetricValues;
    cohorts: RampCohorts;
    hurdles: Hurdles;
    scores: ScorePass;
    asOf: DayNumber;
    factsOf: ReadonlyMap<string, readonly Fact[]>;
}
