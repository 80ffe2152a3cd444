// Runs of changed deals score them anew with the models a forecast run left behind, and leave all others alone. The models here are made
// by hand: the chance to win hangs on the stage alone.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { UNCHANGED } from '../../src/domain/outcomes/calibration.ts';
import { EventLogBuilder, type EventKind } from '../../src/domain/outcomes/event-log.ts';
import { planFeatures } from '../../src/domain/outcomes/feature-plan.ts';
import { logitOf } from '../../src/domain/outcomes/learners/learner.ts';
import type { SavedLearner } from '../../src/domain/outcomes/learners/saved.ts';
import { meaningOfKinds } from '../../src/domain/outcomes/meaning.ts';
import { saveFit } from '../../src/domain/outcomes/saved-fit.ts';
import { readLearner } from '../../src/domain/outcomes/learners/saved.ts';
import { meaningOf } from '../../src/domain/quarter/deal-log.ts';
import type { KeptModels } from '../../src/domain/quarter/kept-models.ts';
import { ENGINE_VERSION } from '../../src/engine-version.ts';
import { openSqlite } from '../../src/state/sqlite.ts';
import { createOrgMemory } from '../../src/state/org-memory.ts';
import { keepForRescoring } from '../../src/usecases/rescore-deals.ts';
import { dayOf } from '../../src/domain/calendar.ts';
import { connectedOrg, type ConnectedOrg } from '../support/local-org.ts';
import { OPEN_STAGES, dayAgo, loadDeal, loadTeam, recordId } from '../support/small-team.ts';

const CHANCES = [0.1, 0.2, 0.3, 0.4];
const STAGES = [
    ...OPEN_STAGES.map((name, at) => ({ name, sortOrder: at + 1, isClosed: false, isWon: false })),
    { name: 'Closed Won', sortOrder: 8, isClosed: true, isWon: true },
    { name: 'Closed Lost', sortOrder: 9, isClosed: true, isWon: false }
];
const KINDS: EventKind[] = [
    ...STAGES.map(({ name }): EventKind => ({ table: 'stage', name, step: '' })),
    ...(['schedule', 'complete'] as const).map((step): EventKind => ({ table: 'work', name: 'Call', step }))
];

let crm: ConnectedOrg;
beforeEach(async () => {
    crm = await connectedOrg();
    loadTeam(crm.org);
    for (const deal of [1, 2, 3])
        loadDeal(crm.org, deal, { stage: OPEN_STAGES[0], closesIn: 30, ageDays: 20, calls: [3] });
});
afterEach(() => crm.close());

function modelsByStage(): KeptModels {
    const log = new EventLogBuilder(KINDS).build();
    const meaning = meaningOf(STAGES);
    const rates: SavedLearner = {
        kind: 'rates',
        key: 'stageRate',
        base: logitOf(0.1),
        ageFeature: -1,
        bySegment: [0.1, ...CHANCES].map(logitOf),
        byAge: []
    };
    const leaf = { feature: [-1], edge: [0], left: [-1], value: [0] };
    const model = (key: string) => ({
        status: 'ready' as const,
        key,
        parts: [readLearner(rates)],
        record: { calibration: UNCHANGED }
    });
    return {
        fittedOn: dayOf(2026, 1, 2),
        stages: STAGES,
        renamedStages: [],
        isStallInUse: false,
        fit: saveFit({
            kinds: KINDS,
            meaning,
            plan: planFeatures(
                log,
                meaningOfKinds(KINDS, meaning),
                meaning.stages.map(({ label }) => label)
            ),
            models: {
                win: model('win'),
                win14: model('win14'),
                win30: model('win30'),
                stall14: model('stall14')
            },
            closeModel: {
                hazard: readLearner({ kind: 'trees', base: logitOf(0.2), trees: [leaf] }),
                knownSteps: 20,
                levels: [0.1, 0.5, 0.9]
            },
            longestCycle: Infinity,
            reasonsPerDeal: 1
        })
    };
}

/** As a forecast run leaves them. */
async function keep(models: KeptModels | null, engineVersion = ENGINE_VERSION): Promise<void> {
    const state = await openSqlite(crm.config.stateFile!);
    const memory = createOrgMemory(state, crm.org.orgId);
    await keepForRescoring(models, { org: {} as never, memory, engineVersion });
    await state.close();
}

const chances = () =>
    crm
        .query('SELECT WinProbability__c, ModelKey__c FROM DealHealth__c ORDER BY ExternalKey__c')
        .map((row) => row.WinProbability__c);
const move = (deal: number, StageName: string) =>
    crm.update('Opportunity', { Id: recordId('006', deal), StageName });

test('only the deal that changed gets a chance, that of its new stage, and a second run writes nothing', async () => {
    await crm.run();
    await keep(modelsByStage());
    expect(chances()).toEqual([null, null, null]);
    move(2, OPEN_STAGES[2]!);
    const run = await crm.run();
    expect(run).toMatchObject({ status: 'Succeeded', scope: 'Delta', errors: [] });
    expect(chances()).toEqual([null, 0.3, null]);
    const [row] = crm.query(
        `SELECT ModelKey__c, CloseLikelyDate__c FROM DealHealth__c WHERE ExternalKey__c = '${recordId('006', 2)}'`
    );
    expect(row).toMatchObject({ ModelKey__c: 'Win:2026-01-02' });
    expect(String(row!.CloseLikelyDate__c) > dayAgo(0)).toBe(true);
    crm.update('Opportunity', { Id: recordId('006', 2), Description: 'Nothing that matters here' });
    expect((await crm.run()).counts).toMatchObject({ written: 0, computed: 1 });
});

test('a deal that is closed has no chance any more', async () => {
    await crm.run();
    await keep(modelsByStage());
    move(1, OPEN_STAGES[3]!);
    await crm.run();
    expect(chances()).toEqual([0.4, null, null]);
    move(1, 'Closed Lost');
    await crm.run();
    expect(chances()).toEqual([null, null, null]);
});

test('what the models have not met is told by its code; models of another engine, or none, score nothing', async () => {
    await crm.run();
    await keep(modelsByStage());
    crm.insert('Task', {
        WhatId: recordId('006', 3),
        Subject: 'Visit',
        TaskSubtype: 'Email',
        Status: 'Completed',
        ActivityDate: dayAgo(1)
    });
    const run = await crm.run();
    expect(run.warnings).toContainEqual(expect.objectContaining({ code: 'DEAL_NOT_RESCORED', count: 1 }));
    for (const clear of [() => keep(modelsByStage(), 'another'), () => keep(null)]) {
        await clear();
        move(1, OPEN_STAGES[1]!);
        expect((await crm.run()).errors).toEqual([]);
        move(1, OPEN_STAGES[2]!);
    }
    expect(chances()).toEqual([null, null, null]);
});
