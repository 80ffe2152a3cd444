// Facts from outside the CRM: batches as they are sent, and what becomes of them.
import type { DayNumber } from '../../domain/pipeline/types.ts';
import type { Ratio } from '../../domain/ratio.ts';
import type { FactBatch, FactReject, ImportStatus, SentFact } from '../../domain/scorecards/fact-batch.ts';
import type { Fact, Signal } from '../../domain/scorecards/types.ts';

type FactDetails = 'n' | 'subject' | 'attributes';

/** A batch as its source sent it: the shape is right, what it says is not judged yet. */
export interface SentBatch {
    batch: string;
    source: string;
    /** milliseconds */
    extractedAt: number;
    /** how many facts, and the sum of value times n as decimal text */
    stated: { count: number; total: string };
    /** persons by ids of 15 or 18 characters */
    facts: readonly (Omit<SentFact, FactDetails> & Partial<Pick<SentFact, FactDetails>>)[];
}

export interface ImportOutcome {
    accepted: number;
    duplicates: number;
    rejected: FactReject[];
    status: ImportStatus;
}

export type ImportBatch = (orgId: string, batch: SentBatch) => Promise<ImportOutcome>;

/** What an org knows of people and of facts, and where facts are kept. */
export interface FactStore {
    /** Today in the org. */
    today(): Promise<DayNumber>;
    activeUsers(ids: readonly string[]): Promise<ReadonlySet<string>>;
    /** When the stored facts of this batch were extracted, by `keyOfFact`. */
    extracts(batch: FactBatch): Promise<ReadonlyMap<string, number>>;
    /** For each fact null, or the code the org refused it with. */
    save(facts: readonly { fact: Fact; signal: Signal }[], batchKey: string): Promise<(string | null)[]>;
    saveImport(told: FactImport): Promise<void>;
}

export interface FactImport {
    batch: FactBatch;
    status: ImportStatus;
    acceptedCount: number;
    acceptedTotal: Ratio;
    duplicateCount: number;
    rejected: readonly FactReject[];
}
