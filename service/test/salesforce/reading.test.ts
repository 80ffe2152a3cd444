// Reading from the local org: REST and Bulk tell the same, fields that cannot be read degrade, deltas find what changed.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { orgTimeZone } from '../../src/domain/org-time-zone.ts';
import { FactsReader } from '../../src/domain/pipeline/facts.ts';
import { PipelineFeatures } from '../../src/domain/pipeline/features.ts';
import type { OrgClient } from '../../src/salesforce/connect.ts';
import { codeOf } from '../../src/salesforce/errors.ts';
import { ObjectFields } from '../../src/salesforce/object-fields.ts';
import { readList, readRows } from '../../src/salesforce/query.ts';
import { readChanges } from '../../src/salesforce/read-changes.ts';
import { PipelineReading } from '../../src/salesforce/read-pipeline.ts';
import { ReferenceReading } from '../../src/salesforce/read-reference.ts';
import { NoteBook } from '../../src/usecases/run-notes.ts';
import { connectedOrg } from '../support/local-org.ts';
import type { ConnectedOrg } from '../support/local-org.ts';
import {
    MANAGER,
    OPEN_STAGES,
    REP,
    dayAgo,
    loadDeal,
    loadTeam,
    momentAgo,
    recordId
} from '../support/small-team.ts';

const DEALS = 60;
let crm: ConnectedOrg;
let client: OrgClient;
beforeAll(async () => {
    crm = await connectedOrg();
    client = crm.client();
    loadTeam(crm.org);
    for (let deal = 1; deal <= DEALS; deal += 1) {
        loadDeal(crm.org, deal, {
            name: `Deal "${deal}", with\nlines 😀`,
            stage: OPEN_STAGES[deal % OPEN_STAGES.length],
            closesIn: (deal % 30) - 10,
            ageDays: 10 + deal,
            amount: deal % 7 === 0 ? null : deal === 11 ? 1e15 : deal * 1000.5,
            type: deal % 2 === 0 ? 'New Business' : null,
            calls: [1 + (deal % 9), 1 + (deal % 25)],
            pushes: deal % 3 === 0 ? [8, 4] : [],
            isWon: deal % 10 === 0
        });
    }
    crm.org.db.prepare('UPDATE "Task" SET "IsArchived" = 1 WHERE "CreatedDate" < ?').run(momentAgo(12));
});
afterAll(() => crm.close());

function newFeatures(): PipelineFeatures {
    return new PipelineFeatures({
        asOf: Math.floor(Date.now() / 86_400_000),
        timeZone: orgTimeZone('Europe/London'),
        fiscalQuarters: [],
        stages: OPEN_STAGES.map((name, index) => ({ name, sortOrder: index, isClosed: false, isWon: false })),
        activityCoverage: 'Full',
        hasNextStepField: true
    });
}

function factsOf(features: PipelineFeatures) {
    const reader = new FactsReader(features);
    const facts = [...reader.openDeals()].map((deal) => {
        const { evidence, ...rest } = reader.factsOf(deal);
        const { activity, push, stage, contact } = evidence;
        return { ...rest, activity, push, stage, contact };
    });
    return facts.sort((a, b) => (a.opportunityId < b.opportunityId ? -1 : 1));
}

async function everything(bulkFrom?: number, pageRows?: number) {
    const features = newFeatures();
    const notes = new NoteBook();
    const reading = new PipelineReading(client, new ObjectFields(client), { bulkFrom, pageRows });
    const read = await reading.everything(features, notes.add, () => undefined);
    return { read, facts: factsOf(features), notes: notes.list() };
}

describe('reading everything', () => {
    test('by REST and by Bulk in pages of seven rows gives the same facts', async () => {
        const rest = await everything();
        const bulk = await everything(0, 7);
        expect(rest.facts).toHaveLength(DEALS - DEALS / 10);
        expect(bulk).toEqual(rest);
        expect(rest.notes).toEqual([
            { code: 'AMOUNT_TOO_LARGE', message: expect.stringContaining('Opportunity.Amount'), count: 1 },
            {
                code: 'AMOUNT_TOO_LARGE',
                message: expect.stringContaining('OpportunityHistory.Amount'),
                count: 2
            }
        ]);
    });

    test('sees activities that were archived', async () => {
        const { facts } = await everything();
        expect(
            facts.find(({ opportunityId }) => opportunityId === recordId('006', 24))?.activity
        ).toHaveLength(2);
    });

    test('and reading the same deals one by one gives the same facts', async () => {
        const { facts } = await everything();
        const features = newFeatures();
        const reading = new PipelineReading(client, new ObjectFields(client));
        await reading.deals(
            facts.map(({ opportunityId }) => opportunityId),
            features,
            () => undefined
        );
        expect(factsOf(features)).toEqual(facts);
    });
});

