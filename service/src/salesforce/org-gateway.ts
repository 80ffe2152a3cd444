// Everything a run does with one org, behind the port of the use case. Clients and describes are kept between runs of
// the same org (a fresh token for every run would be a waste); the budget and the counts are per run.
import type { OpenGateway, OrgGateway } from '../usecases/ports/org.ts';
import type { PayGateway } from '../usecases/ports/pay.ts';
import type { RunRecord } from '../usecases/ports/runs.ts';
import type { SimulationGateway } from '../usecases/ports/simulations.ts';
import type { OrgAccess } from '../tenants.ts';
import { OrgClient } from './connect.ts';
import type { ClientOptions } from './connect.ts';
import { DataRequestsInOrg } from './data-requests.ts';
import { codeOf } from './errors.ts';
import { runRow } from './map-run.ts';
import { ObjectFields } from './object-fields.ts';
import { PIPELINE_OBJECTS } from './pipeline-objects.ts';
import { readChangedDeals } from './read-changed-deals.ts';
import { readChanges, watermarkAt } from './read-changes.ts';
import type { DeltaTimes } from './read-changes.ts';
import { PayReading } from './read-pay.ts';
import { PeopleReader } from './read-people.ts';
import { QuarterReader } from './read-quarters.ts';
import { PipelineReading } from './read-pipeline.ts';
import { ReferenceReading } from './read-reference.ts';
import { purgeOldRows, readResultRows } from './result-rows.ts';
import { saveResults } from './save-results.ts';
import { SimulationReading } from './read-simulation.ts';
import { SuggestionReader } from './read-suggestions.ts';
import { PayWriting } from './write-pay.ts';
import { savePeople } from './write-people.ts';
import { saveQuarters } from './write-quarters.ts';
import { savePayeeResults } from './write-payee-results.ts';
import { saveSuggestions } from './write-suggestions.ts';
import { purgeSimulations, saveSimulation } from './write-simulation.ts';
import { upsertRows } from './write-rows.ts';

interface KeptOrg {
    client: OrgClient;
    fields: ObjectFields;
    reference: ReferenceReading;
}

export interface Orgs {
    open: OpenGateway;
    client(orgId: string): Promise<OrgClient>;
}

/** How to sign in to an org now. Throws when it may not be worked for. */
export type AccessOf = (orgId: string) => Promise<OrgAccess>;

export function createOrgs(accessOf: AccessOf, times: DeltaTimes, options: ClientOptions = {}): Orgs {
    const byId = new Map<string, KeptOrg>();
    const keptOrg = async (orgId: string): Promise<KeptOrg> => {
        const access = await accessOf(orgId);
        const kept = byId.get(orgId);
        if (kept && isSameAccess(kept.client.tenant, access)) return kept;
        const opened = keep(access, options);
        byId.set(orgId, opened);
        return opened;
    };
    return {
        client: async (orgId) => (await keptOrg(orgId)).client,
        open: async (orgId, isUrgent, checkStop) => {
            const kept = await keptOrg(orgId);
            kept.client.isUrgent = isUrgent;
            return gatewayOf(kept, times, checkStop);
        }
    };
}

/** Budget and token belong to the org as it is registered; a new key of the org is none of their business. */
function isSameAccess(kept: OrgAccess, now: OrgAccess): boolean {
    const parts = ['myDomain', 'namespace', 'clientId', 'clientSecret'] as const;
    return parts.every((part) => kept[part] === now[part]);
}

function keep(tenant: OrgAccess, options: ClientOptions): KeptOrg {
    const client = new OrgClient(tenant, options);
    const fields = new ObjectFields(client);
    return { client, fields, reference: new ReferenceReading(client, fields) };
}

