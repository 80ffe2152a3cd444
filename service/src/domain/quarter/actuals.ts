// What quarters that are over became, for the forecasts on record that do not say so yet, or say something else: deals are won
// late, and amounts are corrected. A scope nobody is in any more keeps what it said.
import type { DealState } from '../pipeline-review/types.ts';
import type { DayNumber } from '../pipeline/types.ts';
import { ofOwners, wonBetween } from './day-book.ts';
import type { ScopeOfPeople } from './teams.ts';
import { scopeKey, type HeldForecast } from './track-record.ts';

export function actualsOf(
    held: readonly HeldForecast[],
    scopes: readonly ScopeOfPeople[],
    states: ReadonlyMap<string, DealState[]>,
    asOf: DayNumber
): { key: string; actualMinor: number }[] {
    const byKey = new Map(scopes.map((of) => [scopeKey(of), of]));
    const found: { key: string; actualMinor: number }[] = [];
    for (const { key, scope, userId, segment, periodStartOn, periodEndOn, actualMinor } of held) {
        const of = byKey.get(`${scope === 'Own' ? 'Own' : 'Team'}:${userId}`);
        if (!of || periodEndOn >= asOf) continue;
        const own = ofOwners(states, of.owners).filter(
            (state) => segment === '' || state.segment === segment
        );
        const became = wonBetween(own, periodStartOn, periodEndOn);
        if (became !== actualMinor) found.push({ key, actualMinor: became });
    }
    return found;
}
