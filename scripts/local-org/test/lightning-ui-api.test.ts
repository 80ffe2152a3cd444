// The UI API and the other data behind the Lightning page, over HTTP, as one rep or the other.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { OTHER_REP, REP, startLightningOrg, type LightningOrg } from './support/lightning-org.ts';

const FIXTURE = fileURLToPath(new URL('fixtures/lightning', import.meta.url));
const ADMIN = 'admin@local.org';
let org: LightningOrg;

beforeAll(async () => {
    org = await startLightningOrg([FIXTURE]);
});
afterAll(() => org.close());

async function call(
    path: string,
    { as, method = 'GET', body }: { as?: string; method?: string; body?: unknown } = {}
) {
    const response = await fetch(org.url + path, {
        method,
        headers: {
            ...(as ? { authorization: `Bearer ${org.tokenOf(as)}` } : {}),
            ...(body ? { 'content-type': 'application/json' } : {})
        },
        ...(body ? { body: JSON.stringify(body) } : {})
    });
    const text = await response.text();
    return { status: response.status, json: text ? JSON.parse(text) : null };
}

const record = (id: string, fields: string): string =>
    `/services/data/v65.0/ui-api/records/${id}?fields=${fields}`;

describe('a record through the UI API', () => {
    test('has values with the words people read, and parents as records', async () => {
        const fields = ['Name', 'Amount', 'CloseDate', 'StageName', 'Owner.Name', 'Account.Owner.Name'];
        const { json } = await call(
            record(org.ids.deal, fields.map((name) => `Opportunity.${name}`).join()),
            { as: REP }
        );
        expect(json).toMatchObject({
            apiName: 'Opportunity',
            id: org.ids.deal,
            fields: {
                Name: { value: 'Harbor Pension: custody', displayValue: null },
                Amount: { value: 480000, displayValue: '$480,000.00' },
                CloseDate: { value: '2026-12-15', displayValue: '12/15/2026' },
                StageName: { value: 'Value Proposition', displayValue: 'Value Proposition' },
                Owner: {
                    displayValue: 'Mara Novak',
                    value: { apiName: 'User', fields: { Name: { value: 'Mara Novak' } } }
                },
                Account: {
                    value: { fields: { Owner: { value: { fields: { Name: { value: 'Mara Novak' } } } } } }
                }
            }
        });
    });

    test('shows times in the zone of the reader', async () => {
        const { json } = await call(record(org.ids.deal, 'Opportunity.CreatedDate'), { as: REP });
        expect(json.fields.CreatedDate).toEqual({
            value: '2026-11-20T10:00:00.000+0000',
            displayValue: '11/20/2026, 5:00 AM'
        });
    });

    test("of another rep's private deal is not found", async () => {
        const { status, json } = await call(record(org.ids.otherDeal, 'Opportunity.Name'), { as: REP });
        expect(status).toBe(404);
        expect(json[0].errorCode).toBe('NOT_FOUND');
        expect((await call(record(org.ids.otherDeal, 'Opportunity.Name'), { as: OTHER_REP })).status).toBe(
            200
        );
    });

    test('refuses an unknown field but leaves out an unknown optional one', async () => {
        const refused = await call(record(org.ids.deal, 'Opportunity.Nope__c'), { as: REP });
        expect(refused).toMatchObject({ status: 400, json: [{ errorCode: 'INVALID_FIELD' }] });
        const path = `${record(org.ids.deal, 'Opportunity.Name')}&optionalFields=Opportunity.Nope__c,Opportunity.NextStep`;
        expect(Object.keys((await call(path, { as: REP })).json.fields)).toEqual(['Name', 'NextStep']);
    });

    test('refuses fields that are not named after the object, and ids that are none', async () => {
        const other = await call(record(org.ids.deal, 'Account.Name'), { as: REP });
        expect(other).toMatchObject({ status: 400, json: [{ errorCode: 'INVALID_FIELD' }] });
        expect((await call(record("006' OR Id != ''", 'Opportunity.Name'), { as: REP })).status).toBe(404);
        const injected = await call(record(org.ids.deal, 'Opportunity.Name%20FROM%20User'), { as: REP });
        expect(injected).toMatchObject({ status: 400, json: [{ errorCode: 'INVALID_FIELD' }] });
    });

    test('is created, changed and deleted as the caller', async () => {
        const root = '/services/data/v65.0/ui-api/records';
        const fields = { Name: 'New deal', StageName: 'Prospecting', CloseDate: '2026-12-31' };
        const created = await call(root, {
            as: REP,
            method: 'POST',
            body: { apiName: 'Opportunity', fields }
        });
        expect(created).toMatchObject({ status: 201, json: { fields: { Name: { value: 'New deal' } } } });
        const path = `${root}/${created.json.id}`;
        const changed = await call(path, {
            as: REP,
            method: 'PATCH',
            body: { fields: { Name: 'Better name' } }
        });
        expect(changed.json.fields.Name.value).toBe('Better name');
        const foreign = await call(path, {
            as: OTHER_REP,
            method: 'PATCH',
            body: { fields: { Name: 'Mine' } }
        });
        expect(foreign.status).toBe(400);
        expect((await call(path, { as: REP, method: 'DELETE' })).status).toBe(204);
        expect((await call(`${path}?fields=Opportunity.Name`, { as: REP })).status).toBe(404);
    });
});

