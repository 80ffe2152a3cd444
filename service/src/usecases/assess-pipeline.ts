// One run: read what changed (or everything), assess the open deals, write what differs, remember. The order makes a kill
// at any point harmless: results are upserted by key, remembered after the org confirmed them, and watermarks move last.
import { EarnedFlags } from '../domain/flag-record/earned-flags.ts';
import { activityRecordingOf } from '../domain/pipeline/activity-recording.ts';
import type { ActivityRecording } from '../domain/pipeline/activity-recording.ts';
import { assessDeal } from '../domain/pipeline/assess.ts';
import { OPEN } from '../domain/pipeline/deal-columns.ts';
import { FactsReader } from '../domain/pipeline/facts.ts';
import { PipelineFeatures } from '../domain/pipeline/features.ts';
import { learnFromFeatures } from '../domain/pipeline/learn-from-features.ts';
import { learnedThresholds } from '../domain/pipeline/learn.ts';
import type { LearnedSummary } from '../domain/pipeline/learn.ts';
import { policyBook, validatePolicies } from '../domain/pipeline/policy.ts';
import { NONE } from '../domain/pipeline/types.ts';
import type { DayNumber, RulePolicy } from '../domain/pipeline/types.ts';
import type { OrgMemory, RowMemory } from './ports/memory.ts';
import type { AssessedDeal, OrgGateway, OrgReference, SaveCounts } from './ports/org.ts';
import type { RunRecord, RunScope } from './ports/runs.ts';
import { rescoreDeals } from './rescore-deals.ts';
import { endRun, NoteBook } from './run-notes.ts';
import { suggestUpdates } from './suggest-updates.ts';

/** Deals are looked at all together at least this often: finds hard deletes and merges, and learns again. */
const FULL_EVERY_MS = 7 * 86_400_000;

/** What a full run found out over all deals; delta runs read it back. */
interface Learned {
    summary: LearnedSummary;
    recording: ActivityRecording;
}

export interface RunDeps {
    org: OrgGateway;
    memory: OrgMemory;
    engineVersion: string;
    /** Fingerprint of a text; handed in, since it needs no rule and the domain needs no crypto. */
    hash: (text: string) => string;
    /** Says how far the run is; the caller decides how often the org hears of it. */
    onProgress: (run: RunRecord) => void;
    /** Throws when the run has to stop here; it is continued later. */
    checkStop: () => void;
}

