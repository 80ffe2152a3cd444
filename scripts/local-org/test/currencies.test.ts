// The currency of an org, and orgs with several: what records are saved with, who converts, what Apex is told.
import { afterEach, describe, expect, test } from '@jest/globals';
import { createOrg } from '../create-org.ts';
import type { CallContext } from '../org.ts';
import { deployZip, objectXml } from './support/deploy-zip.ts';
import { deploy } from '../metadata/deploy.ts';
import { ADMIN, startTestOrg, type TestOrg } from './support/test-org.ts';

let local: TestOrg | undefined;
afterEach(async () => {
    await local?.stop();
    local = undefined;
});

const DEAL = { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2026-12-31', Amount: 100 };

async function startWithEuros(): Promise<TestOrg> {
    local = await startTestOrg({
        currency: 'GBP',
        currencyRates: { EUR: 1.25 },
        features: ['multiCurrency']
    });
    return local;
}

function saved({ org }: TestOrg, objectName: string, row: Record<string, string | number>): string {
    const ctx: CallContext = { user: org.users.byUsername(ADMIN)!, mode: 'user' };
    const [result] = org.records.insert(ctx, objectName, [row], { allOrNone: false });
    return result!.id ?? result!.errors[0]!.statusCode;
}

/** What anonymous Apex writes into its log. */
async function apexCurrency({ org, url }: TestOrg): Promise<string> {
    const code = 'System.debug(UserInfo.getDefaultCurrency() + UserInfo.isMultiCurrencyOrganization());';
    const envelope = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><SessionHeader><sessionId>${org.auth.issueToken(org.adminUserId)}</sessionId>
        </SessionHeader></e:Header><e:Body><executeAnonymous><apexcode>${code}</apexcode></executeAnonymous></e:Body></e:Envelope>`;
    const headers = { 'Content-Type': 'text/xml', SOAPAction: 'executeAnonymous' };
    const response = await fetch(`${url}/services/Soap/s/65.0/${org.orgId}`, {
        method: 'POST',
        headers,
        body: envelope
    });
    return response.text();
}

describe('an org with one currency', () => {
    test('tells Apex which, and has no fields for others', async () => {
        local = await startTestOrg({ currency: 'CHF' });
        expect(local.org.currency).toBe('CHF');
        expect(await apexCurrency(local)).toContain('CHFfalse');
        await expect(local.admin.query('SELECT CurrencyIsoCode FROM Opportunity')).rejects.toMatchObject({
            errorCode: 'INVALID_FIELD'
        });
    });

    test('is refused rates and what is no currency code', () => {
        expect(() => createOrg({ file: ':memory:', currencyRates: { EUR: 1 } })).toThrow(
            "add the feature 'multiCurrency'"
        );
        expect(() => createOrg({ file: ':memory:', currency: 'Euro' })).toThrow('"Euro" is no ISO code');
    });
});

describe('an org with several currencies', () => {
    test('gives records the currency of their user, or the one they name', async () => {
        const { admin, org } = await startWithEuros();
        saved(local!, 'Opportunity', DEAL);
        org.db
            .prepare(`UPDATE "User" SET "DefaultCurrencyIsoCode" = 'EUR' WHERE "Id" = ?`)
            .run(org.adminUserId);
        saved(local!, 'Opportunity', { ...DEAL, Name: 'Euros' });
        saved(local!, 'Opportunity', { ...DEAL, Name: 'Named', CurrencyIsoCode: 'gbp' });
        const { records } = await admin.query('SELECT Name, CurrencyIsoCode FROM Opportunity ORDER BY Name');
        expect(records.map((one) => [one['Name'], one['CurrencyIsoCode']])).toEqual([
            ['Deal', 'GBP'],
            ['Euros', 'EUR'],
            ['Named', 'GBP']
        ]);
        expect(saved(local!, 'Opportunity', { ...DEAL, CurrencyIsoCode: 'XXX' })).toBe(
            'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'
        );
        expect(await apexCurrency(local!)).toContain('EURtrue');
    });

    test('converts by the rates of CurrencyType', async () => {
        const { admin } = await startWithEuros();
        saved(local!, 'Opportunity', { ...DEAL, CurrencyIsoCode: 'EUR' });
        const { records } = await admin.query('SELECT Amount, convertCurrency(Amount) own FROM Opportunity');
        expect(records[0]).toMatchObject({ Amount: 100, own: 80 });
        const types = await admin.query(
            'SELECT IsoCode, ConversionRate, IsCorporate FROM CurrencyType ORDER BY IsoCode'
        );
        expect(types.records).toMatchObject([
            { IsoCode: 'EUR', ConversionRate: 1.25, IsCorporate: false },
            { IsoCode: 'GBP', ConversionRate: 1, IsCorporate: true }
        ]);
    });

    test('has a currency in the history of a deal, in loaded rows and in custom objects', async () => {
        const { org, admin } = await startWithEuros();
        const id = saved(local!, 'Opportunity', { ...DEAL, CurrencyIsoCode: 'EUR' });
        org.load('Opportunity', [{ ...DEAL, Name: 'Loaded' }]);
        const zip = deployZip(
            { CustomObject: ['Parcel__c'] },
            { 'objects/Parcel__c.object': objectXml('Parcel') }
        );
        expect(deploy(org, zip, {}, org.adminUserId).errors).toEqual([]);
        saved(local!, 'Parcel__c', {});
        const codeOf = async (soql: string): Promise<unknown> =>
            (await admin.query(soql)).records[0]!['CurrencyIsoCode'];
        expect(
            await codeOf(`SELECT CurrencyIsoCode FROM OpportunityHistory WHERE OpportunityId = '${id}'`)
        ).toBe('EUR');
        expect(await codeOf("SELECT CurrencyIsoCode FROM Opportunity WHERE Name = 'Loaded'")).toBe('GBP');
        expect(await codeOf('SELECT CurrencyIsoCode FROM Parcel__c')).toBe('GBP');
    });

    test('refuses to convert where rates are dated', async () => {
        local = await startTestOrg({ features: ['multiCurrency', 'datedConversionRates'] });
        await expect(
            local.admin.query('SELECT convertCurrency(Amount) FROM Opportunity')
        ).rejects.toMatchObject({
            errorCode: 'LOCAL_ORG_NOT_SUPPORTED'
        });
        expect((await local.admin.query('SELECT IsoCode FROM DatedConversionRate')).totalSize).toBe(0);
    });
});

test('fiscal years hold their quarters and months', async () => {
    local = await startTestOrg({ fiscalYearStartMonth: 4, clock: () => new Date('2026-11-21T10:00:00Z') });
    const soql = `SELECT Name, StartDate, YearType, (SELECT Type, Number FROM Periods WHERE Type = 'Quarter' ORDER BY Number)
                  FROM FiscalYearSettings WHERE Name = 'FY 2027'`;
    const { records } = await local.admin.query(soql);
    expect(records[0]).toMatchObject({
        StartDate: '2026-04-01',
        YearType: 'Standard',
        Periods: { totalSize: 4 }
    });
});
