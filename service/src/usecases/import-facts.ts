// Takes a batch of facts from outside the CRM into the org: judged, stored, and told what became of each. Sending it again changes
// nothing; a newer extract of a fact takes the place of the older one.
import { withChecksum } from '../domain/pipeline/id-index.ts';
import { Ratio } from '../domain/ratio.ts';
import {
    judgeBatch,
    statusOf,
    totalOf,
    type FactBatch,
    type FactReject
} from '../domain/scorecards/fact-batch.ts';
import type { Signal } from '../domain/scorecards/types.ts';
import type { FactStore, ImportOutcome, SentBatch } from './ports/facts.ts';

export async function importFacts(
    sent: SentBatch,
    store: FactStore,
    signals: readonly Signal[]
): Promise<ImportOutcome> {
    const batch = batchOf(sent);
    const known = {
        signals: new Map(signals.map((signal) => [signal.id, signal])),
        people: await store.activeUsers(batch.facts.map(({ person }) => person)),
        extracts: await store.extracts(batch),
        today: await store.today()
    };
    const judged = judgeBatch(batch, known);
    const refusals = await store.save(
        judged.accepted.map(({ fact }) => ({ fact, signal: known.signals.get(fact.signal)! })),
        batch.batch
    );
    const isStored = (index: number): boolean => refusals[index] === null;
    const stored = { ...judged, accepted: judged.accepted.filter((_one, index) => isStored(index)) };
    stored.rejected = [
        ...judged.rejected,
        ...judged.accepted.flatMap(({ row, fact }, index) =>
            isStored(index) ? [] : [refusedByOrg(row, fact.sourceId, refusals[index]!)]
        )
    ].sort((a, b) => a.row - b.row);
    const status = statusOf(batch, stored);
    await store.saveImport({
        batch,
        status,
        acceptedCount: stored.accepted.length,
        acceptedTotal: totalOf(stored.accepted.map(({ fact }) => fact)),
        duplicateCount: stored.duplicates.length,
        rejected: stored.rejected
    });
    return {
        accepted: stored.accepted.length,
        duplicates: stored.duplicates.length,
        rejected: stored.rejected,
        status
    };
}

function batchOf({ stated, facts, ...sent }: SentBatch): FactBatch {
    return {
        ...sent,
        stated: { count: stated.count, total: Ratio.parseDecimal(stated.total)! },
        facts: facts.map(({ person, n = 1, subject = null, attributes = {}, ...fact }) => ({
            ...fact,
            person: withChecksum(person.slice(0, 15)),
            n,
            subject,
            attributes
        }))
    };
}

function refusedByOrg(row: number, sourceId: string, code: string): FactReject {
    return {
        row,
        sourceId,
        code,
        value: '',
        fix: 'The org refused the row with this code; correct it and send it again.'
    };
}