function gatewayOf(
    { client, fields, reference }: KeptOrg,
    times: DeltaTimes,
    checkStop: () => void
): OrgGateway {
    const before = client.apiCalls;
    const reading = new PipelineReading(client, fields, { checkStop });
    return {
        get apiCalls() {
            return client.apiCalls - before;
        },
        pay: payGatewayOf(client, fields, checkStop),
        simulations: simulationGatewayOf(client, fields, checkStop),
        quarters: {
            read: (known, note, onProgress) =>
                withFreshFields(fields, () =>
                    new QuarterReader(client, fields, checkStop).read(known, note, onProgress)
                ),
            readChanged: (ids, known, renamedStages, note) =>
                withFreshFields(fields, () =>
                    readChangedDeals(client, fields, ids, known, renamedStages, note)
                ),
            save: (batch) => saveQuarters(client, batch)
        },
        people: {
            read: (known, note, onProgress) =>
                withFreshFields(fields, () =>
                    new PeopleReader(client, fields, checkStop).read(known, note, onProgress)
                ),
            save: (batch) => savePeople(client, batch)
        },
        suggestions: {
            read: (ids, known, note) =>
                withFreshFields(fields, () => new SuggestionReader(client, fields).read(ids, known, note)),
            save: (batch) => saveSuggestions(client, batch)
        },
        dataRequests: new DataRequestsInOrg(client, fields),
        reference: (note) => withFreshFields(fields, () => reference.read(note)),
        readEverything: (features, note, onProgress) => {
            // A full run looks again at what may be read.
            fields.forget();
            return reading.everything(features, note, onProgress);
        },
        readDeals: (ids, features, note) => withFreshFields(fields, () => reading.deals(ids, features, note)),
        readChanges: (watermarks) =>
            withFreshFields(fields, () => readChanges(client, fields, watermarks, times)),
        watermarksAt: (nowMs) => {
            const moment = watermarkAt(nowMs, times);
            return Object.fromEntries(PIPELINE_OBJECTS.map(({ object }) => [object, moment]));
        },
        readResultRows: (runKey) => readResultRows(client, runKey),
        saveResults: (batch) => saveResults(client, batch),
        saveRun: async (run) => {
            const [refused] = await saveRuns(client, [run]);
            if (refused) throw Object.assign(new Error('The run row could not be saved.'), refused);
        },
        saveRuns: (runs) => saveRuns(client, runs),
        purge: async (today, note) => {
            await purgeSimulations(client, today, note);
            return purgeOldRows(client, today, note);
        }
    };
}

function payGatewayOf(client: OrgClient, fields: ObjectFields, checkStop: () => void): PayGateway {
    const reading = new PayReading(client, fields, checkStop);
    const writing = new PayWriting(client);
    return {
        read: (periodKey) => withFreshFields(fields, () => reading.read(periodKey)),
        period: (periodKey) => reading.period(periodKey),
        save: (batch) => writing.save(batch),
        calculations: (periodKey, withoutRunKey) => writing.calculations(periodKey, withoutRunKey),
        savePayeeResults: (batch) => savePayeeResults(client, batch),
        saveCalculation: (calculation) => writing.saveCalculation(calculation),
        markCalculated: (period, dataAsOf) => writing.markCalculated(period, dataAsOf),
        publish: (period, options) => writing.publish(period, options)
    };
}

function simulationGatewayOf(
    client: OrgClient,
    fields: ObjectFields,
    checkStop: () => void
): SimulationGateway {
    const reading = new SimulationReading(client, new PayReading(client, fields, checkStop), checkStop);
    return {
        read: (ask) => withFreshFields(fields, () => reading.read(ask)),
        save: (kept, options) => saveSimulation(client, kept, options)
    };
}

/** A field that has disappeared since the last describe makes a query fail: describe again, once. */
async function withFreshFields<T>(fields: ObjectFields, work: () => Promise<T>): Promise<T> {
    try {
        return await work();
    } catch (error) {
        if (codeOf(error) !== 'INVALID_FIELD') throw error;
        fields.forget();
        return work();
    }
}

/** A user who asked and is not known to the org (a copy, a deleted user) must not cost the run its row. */
async function saveRuns(
    client: OrgClient,
    runs: readonly RunRecord[]
): Promise<{ runKey: string; code: string }[]> {
    const results = await upsertRows(client, 'Run__c', runs.map(runRow));
    const refused = runs.filter((_run, at) => !results[at]!.ok);
    if (refused.length === 0) return [];
    const withoutUser = refused.map((run) => ({ ...runRow(run), RequestedBy__c: null }));
    const again = await upsertRows(client, 'Run__c', withoutUser);
    return refused.flatMap(({ runKey }, at) => {
        const result = again[at]!;
        return result.ok ? [] : [{ runKey, code: result.code }];
    });
}