describe('more rows than one page', () => {
    test('are all read, past the 2,000 of a page', async () => {
        crm.org.load(
            'Contact',
            Array.from({ length: 4500 }, (_, index) => ({
                Id: recordId('003', 10_000 + index),
                LastName: `Person ${index}`,
                AccountId: recordId('001', 1),
                OwnerId: REP
            }))
        );
        let rows = 0;
        const query = { object: 'Contact', fields: ['Id'] };
        expect(await readRows(client, query, () => (rows += 1))).toBe(4501);
        expect(rows).toBe(4501);
    });
});

describe('a field the integration user cannot read', () => {
    const withoutField = async <T>(field: string, work: () => Promise<T>): Promise<T> => {
        const rows = crm.org.db.prepare('SELECT * FROM "FieldPermissions" WHERE "Field" = ?').all(field) as {
            Id: string;
        }[];
        expect(rows.length).toBeGreaterThan(0);
        crm.org.db.prepare('DELETE FROM "FieldPermissions" WHERE "Field" = ?').run(field);
        crm.org.schema.bumpVersion();
        try {
            return await work();
        } finally {
            for (const row of rows) {
                const names = Object.keys(row);
                const sql = `INSERT INTO "FieldPermissions" (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
                crm.org.db.prepare(sql).run(Object.values(row));
            }
            crm.org.schema.bumpVersion();
        }
    };

    test('is left out with a warning, and what depends on it is not available rather than zero', async () => {
        const { facts, notes } = await withoutField('Opportunity.Amount', () => everything());
        expect(notes.map(({ message }) => message)).toContain(
            'Opportunity.Amount cannot be read: amounts are not judged (R8).'
        );
        expect(facts.every(({ amountMinor }) => amountMinor === null)).toBe(true);
    });
});

describe('what changed', () => {
    const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
    const at = (seconds: number) =>
        Object.fromEntries(
            ['Opportunity', 'OpportunityHistory', 'Task', 'Event', 'OpportunityContactRole'].map((object) => [
                object,
                secondsAgo(seconds)
            ])
        );
    const times = { overlapMs: 0, safetyMs: 0 };
    const changed = async (seconds: number) => {
        const { opportunityIds } = await readChanges(client, new ObjectFields(client), at(seconds), times);
        return [...opportunityIds].sort();
    };

    test('is told by each object on its own, deleted rows included', async () => {
        const ids = [recordId('006', 1), recordId('006', 2), recordId('006', 3)];
        expect(await changed(-60)).toEqual([]);
        const task = crm.insert('Task', {
            WhatId: ids[0],
            Subject: 'Call',
            Status: 'Completed',
            ActivityDate: dayAgo(0)
        });
        crm.update('Opportunity', { Id: ids[1], NextStep: 'Visit' });
        crm.remove(recordId('006', 3));
        const since = await changed(60);
        expect(since).toEqual(ids);
        crm.remove(task);
        expect(await changed(60)).toContain(ids[0]);
    });
});

describe('the reference', () => {
    test('has the day of the org, its people and the policy that was deployed', async () => {
        const notes = new NoteBook();
        const reference = await new ReferenceReading(client, new ObjectFields(client)).read(notes.add);
        expect(reference.timeZone.name).toBe('Europe/London');
        const quarter = reference.fiscalQuarters.find(
            ({ startOn, endOn }) => startOn <= reference.today && reference.today <= endOn
        )!;
        expect(quarter.endOn - quarter.startOn + 1).toBeGreaterThanOrEqual(90);
        expect(quarter.endOn - quarter.startOn + 1).toBeLessThanOrEqual(92);
        expect(reference.people.get(REP)).toEqual({ managerId: MANAGER, isActive: true });
        expect(new Set(reference.policies.map(({ ruleKey }) => ruleKey)).size).toBe(11);
        expect(reference.activityCoverage).toBe('Full');
        expect(reference.stages.find(({ name }) => name === 'Closed Won')).toMatchObject({
            isClosed: true,
            isWon: true
        });
        expect(notes.list()).toEqual([]);
    });
});

test('a refused query says its code, not its text', async () => {
    const refused = readList(client, { object: 'Opportunity', fields: ['NoSuchField'] });
    expect(await refused.then(() => 'no error', codeOf)).toBe('INVALID_FIELD');
});
