// Chances of being won by coming days, from the outcome models: those of 14 and 30 days as they are, and beyond as the
// chance to win at all spread over the days on which such deals close.
//     chance by t days = max(chance within 30 days, chance to win * share of such deals closed by t)
// The share closed runs straight between the 10th, 50th and 90th percentile, and to 1 as far again as the last two lie apart.
import type { ChanceBy } from '../forecast/types.ts';
import type { PipelineOutcomes } from '../outcomes/pipeline-outcomes.ts';
import type { DayNumber } from '../pipeline/types.ts';
import { isInUse } from './model-drift.ts';

/** True where win, win in 30 days and close dates all have a model that proved better than the naive ones and still holds. */
export function hasChances({ models, probability, closes }: PipelineOutcomes): boolean {
    const isReady = (['win', 'win14', 'win30'] as const).every(
        (key) => isInUse(models[key]) && probability[key] !== null
    );
    return isReady && closes !== null;
}

/** Only where hasChances. `row` is that of the deal among the outcomes. */
export function chanceByModel(
    { probability, closes }: PipelineOutcomes,
    row: number,
    asOf: DayNumber
): ChanceBy[] {
    const win = probability.win![row]!;
    const [p10, p50, p90] = [closes!.p10[row]!, closes!.p50[row]!, closes!.p90[row]!];
    const points: { days: number; chance: number }[] = [
        { days: 14, chance: probability.win14![row]! },
        { days: 30, chance: probability.win30![row]! },
        { days: p10, chance: 0.1 * win },
        { days: p50, chance: 0.5 * win },
        { days: p90, chance: 0.9 * win },
        { days: p90 + Math.max(1, p90 - p50), chance: win }
    ];
    points.sort((a, b) => a.days - b.days);
    const chances: ChanceBy[] = [];
    let highest = 0;
    for (const { days, chance } of points) {
        highest = Math.max(highest, chance);
        const on = asOf + Math.max(1, Math.round(days));
        const last = chances.at(-1);
        if (last?.on === on) last.chance = highest;
        else chances.push({ on, chance: highest });
    }
    return chances;
}
