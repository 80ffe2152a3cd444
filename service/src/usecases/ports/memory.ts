// What is remembered of an org between runs: ids, hashes, moments, aggregates.
import type { DayNumber } from '../../domain/pipeline/types.ts';

export type ResultObject = 'DealHealth__c' | 'PipelineFlag__c';

/** What the org holds of one result row, as far as deciding about the next write needs it. */
export interface RememberedRow {
    object: ResultObject;
    key: string;
    opportunityId: string;
    hash: string;
    /** The owner last sent; '' when not known. */
    ownerId: string;
    /** False for a cleared flag and for the health of a closed deal. */
    isOpen: boolean;
}

/** What is remembered of some deals. */
export interface KnownRows {
    get(object: ResultObject, key: string): RememberedRow | null;
    flagsOf(opportunityId: string): readonly RememberedRow[];
}

export interface RowMemory {
    of(opportunityIds: readonly string[]): Promise<KnownRows>;
    /** Opportunities with an open row. */
    openOpportunityIds(): Promise<string[]>;
    remember(rows: readonly RememberedRow[]): Promise<void>;
    forget(object: ResultObject, keys: readonly string[]): Promise<void>;
    replaceAll(rows: readonly RememberedRow[]): Promise<void>;
}

export interface OrgMemory {
    rows: RowMemory;
    /** SystemModstamp up to which each object has been worked in; null when never. */
    watermarks(): Promise<Record<string, string> | null>;
    /** Everything a successful run leaves behind, in one transaction. */
    commitRun(outcome: RunOutcome): Promise<void>;
    /** Opportunities whose health changes by the passing of time on or before `day`. */
    dueOn(day: DayNumber): Promise<string[]>;
    fact(name: MemoryFact): Promise<string | null>;
    setFact(name: MemoryFact, value: string | null): Promise<void>;
}

/** - `rulesHash`: engine, policy and fiscal quarters of the last run; another one means that every deal is assessed again
 *  - `learned`: what the last full run learnt over all deals (JSON aggregates)
 *  - `lastFullAt`: when that was
 *  - `writingRun`: the run that may have written rows not remembered here
 *  - `purgedOn`: the day on which old rows were last deleted
 *  - `keptModels`: models of the last review of quarters, for deals that change before the next (JSON; null: none in use)
 *  - `suggestedOn`: the day on which all open deals were last looked at for suggestions (null: due) */
export type MemoryFact =
    'rulesHash' | 'learned' | 'lastFullAt' | 'writingRun' | 'purgedOn' | 'keptModels' | 'suggestedOn';

export interface RunOutcome {
    watermarks: Record<string, string>;
    /** Replaces all due days (full run) or those of the deals named (delta). */
    reassess: { replaceAll: boolean; days: ReadonlyMap<string, DayNumber> };
    facts: Partial<Record<MemoryFact, string | null>>;
}
