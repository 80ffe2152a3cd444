import { expect, test } from '@jest/globals';
import { lastQuarters } from '../pay/quarters.ts';
import { commitRows } from './commits.ts';
import { createFirm } from './firm.ts';

const asOf = new Date('2026-11-20T12:00:00Z');
const firm = createFirm(1, asOf, 'tiny');
const quarters = lastQuarters(asOf);
const rows = commitRows(firm, 1, quarters, 'GBP');

test('commits are said a month into quarters that are over, by the person they are about', () => {
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) {
        const quarter = quarters.find(({ key }) => key === row['PeriodName__c'])!;
        const said = String(row['SubmittedAt__c']).slice(0, 10);
        expect(said > quarter.start && said < quarter.end).toBe(true);
        expect(row['SubmittedBy__c']).toBe(row['Rep__c']);
        expect(Number(row['Amount__c'])).toBeGreaterThan(0);
    }
});

test('each person says one amount for a quarter, the director too', () => {
    const keys = rows.map((row) => `${String(row['Rep__c'])} ${String(row['PeriodName__c'])}`);
    expect(new Set(keys).size).toBe(keys.length);
    const director = firm.people.persons.find(({ managerId }) => managerId === null)!;
    expect(rows.filter((row) => row['Rep__c'] === director.id)).toHaveLength(quarters.length);
});

test('the same firm says the same', () => {
    expect(commitRows(createFirm(1, asOf, 'tiny'), 1, quarters, 'GBP')).toEqual(rows);
});
