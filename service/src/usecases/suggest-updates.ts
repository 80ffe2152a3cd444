// Suggests updates of fields for the deals of a run: what the rows of a deal say now against what was suggested before. Deals that
// changed are looked at in every run, all open ones once a day and after a review of quarters, because days pass and expected
// dates move. Nothing is ever written to a deal here.
import { suggestFor } from '../domain/suggestions/suggest.ts';
import { renew } from '../domain/suggestions/renew.ts';
import type { OrgMemory } from './ports/memory.ts';
import type { Notes, OrgGateway, OrgReference, SaveCounts } from './ports/org.ts';
import type { SuggestionChange } from './ports/suggestions.ts';

/** Deals whose rows are read in one call. */
const DEALS_AT_ONCE = 400;

export interface SuggestDeps {
    org: Pick<OrgGateway, 'suggestions'>;
    memory: Pick<OrgMemory, 'fact' | 'setFact' | 'rows'>;
    checkStop: () => void;
}

export interface SuggestRun {
    runKey: string;
    dataAsOf: string;
    reference: OrgReference;
    /** deals that changed; null for all */
    ids: readonly string[] | null;
    /** deals that were open before */
    closed: readonly string[];
    note: Notes;
    fail: Notes;
}

/** After the results of the run are written: expected dates are read from them. */
export async function suggestUpdates(
    run: SuggestRun,
    deps: SuggestDeps
): Promise<SaveCounts & { read: number }> {
    const counts = { written: 0, skipped: 0, failed: 0, read: 0 };
    const today = String(run.reference.today);
    const isDue = run.ids === null || (await deps.memory.fact('suggestedOn')) !== today;
    const all = isDue ? await deps.memory.rows.openOpportunityIds() : [];
    const ids = [...new Set([...all, ...(run.ids ?? []), ...run.closed])].sort();
    for (let start = 0; start < ids.length; start += DEALS_AT_ONCE) {
        deps.checkStop();
        await suggestForSome(ids.slice(start, start + DEALS_AT_ONCE), run, deps, counts);
    }
    if (isDue) await deps.memory.setFact('suggestedOn', today);
    return counts;
}

async function suggestForSome(
    ids: readonly string[],
    { runKey, dataAsOf, reference, note, fail }: SuggestRun,
    { org, checkStop }: SuggestDeps,
    counts: SaveCounts & { read: number }
): Promise<void> {
    const { deals, held, rowCount } = await org.suggestions.read(ids, reference, note);
    counts.read += rowCount;
    const changes: SuggestionChange[] = deals.map((deal) => {
        const before = held.get(deal.dealId) ?? [];
        const found = suggestFor(deal, reference.today);
        return {
            dealId: deal.dealId,
            ownerId: deal.ownerId,
            held: before,
            ...renew(deal, before, found, reference.today)
        };
    });
    const { today, people } = reference;
    const saved = await org.suggestions.save({
        runKey,
        dataAsOf,
        today,
        people,
        changes,
        note,
        fail,
        checkStop
    });
    counts.written += saved.written;
    counts.skipped += saved.skipped;
    counts.failed += saved.failed;
}