/** Carries out the run and fills it in; throws when it cannot be carried out. */
export async function assessPipeline(run: RunRecord, deps: RunDeps): Promise<void> {
    const { org, memory } = deps;
    const warnings = new NoteBook();
    const failures = new NoteBook();
    report(run, deps, 'Reading', 0);
    const reference = await org.reference(warnings.add);
    run.dataAsOf = new Date(reference.nowMs).toISOString();
    const alreadyWritten = await recallResults(run, deps);
    const rulesHash = deps.hash(
        JSON.stringify([
            deps.engineVersion,
            reference.policies,
            reference.fiscalQuarters,
            reference.ruleVerdicts.filter(({ verdict }) => verdict === 'Demoted')
        ])
    );
    run.rulesHash = rulesHash;
    run.scope = await chooseScope(run.scope, memory, rulesHash, reference.nowMs);
    notePolicyProblems(reference.policies, warnings);

    const work =
        run.scope === 'Full'
            ? await readAll(run, reference, warnings, deps)
            : await readDelta(run, reference, warnings, deps);
    report(run, deps, 'Computing', 50);
    const facts = new FactsReader(work.features, work.learned.recording);
    const reassess = new Map<string, DayNumber>();
    const open = assessOpen(work, facts, reference, run, reassess);
    const closing = await dealsToClose(work, memory);
    const rescored = await rescoreDeals(work.ids ?? [], reference, deps, warnings.add);
    run.counts.read += rescored.rowCount;

    report(run, deps, 'Writing', 60);
    await memory.setFact('writingRun', run.runKey);
    const saved = await org.saveResults({
        runKey: run.runKey,
        today: reference.today,
        dataAsOf: run.dataAsOf,
        open,
        ...closing,
        scores: rescored.scores,
        people: reference.people,
        rows: memory.rows,
        retryOwners: run.scope === 'Full',
        note: warnings.add,
        fail: failures.add,
        checkStop: deps.checkStop,
        onProgress: (counts, fraction) => {
            Object.assign(run.counts, countsOf(counts, alreadyWritten));
            report(run, deps, 'Writing', 60 + Math.floor(35 * fraction));
        }
    });
    const suggested = await suggestUpdates(
        {
            runKey: run.runKey,
            dataAsOf: run.dataAsOf,
            reference,
            ids: work.ids,
            closed: closing.closed,
            note: warnings.add,
            fail: failures.add
        },
        deps
    );
    run.counts.read += suggested.read;
    saved.written += suggested.written;
    saved.skipped += suggested.skipped;
    saved.failed += suggested.failed;
    Object.assign(run.counts, countsOf(saved, alreadyWritten));
    for (const id of [...closing.closed, ...closing.gone]) reassess.set(id, NONE);
    // A deal with a row that could not be written is due again at once, so the watermark need not wait for it.
    for (const id of saved.failedDealIds) reassess.set(id, reference.today);
    await purgeOnceADay(reference.today, deps, warnings);
    await memory.commitRun({
        watermarks: org.watermarksAt(reference.nowMs),
        reassess: { replaceAll: run.scope === 'Full', days: reassess },
        facts: {
            writingRun: null,
            rulesHash,
            ...(run.scope === 'Full' && {
                learned: JSON.stringify(work.learned),
                lastFullAt: new Date(reference.nowMs).toISOString()
            })
        }
    });
    endRun(run, warnings, failures, saved.failed);
}

function countsOf({ written, skipped, failed }: SaveCounts, alreadyWritten: number): SaveCounts {
    return { written: written + alreadyWritten, skipped, failed };
}

/** Says where the run is; stops it where it has to. */
export function report(
    run: RunRecord,
    deps: Pick<RunDeps, 'checkStop' | 'org' | 'onProgress'>,
    stage: RunRecord['stage'],
    percent: number
): void {
    deps.checkStop();
    run.stage = stage;
    run.progressPercent = percent;
    run.counts.apiCalls = deps.org.apiCalls;
    deps.onProgress(run);
}

/** Makes the memory agree with the org when it is empty, or when a run was killed while writing. Returns how many rows
 *  this very run had written before it was killed without remembering them. */
async function recallResults(run: RunRecord, { org, memory }: RunDeps): Promise<number> {
    const writingRun = await memory.fact('writingRun');
    if (writingRun === null && (await memory.watermarks()) !== null) return 0;
    const held = await org.readResultRows(run.runKey);
    await memory.rows.replaceAll(held.rows);
    return writingRun === run.runKey ? held.writtenByRun.length : 0;
}

/** Delta when everything needed from the last full run is there and nothing that concerns all deals has changed. */
async function chooseScope(
    asked: RunScope | null,
    memory: OrgMemory,
    rulesHash: string,
    nowMs: number
): Promise<RunScope> {
    const lastFullAt = Date.parse((await memory.fact('lastFullAt')) ?? '');
    const isRecent = nowMs - lastFullAt < FULL_EVERY_MS;
    const isKnown = (await memory.watermarks()) !== null && (await memory.fact('learned')) !== null;
    const hasSameRules = (await memory.fact('rulesHash')) === rulesHash;
    return asked !== 'Full' && isRecent && isKnown && hasSameRules ? 'Delta' : 'Full';
}

interface Work {
    features: PipelineFeatures;
    learned: Learned;
    /** The deals this run looks at; null for all. */
    ids: readonly string[] | null;
}

