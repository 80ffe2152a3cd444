// Everything that may be wrong with what people enter, at once, in one run of one org: each is told by name, whoever it is about gets no
// figure, everybody else is paid, and the independent check agrees.
import { expect, test } from '@jest/globals';
import { connectedOrg } from '../support/local-org.ts';
import type { ConnectedOrg, Row } from '../support/local-org.ts';
import {
    assign,
    loadPayTeam,
    loadPlan,
    loadSale,
    loadVersion,
    SELLER_PLAN,
    setQuota
} from '../support/pay-org.ts';
import { COLLEAGUE, givePermissionSet, MANAGER, recordId, REP } from '../support/small-team.ts';

/** One person for each mistake. */
const PEOPLE = [
    'noQuota',
    'zeroQuota',
    'negativeSale',
    'hugeSale',
    'noAmount',
    'shareBelow',
    'shareAbove',
    'overlapping',
    'brokenTerms',
    'onOverlappingTiers',
    'onTwoVersions'
] as const;
type Person = (typeof PEOPLE)[number];
const idOf = (person: Person): string => recordId('005', 920 + PEOPLE.indexOf(person));

test('every mistake of the org is told, and everybody it is not about is paid', async () => {
    const crm = await connectedOrg();
    try {
        loadPayTeam(crm);
        loadPeople(crm);
        const seller = loadPlan(crm, 'seller', SELLER_PLAN);
        const inPlan = PEOPLE.slice(0, 9).map(idOf);
        for (const payee of [REP, COLLEAGUE, ...inPlan]) assign(crm, seller, payee);
        for (const payee of [REP, COLLEAGUE, ...inPlan.slice(2)]) setQuota(crm, 'seller', payee, 100_000);
        setQuota(crm, 'seller', idOf('zeroQuota'), 0);
        loadMistakes(crm, seller);
        const run = await crm.run({ kind: 'Pay', period: '2026-Q1' });
        expect(run.errors).toEqual([]);
        const [calculation] = crm.query(
            'SELECT Status__c, CheckStatus__c, Problems__c FROM CalculationRun__c'
        );
        expect(calculation).toMatchObject({ Status__c: 'Partial', CheckStatus__c: 'Agrees' });
        const problems = JSON.parse(String(calculation!.Problems__c)) as { code: string; payeeId: string }[];
        const told = (person: Person) =>
            problems.filter(({ payeeId }) => payeeId === idOf(person)).map(({ code }) => code);
        expect(Object.fromEntries(PEOPLE.map((person) => [person, told(person)]))).toEqual({
            noQuota: ['QUOTA_MISSING'],
            zeroQuota: ['SCALE_NOT_POSITIVE'],
            negativeSale: ['AMOUNT_NEGATIVE'],
            hugeSale: ['FIGURE_WANTED'],
            noAmount: ['NOT_GIVEN'],
            shareBelow: ['SHARES_NOT_WHOLE'],
            shareAbove: ['SHARES_NOT_WHOLE'],
            overlapping: ['ASSIGNMENTS_OVERLAP'],
            brokenTerms: ['FIELD_NOT_PLAIN'],
            onOverlappingTiers: ['BANDS_OVERLAP'],
            onTwoVersions: ['PLAN_CHANGES_IN_PERIOD']
        });
        expect(problems.filter(({ payeeId }) => payeeId === '')).toMatchObject([{ code: 'TERMS_INVALID' }]);
        // Of two sales of 10,000 by somebody on a plan and somebody on none, one is counted and not paid.
        expect(run.warnings).toContainEqual(expect.objectContaining({ code: 'CREDIT_NOT_PAID', count: 1 }));
        const paid = crm.query(
            'SELECT Payee__c, PayoutAmount__c, Problems__c FROM Statement__c ORDER BY Payee__c'
        );
        const payouts = new Map(paid.map(({ Payee__c, PayoutAmount__c }) => [Payee__c, PayoutAmount__c]));
        expect([payouts.get(REP), payouts.get(COLLEAGUE)]).toEqual([2500, 1000]);
        expect(PEOPLE.map((person) => payouts.get(idOf(person)))).toEqual(PEOPLE.map(() => null));
        const lines = crm.query('SELECT Statement__r.Payee__c FROM StatementLine__c');
        const withLines = new Set(lines.map(({ Statement__r }) => (Statement__r as Row).Payee__c));
        expect(PEOPLE.filter((person) => withLines.has(idOf(person)))).toEqual([]);
    } finally {
        await crm.close();
    }
});

