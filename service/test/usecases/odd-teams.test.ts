// Teams and people out of the ordinary, through the real service and the local org: each has a result that says what it is, or a problem
// with a name. What the CRM never knows (an earlier role or manager) is told in docs/scorecards.md.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connectedOrg, type ConnectedOrg } from '../support/local-org.ts';
import {
    COLLEAGUE,
    MANAGER,
    REP,
    dayAgo,
    givePermissionSet,
    loadDeal,
    loadTeam,
    momentAgo,
    recordId
} from '../support/small-team.ts';

const month = dayAgo(0).slice(0, 7);
let crm: ConnectedOrg;
let run: Awaited<ReturnType<ConnectedOrg['run']>>;

beforeAll(async () => {
    crm = await connectedOrg();
    const { org } = crm;
    loadTeam(org);
    const set = (id: string, values: Record<string, string | number | null>) => {
        for (const [name, value] of Object.entries(values))
            org.db.prepare(`UPDATE "User" SET "${name}" = ? WHERE "Id" = ?`).run(value, id);
    };
    const there = { CreatedDate: momentAgo(1500).replace('Z', '+0000') };
    // Mona leads Ray alone; Cleo leads nobody and her title names two roles.
    set(MANAGER, { ...there, Title: 'Team Lead' });
    set(REP, { ...there, Title: 'Wealth Adviser' });
    set(COLLEAGUE, { ...there, Title: 'Team Lead and Wealth Adviser', ManagerId: null });
    givePermissionSet(org, MANAGER, 'SpmSalesManager');
    givePermissionSet(org, COLLEAGUE, 'SpmSalesManager');
    const leaver = recordId('005', 904);
    const user = org.db.prepare('SELECT * FROM "User" WHERE "Id" = ?').get(REP) as Record<string, string>;
    const { ProfileId, TimeZoneSidKey, LocaleSidKey, LanguageLocaleKey, EmailEncodingKey } = user;
    const profile = { ProfileId, TimeZoneSidKey, LocaleSidKey, LanguageLocaleKey, EmailEncodingKey };
    const name = { LastName: 'Gone', Alias: 'gone', CommunityNickname: 'gone', Username: 'gone@team.test' };
    org.load('User', [
        {
            ...profile,
            ...name,
            Id: leaver,
            Email: 'gone@team.test',
            Title: 'Wealth Adviser',
            IsActive: false,
            UserType: 'Standard',
            ManagerId: MANAGER
        }
    ]);
    loadDeal(org, 1, { closesIn: 10, amount: 900, ageDays: 20 });
    loadDeal(org, 2, { closesIn: 10, amount: 700, ageDays: 20, ownerId: leaver });
    org.load('PerformanceFact__c', [
        {
            ExternalKey__c: 'survey one',
            OwnerId: org.adminUserId,
            Rep__c: REP,
            SignalKey__c: 'client-satisfaction',
            FactDate__c: `${month}-01`,
            Value__c: 5,
            SampleSize__c: 1,
            SourceName__c: 'client survey',
            SourceId__c: 'one',
            ExtractedAt__c: momentAgo(0),
            Attributes__c: '{}'
        }
    ]);
    run = await crm.run({ kind: 'Scorecards' });
});
afterAll(() => crm.close());

const cardsOf = (person: string) =>
    crm.query(
        `SELECT RoleKey__c, Score__c, CoveragePercent__c FROM Scorecard__c WHERE Rep__c = '${person}' AND ExternalKey__c LIKE '%:${month}:%'`
    );
const weekOf = (manager: string) =>
    crm.query(`SELECT PeopleCount__c, Verdict__c FROM TeamWeek__c WHERE Manager__c = '${manager}'`);
const resultOf = (person: string, metric: string) =>
    crm.query(
        `SELECT Status__c, Value__c, SampleSize__c, Points__c FROM ScorecardMetricResult__c WHERE Rep__c = '${person}' AND MetricKey__c = '${metric}' AND ExternalKey__c LIKE '%:${month}:%'`
    )[0];

describe('a run over odd teams', () => {
    test('succeeds', () => {
        expect(run).toMatchObject({ status: 'Succeeded', errors: [] });
    });

    test('gives a manager without reports a sheet without team figures, and no week', () => {
        expect(cardsOf(COLLEAGUE)).toEqual([expect.objectContaining({ Score__c: null })]);
        expect(resultOf(COLLEAGUE, 'team-nps')).toMatchObject({ Status__c: 'NoData', Value__c: null });
        expect(weekOf(COLLEAGUE)).toEqual([]);
        expect(run.warnings).toContainEqual(expect.objectContaining({ code: 'MANAGER_WITHOUT_TEAM' }));
    });

    test('gives a title that names two roles the one of the first rule', () => {
        expect(cardsOf(COLLEAGUE)).toEqual([expect.objectContaining({ RoleKey__c: 'manager' })]);
    });

    test('tells that a team is of one, whose figures are the team', () => {
        expect(weekOf(MANAGER)).toEqual([expect.objectContaining({ PeopleCount__c: 1 })]);
        expect(run.warnings).toContainEqual(expect.objectContaining({ code: 'TEAM_OF_ONE' }));
    });

    test('has no sheet of somebody who left, and names what is still in their name', () => {
        expect(cardsOf(recordId('005', 904))).toEqual([]);
        expect(run.warnings).toContainEqual(expect.objectContaining({ code: 'PERSON_UNKNOWN' }));
    });

    test('hides the figure of a survey of one', () => {
        expect(resultOf(REP, 'csat')).toMatchObject({
            Status__c: 'TooFew',
            Value__c: null,
            SampleSize__c: 1,
            Points__c: null
        });
    });
});
