// What becomes of suggestions when a deal is looked at again: kept, brought up to date, withdrawn, or new. A decision of a person
// stays as it is, and is not asked for again soon.
import { formatDay, parseDay } from '../calendar.ts';
import type { DayNumber } from '../pipeline/types.ts';
import type { HeldSuggestion, Suggestion, SuggestionKind } from './types.ts';

/** After a decision the same is not asked again for so long. */
export const QUIET_DAYS = 30;
/** Expected dates move a little with every review; so much alone is no news. */
const SMALL_MOVE_DAYS = 7;
const KINDS: readonly SuggestionKind[] = ['NextStep', 'CloseDate', 'ContactRole'];

export interface Renewal {
    write: { key: string; suggestion: Suggestion; isNew: boolean }[];
    /** keys */
    withdraw: string[];
}

/** One suggestion of a kind, a deal and a day. */
export function suggestionKey(dealId: string, kind: SuggestionKind, today: DayNumber): string {
    return `${dealId}:${kind}:${formatDay(today)}`;
}

export function renew(
    { dealId, ownerId }: { dealId: string; ownerId: string },
    held: readonly HeldSuggestion[],
    found: readonly Suggestion[],
    today: DayNumber
): Renewal {
    const renewal: Renewal = { write: [], withdraw: [] };
    for (const kind of KINDS) {
        const ofKind = held.filter((one) => one.kind === kind);
        const [open, ...older] = ofKind
            .filter(({ status }) => status === 'Open')
            .sort((a, b) => (a.key < b.key ? 1 : -1));
        const suggestion = found.find((one) => one.kind === kind);
        renewal.withdraw.push(...older.map(({ key }) => key));
        if (open && !suggestion) renewal.withdraw.push(open.key);
        else if (open && suggestion) {
            if (open.ownerId !== ownerId || !isSettled(open, suggestion, today))
                renewal.write.push({ key: open.key, suggestion, isNew: false });
        } else if (suggestion) {
            const key = suggestionKey(dealId, kind, today);
            const isDecidedToday = ofKind.some((one) => one.key === key && one.status !== 'Withdrawn');
            if (!isDecidedToday && !wasDecided(ofKind, suggestion, today))
                renewal.write.push({ key, suggestion, isNew: true });
        }
    }
    return renewal;
}

/** The date that was suggested is still to come, and the one that would be now is hardly another. */
function isSettled(open: HeldSuggestion, suggestion: Suggestion, today: DayNumber): boolean {
    if (suggestion.kind !== 'CloseDate' || open.currentValue !== suggestion.currentValue) return false;
    const before = parseDay(open.suggestedValue);
    return before > today && Math.abs(parseDay(suggestion.suggestedValue) - before) <= SMALL_MOVE_DAYS;
}

/** Somebody decided lately about the same value, or about the same contact. */
function wasDecided(
    held: readonly HeldSuggestion[],
    { kind, currentValue, suggestedValue }: Suggestion,
    today: DayNumber
): boolean {
    return held.some(
        (one) =>
            (one.status === 'Accepted' || one.status === 'Dismissed') &&
            one.decidedOn > today - QUIET_DAYS &&
            (kind === 'ContactRole'
                ? one.suggestedValue === suggestedValue
                : one.currentValue === currentValue)
    );
}
