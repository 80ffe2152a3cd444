import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from '../content.ts';
import { DataFileError } from './csv.ts';
import { readLoanPipeline } from './loan-pipeline.ts';
import { createShiftedTime } from './shifted-time.ts';

const today = new Date('2026-11-20T12:00:00Z');
let folder: string;

beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-loans-'));
    writeFileSync(
        join(folder, 'deals.csv'),
        'deal_id,created_at,amount_eur,closed_at,outcome\n' +
            '1,2011-10-01 00:38:44,20000.0,2011-10-13 10:37:29,Won\n' +
            '2,2011-12-20 08:00:00,5000.0,,Open\n'
    );
    writeFileSync(
        join(folder, 'stage_history.csv'),
        'deal_id,at,event\n' +
            '1,2011-10-01 00:38:44,A_SUBMITTED\n1,2011-10-02 09:00:00,A_PREACCEPTED\n1,2011-10-05 09:00:00,O_SENT\n1,2011-10-13 10:37:29,A_APPROVED\n' +
            '2,2011-12-20 08:00:00,A_SUBMITTED\n2,2011-12-21 08:00:00,A_ACCEPTED\n2,2011-12-21 08:05:00,O_CREATED\n'
    );
    writeFileSync(
        join(folder, 'activities.csv'),
        'deal_id,at,activity,step,user_id\n' +
            '1,2011-10-03 10:00:00,Call - follow up offer,complete,10861\n' +
            '2,2011-12-21 09:00:00,Call - follow up offer,schedule,112\n' +
            '2,2011-12-22 09:00:00,Validate application,start,11181\n'
    );
});

afterAll(() => rmSync(folder, { recursive: true }));

function rowsOf(objectName: string): Row[] {
    const tables = [...readLoanPipeline(folder, today).tables()];
    return tables.filter((table) => table.objectName === objectName).flatMap((table) => table.rows);
}

describe('the loan pipeline', () => {
    test('makes one record of every row', () => {
        expect(rowsOf('Opportunity')).toHaveLength(2);
        expect(rowsOf('OpportunityHistory')).toHaveLength(7);
        expect(rowsOf('Task')).toHaveLength(3);
    });

    test('carries the stage through events that do not change it', () => {
        expect(rowsOf('OpportunityHistory').map((row) => row['StageName'])).toEqual([
            'Submitted',
            'Pre-accepted',
            'Offer sent',
            'Won',
            'Submitted',
            'Accepted',
            'Accepted'
        ]);
    });

    test('counts a completed call as a call and leaves only unfinished work on open deals open', () => {
        expect(rowsOf('Task').map((row) => [row['Type'], row['Status']])).toEqual([
            ['Call', 'Completed'],
            ['Other', 'Not Started'],
            ['Other', 'In Progress']
        ]);
    });

    test('makes yesterday of its last day and keeps Amsterdam office hours', () => {
        const time = createShiftedTime('2012-01-01', today);
        expect(time.date('2011-12-31 23:59:59')).toBe('2026-11-19');
        expect(time.moment('2011-12-31 09:00:00')).toBe('2026-11-19T08:00:00.000Z');
        expect(time.moment('2011-09-20 09:00:00')).toBe('2026-08-09T07:00:00.000Z');
    });

    test('names file and line of a malformed row', () => {
        writeFileSync(join(folder, 'broken.csv'), 'deal_id,at,event\n1,2011-10-01 00:38:44\n');
        const broken = mkdtempSync(join(tmpdir(), 'plumbline-broken-'));
        writeFileSync(
            join(broken, 'deals.csv'),
            'deal_id,created_at,amount_eur,closed_at,outcome\n1,2011-10-01 00:38:44,20000.0\n'
        );
        expect(() => readLoanPipeline(broken, today)).toThrow(DataFileError);
        expect(() => readLoanPipeline(broken, today)).toThrow(/deals\.csv.*line 2/);
        rmSync(broken, { recursive: true });
    });

    test.each([
        [
            'deals.csv',
            'x,2011-10-01 00:38:44,5.0,,Open',
            /deals\.csv: line 4: deal_id is "x", not a whole number/
        ],
        ['deals.csv', '1,2011-10-01 00:38:44,5.0,,Open', /line 4: deal_id is "1", not a new one/],
        [
            'deals.csv',
            '3,2011-02-30 00:38:44,5.0,,Open',
            /line 4: created_at is "2011-02-30 00:38:44", not a time/
        ],
        ['deals.csv', '3,2011-10-01 00:38:44,,,Open', /line 4: amount_eur is "", not an amount/],
        [
            'stage_history.csv',
            '9,2011-10-01 00:38:44,O_SENT',
            /line 9: deal_id is "9", not the deal_id of a line/
        ],
        [
            'activities.csv',
            '1,yesterday,Call,start,1',
            /activities\.csv: line 5: at is "yesterday", not a time/
        ]
    ])('refuses in %s the row %s', (name, row, sentence) => {
        const wrong = mkdtempSync(join(tmpdir(), 'plumbline-wrong-'));
        cpSync(folder, wrong, { recursive: true });
        appendFileSync(join(wrong, name), `${row}\n`);
        expect(() => readLoanPipeline(wrong, today)).toThrow(DataFileError);
        expect(() => readLoanPipeline(wrong, today)).toThrow(sentence);
        rmSync(wrong, { recursive: true });
    });

    test('says what is missing when the folder or a column is not there', () => {
        expect(() => readLoanPipeline('/nowhere', today)).toThrow(/Point --data at a folder/);
    });
});
