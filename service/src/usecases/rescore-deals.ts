// Scores the deals of a run of changes anew with the models that the last review of quarters left behind. Nothing is learnt here, and
// deals that did not change keep what the review said of them.
import { scoreByKept, type KeptModels } from '../domain/quarter/kept-models.ts';
import type { OrgMemory } from './ports/memory.ts';
import type { FreshScore, Notes, OrgGateway, OrgReference } from './ports/org.ts';

/** An org tells its clock to the second: what happened within the last one has happened. */
const CLOCK_STEP_MS = 1000;

export interface RescoreDeps {
    org: Pick<OrgGateway, 'quarters'>;
    memory: Pick<OrgMemory, 'fact' | 'setFact'>;
    engineVersion: string;
}

interface StoredModels {
    engineVersion: string;
    models: KeptModels;
}

/** Kept in the state file: a review that puts no model into use takes the former ones away. */
export async function keepForRescoring(
    models: KeptModels | null,
    { memory, engineVersion }: RescoreDeps
): Promise<void> {
    const stored: StoredModels | null = models && { engineVersion, models };
    await memory.setFact('keptModels', stored && JSON.stringify(stored));
}

/** By deal, only where the org holds something else. */
export async function rescoreDeals(
    ids: readonly string[],
    reference: OrgReference,
    deps: RescoreDeps,
    note: Notes
): Promise<{ scores: Map<string, FreshScore>; rowCount: number }> {
    const scores = new Map<string, FreshScore>();
    const stored = JSON.parse((await deps.memory.fact('keptModels')) ?? 'null') as StoredModels | null;
    // Models of another engine may read features in another way.
    if (ids.length === 0 || stored?.engineVersion !== deps.engineVersion) return { scores, rowCount: 0 };
    const { models } = stored;
    const now = { ...reference, nowMs: reference.nowMs + CLOCK_STEP_MS };
    const changed = await deps.org.quarters.readChanged(ids, now, new Map(models.renamedStages), note);
    const { scores: found, strangeCount } = scoreByKept(models, changed, now.today, now.nowMs);
    for (const score of found) {
        const fresh = { score, fittedOn: models.fittedOn };
        if (!changed.holds(fresh)) scores.set(score.dealId, fresh);
    }
    if (strangeCount > 0)
        note(
            'DEAL_NOT_RESCORED',
            'Deals with a stage or a kind of work the models have not met keep their chances until the next forecast run.',
            strangeCount
        );
    return { scores, rowCount: changed.rowCount };
}