async function readAll(
    run: RunRecord,
    reference: OrgReference,
    warnings: NoteBook,
    deps: RunDeps
): Promise<Work> {
    const features = newFeatures(reference);
    run.counts.read = await deps.org.readEverything(features, warnings.add, (fraction) => {
        report(run, deps, 'Reading', Math.floor(50 * fraction));
    });
    const learned = { summary: learnFromFeatures(features), recording: activityRecordingOf(features) };
    return { features, learned, ids: null };
}

async function readDelta(
    run: RunRecord,
    reference: OrgReference,
    warnings: NoteBook,
    deps: RunDeps
): Promise<Work> {
    const { org, memory } = deps;
    const changes = await org.readChanges((await memory.watermarks()) ?? {});
    for (const id of await memory.dueOn(reference.today)) changes.opportunityIds.add(id);
    const ids = [...changes.opportunityIds].sort();
    const features = newFeatures(reference);
    const readOfDeals = ids.length === 0 ? 0 : await org.readDeals(ids, features, warnings.add);
    run.counts.read = changes.read + readOfDeals;
    const learned = JSON.parse((await memory.fact('learned')) ?? 'null') as Learned;
    return { features, learned, ids };
}

function newFeatures({
    today,
    timeZone,
    fiscalQuarters,
    stages,
    activityCoverage,
    hasNextStepField,
    people
}: OrgReference): PipelineFeatures {
    const features = new PipelineFeatures({
        asOf: today,
        timeZone,
        fiscalQuarters,
        stages,
        activityCoverage,
        hasNextStepField
    });
    for (const [userId, { managerId }] of people) if (managerId !== '') features.setTeam(userId, managerId);
    return features;
}

function* assessOpen(
    { learned }: Work,
    facts: FactsReader,
    { today, policies, ruleVerdicts }: OrgReference,
    run: RunRecord,
    reassess: Map<string, DayNumber>
): Generator<AssessedDeal> {
    const thresholds = learnedThresholds(learned.summary);
    const book = policyBook(policies);
    const earned = new EarnedFlags(ruleVerdicts);
    run.counts.computed = 0;
    for (const row of facts.openDeals()) {
        const deal = facts.factsOf(row);
        const assessment = earned.of(assessDeal(deal, thresholds, book, today), deal.segment);
        reassess.set(deal.opportunityId, assessment.reassessOn);
        run.counts.computed += 1;
        yield { facts: deal, assessment };
    }
}

/** Deals with results that are not open any more: closed ones are still among the features, others are gone. */
async function dealsToClose(
    { features, ids }: Work,
    { rows }: OrgMemory
): Promise<{ closed: string[]; gone: string[] }> {
    const closed: string[] = [];
    const gone: string[] = [];
    const candidates = ids ? await dealsWithResults(ids, rows) : await rows.openOpportunityIds();
    for (const id of candidates) {
        const deal = features.indexOf(id);
        if (deal < 0) gone.push(id);
        else if (features.columns.state[deal] !== OPEN) closed.push(id);
    }
    return { closed, gone };
}

async function dealsWithResults(ids: readonly string[], rows: RowMemory): Promise<string[]> {
    const known = await rows.of(ids);
    return ids.filter((id) => known.get('DealHealth__c', id) !== null || known.flagsOf(id).length > 0);
}

async function purgeOnceADay(today: DayNumber, { org, memory }: RunDeps, warnings: NoteBook): Promise<void> {
    if ((await memory.fact('purgedOn')) === String(today)) return;
    for (const { object, keys } of await org.purge(today, warnings.add))
        await memory.rows.forget(object, keys);
    await memory.setFact('purgedOn', String(today));
}

function notePolicyProblems(policies: readonly RulePolicy[], warnings: NoteBook): void {
    for (const { code, where, fix } of validatePolicies(policies)) warnings.add(code, `${where}. ${fix}`);
}
