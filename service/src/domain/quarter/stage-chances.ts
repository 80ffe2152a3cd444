// Chances where no model is in use: the share of closed deals that passed a stage and were won, drawn towards the share of
// all deals where few passed it. A deal is expected on its close date, or within a month where that has passed.
import type { PassedStage } from '../forecast/baselines.ts';
import type { ChanceBy } from '../forecast/types.ts';
import type { StageStay } from '../pipeline-review/time-travel.ts';
import type { DealState } from '../pipeline-review/types.ts';
import type { DayNumber } from '../pipeline/types.ts';

/** Closed deals below which nothing is said. */
export const LEAST_CLOSED = 50;
/** A stage counts its own share as much as this many deals of the firm's. */
const PRIOR_DEALS = 20;
const OVERDUE_DAYS = 30;

export interface StageChances {
    closedCount: number;
    /** by name of an open stage */
    won: ReadonlyMap<string, number>;
}

/** Each closed deal once for every open stage it was in. */
export function passedStages(
    deals: Iterable<{ deal: DealState; stays: readonly StageStay[] }>
): PassedStage[] {
    return [...deals].flatMap(({ deal, stays }) =>
        deal.outcome === 'Open'
            ? []
            : stays
                  .filter(({ outcome }) => outcome === 'Open')
                  .map(({ stageName }) => ({
                      stageName,
                      amountMinor: deal.amountMinor,
                      isWon: deal.outcome === 'Won'
                  }))
    );
}

/** null where too few deals have ended. */
export function stageChances(
    deals: Iterable<{ deal: DealState; stays: readonly StageStay[] }>
): StageChances | null {
    const passed = new Map<string, { won: number; all: number }>();
    let won = 0;
    let all = 0;
    for (const { deal, stays } of deals) {
        if (deal.outcome === 'Open') continue;
        const isWon = Number(deal.outcome === 'Won');
        won += isWon;
        all++;
        for (const name of new Set(
            stays.filter(({ outcome }) => outcome === 'Open').map(({ stageName }) => stageName)
        )) {
            const counts = passed.get(name) ?? { won: 0, all: 0 };
            passed.set(name, { won: counts.won + isWon, all: counts.all + 1 });
        }
    }
    if (all < LEAST_CLOSED) return null;
    const share = (counts: { won: number; all: number }): number =>
        (counts.won + PRIOR_DEALS * (won / all)) / (counts.all + PRIOR_DEALS);
    return {
        closedCount: all,
        won: new Map([...passed].map(([name, counts]) => [name, share(counts)]))
    };
}

export function chanceByStage({ won }: StageChances, deal: DealState, asOf: DayNumber): ChanceBy[] {
    const chance = won.get(deal.stageName) ?? 0;
    const on = deal.closeDate > asOf ? deal.closeDate : asOf + OVERDUE_DAYS;
    return [{ on, chance }];
}
