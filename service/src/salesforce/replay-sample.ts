// The rows past days are replayed from to judge warning rules: every deal of a small org, every so-manieth of a large one, with
// its history and work. A few thousand deals judge a rule as well as a million do, and objects are what a million cannot afford.
import type { ReplayRows } from '../domain/flag-record/replay.ts';
import type { ActivityRow, HistoryRow, OpportunityRow } from '../domain/pipeline/feature-rows.ts';
import type { OrgPerson } from '../usecases/ports/org.ts';
import { activityRow, historyRow, opportunityRow, textOf } from './map-rows.ts';
import type { RawRow } from './query.ts';

/** Deals that are replayed at most, give or take. */
const MOST_DEALS = 20_000;
/** Values that cannot be used are noted where the review itself reads them. */
const UNNOTED = (): void => undefined;

export class ReplaySample {
    readonly #opportunities: OpportunityRow[] = [];
    readonly #history: HistoryRow[] = [];
    readonly #activities: ActivityRow[] = [];
    readonly #ids = new Set<string>();
    #stride = 1;
    #met = 0;

    expectDeals(count: number): void {
        this.#stride = Math.max(1, Math.ceil(count / MOST_DEALS));
    }

    addDeal(row: RawRow): void {
        if (this.#met++ % this.#stride !== 0) return;
        const deal = opportunityRow(row, UNNOTED);
        this.#ids.add(deal.id);
        this.#opportunities.push(deal);
    }

    addVersion(row: RawRow): void {
        if (this.#ids.has(textOf(row.OpportunityId))) this.#history.push(historyRow(row, UNNOTED));
    }

    addActivity(object: 'Task' | 'Event', row: RawRow): void {
        if (this.#ids.has(textOf(row.WhatId))) this.#activities.push(activityRow(object, row, UNNOTED));
    }

    rows(people: ReadonlyMap<string, OrgPerson>): ReplayRows {
        const led = [...people].filter(([, { managerId }]) => managerId !== '');
        return {
            opportunities: this.#opportunities,
            history: this.#history,
            activities: this.#activities,
            managers: new Map(led.map(([userId, { managerId }]) => [userId, managerId]))
        };
    }
}
