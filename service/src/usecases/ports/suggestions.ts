// Suggested field updates: what they are made from, and their rows.
import type { DayNumber } from '../../domain/pipeline/types.ts';
import type { Renewal } from '../../domain/suggestions/renew.ts';
import type { DealWork, HeldSuggestion } from '../../domain/suggestions/types.ts';
import type { Notes, OrgPerson, OrgReference, SaveCounts } from './org.ts';

/** Reading what suggestions are made from and writing them; deals themselves are never written. */
export interface SuggestionGateway {
    /** @param ids at most 400 */
    read(ids: readonly string[], reference: OrgReference, note: Notes): Promise<SuggestionReading>;
    save(batch: SuggestionBatch): Promise<SaveCounts>;
}

export interface SuggestionReading {
    deals: DealWork[];
    /** by deal */
    held: ReadonlyMap<string, HeldSuggestion[]>;
    rowCount: number;
}

export interface SuggestionChange extends Renewal {
    dealId: string;
    ownerId: string;
    held: readonly HeldSuggestion[];
}

export interface SuggestionBatch {
    runKey: string;
    dataAsOf: string;
    today: DayNumber;
    people: ReadonlyMap<string, OrgPerson>;
    changes: readonly SuggestionChange[];
    note: Notes;
    fail: Notes;
    checkStop: () => void;
}
