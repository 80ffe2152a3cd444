// Everything that can be odd in an org at once, through the real service and the local org: each is a warning on the run, none stops
// it, and the answers are sane.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RunRecord } from '../../src/usecases/ports/runs.ts';
import { connectedOrg, type ConnectedOrg, type Row } from '../support/local-org.ts';
import {
    COLLEAGUE,
    MANAGER,
    REP,
    dayAgo,
    loadDeal,
    loadTeam,
    momentAgo,
    recordId
} from '../support/small-team.ts';

let crm: ConnectedOrg;
let run: RunRecord;
let nextRow = 50_000;

function versionOf(number: number, stage: string, createdAt: string): Row {
    return {
        Id: recordId('008', nextRow++),
        OpportunityId: recordId('006', number),
        CreatedById: REP,
        StageName: stage,
        Amount: 100,
        CloseDate: dayAgo(0),
        CreatedDate: createdAt,
        SystemModstamp: createdAt
    };
}

function history(number: number, stage: string, day: number): void {
    crm.org.load('OpportunityHistory', [versionOf(number, stage, momentAgo(day))]);
}

/** Rows of deals as they are, without the history that goes with them. */
function bareDeal(number: number, stage: string, more: object = {}): void {
    crm.org.load('Opportunity', [
        {
            Id: recordId('006', number),
            Name: `Odd ${number}`,
            OwnerId: REP,
            AccountId: recordId('001', 1),
            StageName: stage,
            CloseDate: dayAgo(0),
            Amount: 100,
            CreatedDate: momentAgo(40),
            SystemModstamp: momentAgo(1),
            ...more
        }
    ]);
}

beforeAll(async () => {
    crm = await connectedOrg();
    loadTeam(crm.org);
    // One person owns nearly everything, and all that ended was won; two years ago, then nothing.
    for (let number = 1; number <= 25; number++) loadDeal(crm.org, number, { isWon: true, ageDays: 1500 });
    loadDeal(crm.org, 30, { closesIn: 0, amount: 1000, ownerId: COLLEAGUE });
    loadDeal(crm.org, 31, { closesIn: 0, amount: null });
    loadDeal(crm.org, 32, { closesIn: 0, amount: -50 });
    loadDeal(crm.org, 33, { closesIn: -60, ageDays: 20, amount: 10 });
    for (const number of [40, 41]) {
        bareDeal(number, 'Qualification');
        history(number, 'Renamed since', 40);
    }
    bareDeal(42, 'Qualification');
    history(42, 'Forgotten', 40);
    bareDeal(43, 'Closed Won', { CloseDate: dayAgo(2) });
    history(43, 'Forgotten', 40);
    bareDeal(44, 'Qualification');
    history(44, 'Qualification', 40);
    history(44, 'Closed Lost', 30);
    history(44, 'Qualification', 20);
    bareDeal(45, 'Qualification');
    history(45, 'Qualification', 60);
    history(45, 'Qualification', -3);
    bareDeal(46, 'Needs Analysis');
    const flips = Array.from({ length: 5000 }, (_, flip) =>
        versionOf(
            46,
            flip % 2 === 0 ? 'Qualification' : 'Needs Analysis',
            new Date(Date.now() - 30 * 86_400_000 + flip * 60_000).toISOString()
        )
    );
    crm.org.load('OpportunityHistory', flips);
    crm.update('User', { Id: MANAGER, ManagerId: REP });
    run = await crm.run({ kind: 'Forecast' });
});
afterAll(() => crm.close());

const claimed = (repId: string, scope = 'Own') =>
    crm.query(
        `SELECT ClaimedAmount__c FROM PipelineSnapshot__c WHERE Rep__c = '${repId}' AND Scope__c = '${scope}' AND AsOfDate__c = ${dayAgo(0)} AND PeriodStartDate__c <= ${dayAgo(0)}`
    )[0]?.ClaimedAmount__c;

