// Forecast runs of the real service against the local org: few deals, so that no model is in use.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { connectedOrg } from '../support/local-org.ts';
import type { ConnectedOrg } from '../support/local-org.ts';
import { COLLEAGUE, MANAGER, REP, dayAgo, loadDeal, loadTeam } from '../support/small-team.ts';

let crm: ConnectedOrg;
beforeEach(async () => {
    crm = await connectedOrg();
    loadTeam(crm.org);
    loadDeal(crm.org, 1, { closesIn: 0, amount: 1000, ageDays: 20 });
    loadDeal(crm.org, 2, { closesIn: 0, amount: 500.5, ownerId: COLLEAGUE, ageDays: 3 });
    loadDeal(crm.org, 3, { closesIn: 0, amount: 300, isWon: true, ageDays: 1 });
});
afterEach(() => crm.close());

const forecastRun = () => crm.run({ kind: 'Forecast' });
const today = () => dayAgo(0);
const snapshots = (day = today()) =>
    crm.query(
        `SELECT Rep__c, OwnerId, Scope__c, ClaimedAmount__c, WonAmount__c, OpeningAmount__c, DealCount__c FROM PipelineSnapshot__c WHERE AsOfDate__c = ${day} AND PeriodStartDate__c <= ${day} ORDER BY Rep__c, Scope__c`
    );

test('each person has the own pipeline and the manager the sum of both', async () => {
    const run = await forecastRun();
    expect(run).toMatchObject({ status: 'Succeeded', errors: [] });
    const of = (repId: string, scope: string) =>
        snapshots().find((row) => row.Rep__c === repId && row.Scope__c === scope);
    expect(of(REP, 'Own')).toMatchObject({
        OwnerId: REP,
        ClaimedAmount__c: 1000,
        WonAmount__c: 300,
        DealCount__c: 1
    });
    expect(of(COLLEAGUE, 'Own')).toMatchObject({
        OwnerId: COLLEAGUE,
        ClaimedAmount__c: 500.5,
        OpeningAmount__c: 0
    });
    expect(of(MANAGER, 'Team')).toMatchObject({ ClaimedAmount__c: 1500.5, WonAmount__c: 300 });
});

test('too few deals are told as such, with a card that says why', async () => {
    await forecastRun();
    const forecasts = crm.query('SELECT Basis__c, LowAmount__c, ModelKey__c FROM PipelineForecast__c');
    expect(forecasts.length).toBeGreaterThan(0);
    expect(new Set(forecasts.map((row) => `${row.Basis__c} ${row.LowAmount__c} ${row.ModelKey__c}`))).toEqual(
        new Set(['TooLittle null null'])
    );
    const cards = crm.query('SELECT Status__c, PlainText__c FROM ModelCard__c');
    expect(cards).toHaveLength(4);
    expect(cards[0]).toMatchObject({ Status__c: 'NotEnoughHistory' });
    expect(cards[0]!.PlainText__c).toContain('Not enough history');
});

test('a second run of the day writes nothing; a change writes what it changes', async () => {
    await forecastRun();
    const again = await forecastRun();
    expect(again.counts).toMatchObject({ written: 0, failed: 0 });
    crm.insert('ForecastCommit__c', {
        Rep__c: crm.org.adminUserId,
        PeriodStartDate__c: dayAgo(100),
        PeriodEndDate__c: dayAgo(10),
        Category__c: 'Commit',
        Amount__c: 5
    });
    expect((await forecastRun()).counts.written).toBe(0);
    loadDeal(crm.org, 4, { closesIn: 0, amount: 50, ownerId: COLLEAGUE, ageDays: 1 });
    const changed = await forecastRun();
    expect(changed.counts.written).toBeGreaterThan(0);
    expect(changed.counts.skipped).toBeGreaterThan(0);
    expect(snapshots().find((row) => row.Rep__c === COLLEAGUE)).toMatchObject({ ClaimedAmount__c: 550.5 });
});

test('Mondays of the past are told from history, once', async () => {
    await forecastRun();
    const days = crm.query('SELECT AsOfDate__c FROM PipelineSnapshot__c GROUP BY AsOfDate__c');
    expect(days.length).toBeGreaterThan(1);
    const before = crm.query('SELECT Id FROM PipelineSnapshot__c').length;
    await forecastRun();
    expect(crm.query('SELECT Id FROM PipelineSnapshot__c')).toHaveLength(before);
});

