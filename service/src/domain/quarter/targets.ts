// What a quarter has to bring, from the quotas people are paid on. A quota of a longer or shorter term gives the quarter its
// share of months where both are whole months, else of days. Several measures of one person are parts of one another (all
// bookings, new ones), so the largest counts. A leader's quota is the team's; where a leader has none, the team's target is what the
// people in it who lead nobody add up to.
import { formatDay } from '../calendar.ts';
import type { ForecastPeriod } from '../forecast/types.ts';
import type { DayNumber } from '../pipeline/types.ts';
import type { ScopeOfPeople } from './teams.ts';

/** An amount somebody is to bring between two days, both counted. */
export interface QuotaFact {
    personId: string;
    measure: string;
    startOn: DayNumber;
    endOn: DayNumber;
    targetMinor: number;
}

export class Targets {
    readonly #quotas: ReadonlyMap<string, readonly QuotaFact[]>;
    readonly #leaders: ReadonlySet<string>;

    constructor(quotas: readonly QuotaFact[], scopes: readonly ScopeOfPeople[]) {
        this.#quotas = Map.groupBy(quotas, ({ personId }) => personId);
        this.#leaders = new Set(scopes.filter(({ scope }) => scope === 'Team').map(({ userId }) => userId));
    }

    /** null where nobody has a quota. */
    of({ scope, userId, owners }: ScopeOfPeople, period: ForecastPeriod): number | null {
        if (scope === 'Own') return this.#leaders.has(userId) ? null : this.#ofPerson(userId, period);
        const own = this.#ofPerson(userId, period);
        if (own !== null) return own;
        const below = [...owners]
            .filter((owner) => !this.#leaders.has(owner))
            .map((owner) => this.#ofPerson(owner, period))
            .filter((target) => target !== null);
        return below.length === 0 ? null : below.reduce((sum, target) => sum + target, 0);
    }

    #ofPerson(personId: string, period: ForecastPeriod): number | null {
        const byMeasure = new Map<string, number>();
        for (const quota of this.#quotas.get(personId) ?? []) {
            const share = shareOf(quota, period);
            if (share > 0)
                byMeasure.set(
                    quota.measure,
                    (byMeasure.get(quota.measure) ?? 0) + Math.round(quota.targetMinor * share)
                );
        }
        return byMeasure.size === 0 ? null : Math.max(...byMeasure.values());
    }
}

/** How much of the quota's term lies in the period. */
function shareOf({ startOn, endOn }: QuotaFact, period: ForecastPeriod): number {
    const from = Math.max(startOn, period.startOn);
    const to = Math.min(endOn, period.endOn);
    if (from > to) return 0;
    const months = wholeMonths(from, to);
    const all = wholeMonths(startOn, endOn);
    return months !== null && all !== null ? months / all : (to - from + 1) / (endOn - startOn + 1);
}

/** null where the days are not from the first of a month to the last of one. */
function wholeMonths(from: DayNumber, to: DayNumber): number | null {
    const first = formatDay(from);
    const next = formatDay(to + 1);
    if (!first.endsWith('-01') || !next.endsWith('-01')) return null;
    const monthOf = (day: string): number => 12 * Number(day.slice(0, 4)) + Number(day.slice(5, 7));
    return monthOf(next) - monthOf(first);
}