describe('object information', () => {
    test('names fields, types and children the caller may see', async () => {
        const { json } = await call('/services/data/v65.0/ui-api/object-info/Opportunity', { as: REP });
        expect(json).toMatchObject({ apiName: 'Opportunity', nameFields: ['Name'], keyPrefix: '006' });
        expect(json.fields.Amount).toMatchObject({ dataType: 'Currency', label: 'Amount' });
        expect(json.childRelationships).toContainEqual(
            expect.objectContaining({
                childObjectApiName: 'Task',
                fieldName: 'WhatId',
                relationshipName: 'Tasks'
            })
        );
    });

    test('carries the deployed layout and list view of a custom object', async () => {
        const path = '/services/data/v65.0/ui-api/object-info/Parcel__c';
        const { json } = await call(path, { as: ADMIN });
        expect(json.localOrgLayout).toEqual({
            details: [['Name', 'Weight__c'], ['OwnerId']],
            columns: ['Name', 'Weight__c', 'OwnerId', 'CreatedDate']
        });
        expect((await call(path, { as: REP })).status).toBe(404);
    });

    test('of an unknown object is not found', async () => {
        expect((await call('/services/data/v65.0/ui-api/object-info/Nope__c', { as: REP })).status).toBe(404);
    });
});

describe('without a session', () => {
    test.each([
        ['GET', '/lightning/shell-data'],
        ['POST', '/lightning/apex'],
        ['GET', '/services/data/v65.0/ui-api/object-info/Opportunity'],
        ['GET', '/services/data/v65.0/ui-api/records/006000000000001AAA?fields=Opportunity.Name']
    ])('%s %s is refused', async (method, path) => {
        const body = method === 'POST' ? { className: 'GreetingController', method: 'greet' } : undefined;
        const { status, json } = await call(path, { method, body });
        expect(status).toBe(401);
        expect(json[0].errorCode).toBe('INVALID_SESSION_ID');
    });
});

describe('what the shell shows', () => {
    test('an administrator has the app with its tabs, pages with typed properties, and its utility bar', async () => {
        const { json } = await call('/lightning/shell-data', { as: ADMIN });
        const app = json.apps.find(({ name }: { name: string }) => name === 'Greeter');
        expect(app.navigation.map(({ url }: { url: string }) => url)).toEqual([
            '/lightning/page/home',
            '/lightning/n/Greetings',
            '/lightning/o/Opportunity/list'
        ]);
        expect(app.recordPages).toEqual({ Opportunity: 'GreetingRecord' });
        expect(app.utilityItems[0]).toMatchObject({ label: 'Quick greeting', icon: 'smiley_and_people' });
        expect(json.pages.GreetingRecord.regions.sidebar[0].properties).toEqual({ times: 7 });
        expect(json.pages.Greetings.regions.main[0].properties).toEqual({ times: 3 });
    });

    test('a rep without a permission set sees neither app nor tab', async () => {
        const { json } = await call('/lightning/shell-data', { as: REP });
        expect(json.apps.map(({ name }: { name: string }) => name)).toEqual(['standard__Sales']);
        expect(json.tabs).toEqual({});
    });
});

describe('Apex from the page', () => {
    const run = (as: string, method: string, params: Record<string, unknown>) =>
        call('/lightning/apex', {
            as,
            method: 'POST',
            body: { className: 'GreetingController', method, params }
        });

    test('answers with its return value', async () => {
        const { json } = await run(ADMIN, 'greet', { recordId: org.ids.deal, tone: 'warm' });
        expect(json).toEqual({ returnValue: { text: 'Hello warm' } });
    });

    test('answers null when it returns nothing', async () => {
        const { json } = await run(ADMIN, 'change', { recordId: org.ids.otherDeal, text: 'Good day' });
        expect(json).toEqual({ returnValue: null });
    });

    test('fails with the body a component expects', async () => {
        const { status, json } = await run(ADMIN, 'change', { text: 'fail' });
        expect(status).toBe(500);
        expect(json).toMatchObject({
            message: 'No greeting today',
            exceptionType: 'System.AuraHandledException',
            isUserDefinedException: false
        });
    });

    test('is refused to a user without the class', async () => {
        const { status, json } = await run(REP, 'greet', { recordId: org.ids.deal, tone: 'warm' });
        expect(status).toBe(403);
        expect(json.message).toContain("do not have access to the Apex class named 'GreetingController'");
    });
});

describe('static files', () => {
    test('the design system and the base components are served, nothing beside them', async () => {
        const css = await fetch(`${org.url}/assets/styles/salesforce-lightning-design-system.min.css`);
        expect(css.headers.get('content-type')).toContain('text/css');
        const html = await (await fetch(`${org.url}/lightning/page/home`)).text();
        const lwc = /"lwc":"([^"]+)"/.exec(html)?.[1];
        expect((await fetch(org.url + lwc)).headers.get('cache-control')).toContain('immutable');
        for (const path of [
            '/assets/..%2fpackage.json',
            '/assets/%2e%2e/package.json',
            `${lwc}/../../../../package.json`
        ]) {
            expect((await fetch(org.url + path)).status).toBe(404);
        }
    });

    test('a user name cannot end the script that carries it', async () => {
        org.org.db
            .prepare('UPDATE "User" SET "Title" = ? WHERE "Username" = ?')
            .run('</script><img>', OTHER_REP);
        const html = await (await fetch(`${org.url}/lightning/page/home`)).text();
        expect(html).not.toContain('</script><img>');
        expect(html).toContain('\\u003c/script>\\u003cimg>');
    });
});