test('none of it stops the run', () => {
    expect(run).toMatchObject({ status: 'Succeeded', errors: [] });
});

describe('each is a warning on the run', () => {
    test.each([
        ['a stage that was renamed', 'STAGE_RENAMED', 'called now', 1],
        ['a stage nobody knows', 'STAGE_UNKNOWN', 'until then it is open', 2],
        ['a history without its end', 'HISTORY_INCOMPLETE', 'taken as its end', 2],
        ['a row of tomorrow', 'HISTORY_IN_THE_FUTURE', 'check clocks', 1],
        ['a row before the deal was created', 'HISTORY_BEFORE_CREATION', 'first row', 1],
        ['a close date before the deal was created', 'CLOSE_BEFORE_CREATION', 'Correct the close date', 1],
        ['an amount below zero', 'AMOUNT_NEGATIVE', 'counts as it stands', 1],
        ['a forecast without an amount', 'FORECAST_AMOUNT_MISSING', 'counts nothing', 1],
        ['a forecast of an amount below zero', 'FORECAST_AMOUNT_INVALID', 'counts nothing', 1],
        ['managers in a circle', 'MANAGERS_IN_A_CIRCLE', 'Correct the managers', 1],
        ['one person who owns nearly all deals', 'ONE_OWNER', 'nearly all deals', 1],
        ['a deal that was reopened', 'HISTORY_ODD', 'reopened after they were closed', 1],
        ['deals that were all won', 'HISTORY_ODD', 'closed deals were won', 1],
        ['two years of silence', 'HISTORY_ODD', 'Nothing at all was recorded for 750 days', 1],
        ['five thousand flips of one stage', 'HISTORY_ODD', '5000 stage events', 1]
    ])('%s', (_name, code, words, least) => {
        const found = run.warnings.filter((note) => note.code === code && note.message.includes(words));
        expect(found).toHaveLength(1);
        expect(found[0]!.count).toBeGreaterThanOrEqual(least);
    });
});

describe('and the answers are sane', () => {
    test('open deals are claimed as they stand, closed ones are not', () => {
        expect(claimed(COLLEAGUE)).toBe(1000);
        // -50, and 100 each of two renamed, one forgotten, one reopened, one ahead of its time, one that flips; not 43, which is won.
        expect(claimed(REP)).toBe(550);
    });

    test('a circle of managers counts everybody once', () => {
        expect(claimed(MANAGER, 'Team')).toBe(1550);
        expect(claimed(REP, 'Team')).toBe(1550);
    });

    test('a deal whose history lacks its end is won on the day it closed', () => {
        const [row] = crm.query(
            `SELECT WonAmount__c FROM PipelineSnapshot__c WHERE Rep__c = '${REP}' AND Scope__c = 'Own' AND AsOfDate__c = ${dayAgo(0)} AND PeriodStartDate__c <= ${dayAgo(0)}`
        );
        expect(row!.WonAmount__c).toBe(100);
    });

    test('nothing is foretold where there is nothing to tell apart', () => {
        const cards = crm.query('SELECT Status__c FROM ModelCard__c');
        expect(new Set(cards.map(({ Status__c: status }) => status))).toEqual(new Set(['NotEnoughHistory']));
        const ranges = crm.query('SELECT LowAmount__c, Basis__c FROM PipelineForecast__c');
        expect(new Set(ranges.map(({ Basis__c: basis }) => basis))).toEqual(new Set(['TooLittle']));
    });

    test('asked again it says the same', async () => {
        const again = await crm.run({ kind: 'Forecast' });
        expect(again.counts).toMatchObject({ written: 0, failed: 0 });
        // Owners without access are met when rows are written.
        const ofReview = (notes: RunRecord['warnings']) =>
            notes.filter(({ code }) => code !== 'OWNER_WITHOUT_ACCESS');
        expect(ofReview(again.warnings)).toEqual(ofReview(run.warnings));
    });
});
