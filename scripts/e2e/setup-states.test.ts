// The setup page in a real browser, from nothing to connected and through what may go wrong: a service of its own with an
// operator, a local org, and the key on its way by hand. With STATE_PICTURES=<folder> each state is kept as a picture.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { pino } from 'pino';
import type { Browser, Locator, Page } from 'playwright-core';
import { createService, type Service } from '../../service/src/service.ts';
import { CLIENT_ID, CLIENT_SECRET } from '../../service/test/support/org-constants.ts';
import { connectedOrg, type ConnectedOrg } from '../../service/test/support/local-org.ts';
import { OPERATOR_KEY, OTHER_ORG_ID, sha256 } from '../../service/test/support/test-app.ts';
import { launchBrowser } from '../local-org/lightning/test-browser.ts';
import { expectPageAccessible } from './expect-accessible.ts';

let org: ConnectedOrg;
let service: Service;
let serviceUrl: string;
let operatorUrl: string;
let browser: Browser;
let page: Page;

beforeAll(async () => {
    org = await connectedOrg();
    const config = {
        ...org.config,
        stateFile: ':memory:',
        tenants: [],
        operatorKeySha256: sha256(OPERATOR_KEY),
        secretKeys: [{ id: 'test', bytes: randomBytes(32) }]
    };
    service = await createService(config, pino({ level: 'silent' }));
    serviceUrl = await service.app.listen({ host: '127.0.0.1', port: 0 });
    operatorUrl = await service.operatorApp!.listen({ host: '127.0.0.1', port: 0 });
    for (const name of ['SpmAdmin', 'SpmCallout', 'SpmUserCredentials']) {
        const [set] = org.query(`SELECT Id FROM PermissionSet WHERE Name = '${name}'`);
        org.insert('PermissionSetAssignment', {
            AssigneeId: org.org.adminUserId,
            PermissionSetId: String(set!['Id'])
        });
    }
    browser = await launchBrowser();
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 1000 } });
    const { username } = org.org.users.context(org.org.adminUserId);
    await context.request.post(`${org.url}/local-org/session`, { data: { username } });
    page = await context.newPage();
    await page.goto(`${org.url}/lightning/n/SpmSetup`);
});

afterAll(async () => {
    await browser?.close();
    await service?.close();
    await org?.close();
});

/** As the operator of the service does. */
async function operate(method: string, path: string, body?: object): Promise<Record<string, string>> {
    const answer = await fetch(`${operatorUrl}/v1/tenants${path}`, {
        method,
        headers: {
            authorization: `Bearer ${OPERATOR_KEY}`,
            ...(body && { 'content-type': 'application/json' })
        },
        ...(body && { body: JSON.stringify(body) })
    });
    expect(answer.ok).toBe(true);
    return (await answer.json()) as Record<string, string>;
}

const register = (orgId: string): Promise<Record<string, string>> =>
    operate('POST', '', {
        orgId,
        myDomain: org.url,
        namespace: '',
        clientId: CLIENT_ID,
        clientSecret: CLIENT_SECRET
    });

/** As the admin does in Setup, Named Credentials. */
async function enterKey(key: string, username = org.org.orgId): Promise<void> {
    const body = JSON.stringify({ url: serviceUrl, username, password: key });
    const answer = await fetch(`${org.url}/local-org/credentials/SpmService`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body
    });
    expect(answer.ok).toBe(true);
}

const setup = (): Locator => page.locator('c-plumbline-setup');
const line = (check: string): Locator => setup().locator(`[data-check=${check}]`);
const press = (name: string): Promise<void> => setup().getByRole('button', { name, exact: true }).click();
const summary = (words: string): Promise<void> =>
    setup().locator('[data-id=summary]').getByText(words).waitFor();

async function checkAgain(words: string): Promise<void> {
    await press('Check again');
    await summary(words);
}

/** One line is missing, says these words, and the page can be read by everybody. */
async function expectMissing(check: string, words: string[], name: string): Promise<void> {
    // What was checked before may have been missing something, too.
    await setup()
        .locator(`[data-check=${check}][data-outcome=failed]`)
        .filter({ hasText: words[0]! })
        .waitFor();
    const text = await line(check).innerText();
    for (const part of ['Missing', ...words]) expect(text).toContain(part);
    await expectReadable(name);
}

const expectReadable = (name: string): Promise<void> => expectPageAccessible(page, `setup-${name}`);

test('an org nobody has connected says how to enter the key', async () => {
    await summary('Not ready');
    await expectMissing('keyOk', ['No key is entered', 'Code: NOT_CONNECTED'], 'not-connected');
    expect(await setup().locator('[data-id=steps]').innerText()).toContain(
        `for the key of org ${org.org.orgId}`
    );
    expect(await line('signIn').getAttribute('data-outcome')).toBe('unknown');
});