function loadMistakes(crm: ConnectedOrg, seller: string): void {
    const date = '2026-02-10';
    let number = 0;
    const sell = (ownerId: string, amount: number | null): string =>
        loadSale(crm, ++number, { ownerId, date, amount });
    sell(REP, 50_000);
    const shared = sell(COLLEAGUE, 20_000);
    split(crm, shared, [
        [COLLEAGUE, 50],
        [MANAGER, 50]
    ]);
    for (const person of ['noQuota', 'zeroQuota', 'overlapping', 'brokenTerms'] as const)
        sell(idOf(person), 1000);
    sell(idOf('negativeSale'), -1000);
    // Salesforce takes eighteen digits; thirty are what a field of another size would give.
    const huge = sell(idOf('hugeSale'), 1);
    crm.org.db
        .prepare('UPDATE "Opportunity" SET "Amount" = 123456789012345678901234567890.0 WHERE "Id" = ?')
        .run(huge);
    sell(idOf('noAmount'), null);
    split(crm, sell(idOf('shareBelow'), 1000), [[idOf('shareBelow'), 99.99]]);
    split(crm, sell(idOf('shareAbove'), 1000), [[idOf('shareAbove'), 100.01]]);
    // The guards keep people from most of this; rows that came in another way are told all the same.
    const assignment = (person: Person, version: string, changes: Row = {}): void =>
        void crm.org.load('PlanAssignment__c', [
            {
                ExternalKey__c: `${version}:${person}:late`,
                PlanVersion__c: version,
                Payee__c: idOf(person),
                EffectiveStartDate__c: '2026-02-01',
                CurrencyCode__c: 'GBP',
                OwnerId: idOf(person),
                ...changes
            }
        ]);
    assignment('overlapping', seller);
    const rows = crm.query(`SELECT Id FROM PlanAssignment__c WHERE Payee__c = '${idOf('brokenTerms')}'`);
    crm.org.db
        .prepare('UPDATE "PlanAssignment__c" SET "Terms__c" = ? WHERE "Id" = ?')
        .run('{role: AE', rows[0]!.Id);
    const other = (key: string): string => SELLER_PLAN.replace('plan: seller', `plan: ${key}`);
    const tiers = other('tiers').replace('{ from: 100%, value: 8% }', '{ from: 50%, value: 8% }');
    assignment('onOverlappingTiers', loadPlan(crm, 'tiers', tiers));
    const first = loadPlan(crm, 'changing', other('changing'), {
        Status__c: 'Retired',
        EffectiveEndDate__c: '2026-02-15'
    });
    const [{ Id }] = crm.query("SELECT Id FROM Plan__c WHERE ExternalKey__c = 'changing'") as [
        { Id: string }
    ];
    loadVersion(crm, Id, 'changing:2', other('changing'), { EffectiveStartDate__c: '2026-02-16' });
    assignment('onTwoVersions', first);
}

function split(crm: ConnectedOrg, deal: string, shares: [string, number][]): void {
    const [type] = crm.query("SELECT Id FROM OpportunitySplitType WHERE DeveloperName = 'Revenue'");
    crm.org.load(
        'OpportunitySplit',
        shares.map(([SplitOwnerId, SplitPercentage]) => ({
            OpportunityId: deal,
            SplitOwnerId,
            SplitPercentage,
            SplitTypeId: String(type!.Id)
        }))
    );
}

function loadPeople(crm: ConnectedOrg): void {
    const [profile] = crm.query("SELECT Id FROM Profile WHERE Name = 'Standard User'");
    crm.org.load(
        'User',
        PEOPLE.map((name) => ({
            Id: idOf(name),
            Username: `${name.toLowerCase()}@team.test`,
            LastName: name,
            Name: name,
            Alias: name.slice(0, 8),
            CommunityNickname: name,
            Email: `${name.toLowerCase()}@team.test`,
            IsActive: true,
            UserType: 'Standard',
            ProfileId: String(profile!.Id),
            TimeZoneSidKey: 'Europe/London',
            LocaleSidKey: 'en_GB',
            LanguageLocaleKey: 'en_US',
            EmailEncodingKey: 'UTF-8'
        }))
    );
    for (const person of PEOPLE) givePermissionSet(crm.org, idOf(person), 'SpmPayee');
}