test('rows past the day they are kept to are deleted', async () => {
    await forecastRun();
    const [old] = crm.query('SELECT Id FROM WeeklyBrief__c');
    crm.update('WeeklyBrief__c', {
        Id: old!.Id as string,
        RetainUntilDate__c: dayAgo(2),
        ContentHash__c: 'x'
    });
    const [card] = crm.query('SELECT Id FROM ModelCard__c');
    crm.update('ModelCard__c', {
        Id: card!.Id as string,
        ExternalKey__c: 'Win:2020-01-06',
        RetainUntilDate__c: dayAgo(2)
    });
    await forecastRun();
    expect(crm.query("SELECT Id FROM ModelCard__c WHERE ExternalKey__c = 'Win:2020-01-06'")).toEqual([]);
    expect(crm.query('SELECT Id FROM ModelCard__c')).toHaveLength(4);
});

test('quotas become targets and coverage of people and team; quotas in several currencies none', async () => {
    const plan = crm.insert('Plan__c', { ExternalKey__c: 'sell', Name: 'Sell', CurrencyCode__c: 'GBP' });
    const quota = (payeeId: string, target: number, currency = 'GBP') =>
        crm.insert('Quota__c', {
            ExternalKey__c: `sell:bookings:${payeeId}:${currency}`,
            Plan__c: plan,
            Payee__c: payeeId,
            Measure__c: 'bookings',
            EffectiveStartDate__c: `${today().slice(0, 4)}-01-01`,
            EffectiveEndDate__c: `${today().slice(0, 4)}-12-31`,
            Target__c: target,
            Unit__c: 'Amount',
            CurrencyCode__c: currency
        });
    quota(REP, 8000);
    quota(COLLEAGUE, 4000);
    await forecastRun();
    const rows = () =>
        crm.query(
            `SELECT Rep__c, Scope__c, TargetAmount__c, Coverage__c, RealAmount__c, WonAmount__c FROM PipelineSnapshot__c WHERE AsOfDate__c = ${today()} AND PeriodStartDate__c <= ${today()}`
        );
    const of = (repId: string) => rows().find((row) => row.Rep__c === repId)!;
    expect(of(REP)).toMatchObject({ TargetAmount__c: 2000, Coverage__c: 0.59, RealAmount__c: 1000 });
    expect(of(MANAGER)).toMatchObject({ Scope__c: 'Team', TargetAmount__c: 3000 });
    const [forecast] = crm.query(
        `SELECT TargetAmount__c FROM PipelineForecast__c WHERE Rep__c = '${COLLEAGUE}' AND PeriodStartDate__c <= ${today()}`
    );
    expect(forecast).toMatchObject({ TargetAmount__c: 1000 });
    quota(MANAGER, 5000, 'EUR');
    const run = await forecastRun();
    expect(run.warnings.map(({ code }) => code)).toContain('QUOTA_CURRENCIES_DIFFER');
    expect(of(REP)).toMatchObject({ TargetAmount__c: null, Coverage__c: null });
});

test('an org with several currencies is told that nothing is forecast, and gets no sums that are wrong', async () => {
    const several = await connectedOrg(
        {},
        { currency: 'GBP', currencyRates: { EUR: 1.2 }, features: ['multiCurrency'] }
    );
    try {
        loadTeam(several.org);
        loadDeal(several.org, 1, { closesIn: 0, amount: 1000, ageDays: 20 });
        const run = await several.run({ kind: 'Forecast' });
        expect(run).toMatchObject({ status: 'Succeeded', errors: [] });
        expect(run.warnings.find(({ code }) => code === 'CURRENCIES_NOT_CONVERTED')!.message).toContain(
            'several currencies: nothing is forecast'
        );
        for (const object of ['PipelineSnapshot__c', 'PipelineForecast__c', 'WeeklyBrief__c'])
            expect(several.query(`SELECT Id FROM ${object}`)).toEqual([]);
        expect(several.query('SELECT Id FROM ModelCard__c')).toHaveLength(4);
    } finally {
        await several.close();
    }
});

test('a forecast of a quarter that is over is told what the quarter became, once', async () => {
    const id = crm.insert('PipelineForecast__c', {
        ExternalKey__c: 'past',
        Scope__c: 'Own',
        Rep__c: REP,
        AsOfDate__c: dayAgo(120),
        PeriodName__c: 'past',
        PeriodStartDate__c: dayAgo(190),
        PeriodEndDate__c: dayAgo(100),
        MiddleAmount__c: 10
    });
    loadDeal(crm.org, 8, { isWon: true, amount: 750, ageDays: 240 });
    const actual = () => crm.query(`SELECT ActualAmount__c FROM PipelineForecast__c WHERE Id = '${id}'`)[0];
    await forecastRun();
    expect(actual()).toMatchObject({ ActualAmount__c: 750 });
    expect((await forecastRun()).counts.written).toBe(0);
});