test('with the key the operator gave both directions are green, with what the service found', async () => {
    const { key } = await register(org.org.orgId);
    await enterKey(key!);
    org.insert('Run__c', {
        ExternalKey__c: 'run-1',
        Kind__c: 'Pipeline',
        Status__c: 'Succeeded',
        RequestedAt__c: new Date().toISOString(),
        WrittenCount__c: 12
    });
    await checkAgain('both directions work');
    const outcomes = await setup()
        .locator('[data-outcome]')
        .evaluateAll((lines) => lines.map((one) => one.getAttribute('data-outcome')));
    expect(outcomes).toEqual(Array(12).fill('ok'));
    expect(await setup().locator('[data-usage=api]').innerText()).toMatch(/[\d,]+ of 100,000/);
    expect(await setup().locator('[data-fact=myDomain]').innerText()).toBe(org.url);
    expect(await setup().locator('[data-table=volumes]').innerText()).toContain('User');
    expect(await setup().locator('[data-id=runs]').innerText()).toMatch(/Pipeline\s+Succeeded/);
    await expectReadable('connected');
});

test('a key is rotated without a gap, and the old one ends', async () => {
    await press('Make a new key');
    const key = await setup().locator('[data-id=new-key] input').inputValue();
    expect(key).toMatch(/^plk_/);
    await expectReadable('new-key');
    await enterKey(key);
    await press('I have entered it: check again');
    await summary('both directions work');
    await setup()
        .getByRole('button', { name: /^End key/ })
        .click();
    await setup()
        .getByText(/^Key \w+ was ended\.$/)
        .waitFor({ state: 'attached' });
    const { keys } = (await operate('GET', `/${org.org.orgId}`)) as unknown as { keys: object[] };
    expect(keys).toEqual([{ fingerprint: sha256(key).slice(0, 16), createdAt: expect.any(String) }]);
});

test('a permission set that was taken away is named, with whom to give it', async () => {
    const [row] = org.query(
        "SELECT Id, AssigneeId, PermissionSetId FROM PermissionSetAssignment WHERE PermissionSet.Name = 'SpmIntegration'"
    );
    org.remove(String(row!['Id']));
    await checkAgain('Not ready');
    await expectMissing('writes', ['cannot save', 'Assign SpmIntegration to the Run As user.'], 'no-writes');
    org.insert('PermissionSetAssignment', {
        AssigneeId: String(row!['AssigneeId']),
        PermissionSetId: String(row!['PermissionSetId'])
    });
});

test('a renamed My Domain is found, with what to have registered', async () => {
    org.org.address = 'https://renamed.my.salesforce.com';
    await checkAgain('Not ready');
    await expectMissing('myDomain', ['register https://renamed.my.salesforce.com'], 'renamed');
    org.org.address = org.url;
});

test('a copy that brought along the key of another org is told so', async () => {
    const { key } = await register(OTHER_ORG_ID);
    await enterKey(key!, OTHER_ORG_ID);
    await checkAgain('Not ready');
    await expectMissing('own', ['This org is a copy', `for org ${org.org.orgId}`], 'copy');
});

test('an org that is suspended says whom to ask, and a disconnected one how to come back', async () => {
    const { key } = await operate('POST', `/${org.org.orgId}/keys`);
    await enterKey(key!);
    await operate('POST', `/${org.org.orgId}/suspend`);
    await checkAgain('Not ready');
    await expectMissing('works', ['has suspended this org'], 'suspended');
    await operate('POST', `/${org.org.orgId}/resume`);
    await checkAgain('both directions work');
    await press('Disconnect');
    await expectReadable('disconnect');
    // The question has the focus on its harmless answer.
    await page.keyboard.press('Enter');
    await press('Disconnect');
    await press('Yes, disconnect');
    await summary('Not ready');
    await expectMissing('works', ['register it again'], 'disconnected');
});

test('a service that does not run is told from a key that is wrong', async () => {
    await enterKey('mistyped');
    await checkAgain('Not ready');
    await expectMissing('keyOk', ['does not know this key'], 'wrong-key');
    await service.close();
    await press('Check again');
    await line('reach').getByText('Missing').waitFor();
    await expectMissing('reach', ['See that the service runs', 'Code: UNREACHABLE'], 'unreachable');
});

test('somebody without the administrator set is not offered the page', async () => {
    const [profile] = org.query("SELECT Id FROM Profile WHERE Name = 'Standard User'");
    const username = 'rep@plumbline.test';
    org.insert('User', {
        Username: username,
        LastName: 'Rep',
        Alias: 'rep',
        Email: username,
        ProfileId: String(profile!['Id']),
        TimeZoneSidKey: 'Europe/London',
        LocaleSidKey: 'en_GB',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8'
    });
    const context = await browser.newContext();
    await context.request.post(`${org.url}/local-org/session`, { data: { username } });
    const other = await context.newPage();
    await other.goto(`${org.url}/lightning/n/SpmSetup`);
    await other.getByText('ask your administrator whether you have access to this page').waitFor();
    expect(await other.locator('c-plumbline-setup').count()).toBe(0);
});
