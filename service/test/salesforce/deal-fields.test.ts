// Fields of deals that only one org has, by the names its plans use.
import { describe, expect, test } from '@jest/globals';
import { dealFieldsIn, dealFieldValues } from '../../src/salesforce/deal-fields.ts';

const FIELDS = [
    { name: 'Margin__c', type: 'currency' },
    { name: 'Term_Months__c', type: 'double' },
    { name: 'Discount__c', type: 'percent' },
    { name: 'IsRenewal__c', type: 'boolean' },
    { name: 'Onboarded_On__c', type: 'date' },
    { name: 'Channel__c', type: 'picklist' },
    { name: 'Notes__c', type: 'textarea' },
    { name: 'Amount__c', type: 'currency' },
    { name: 'Premium__c', type: 'currency' },
    { name: 'premium__c', type: 'double' },
    { name: 'other__Premium2__c', type: 'currency' },
    { name: 'StageName', type: 'picklist' }
];
const namesIn = (...definitions: string[]): string[] =>
    dealFieldsIn(definitions, FIELDS).map(({ field, name }) => `${name} ${field}`);

describe('fields of deals', () => {
    test('are those a plan names, whichever way the org writes them', () => {
        expect(namesIn('base: margin * 10%', 'months: termMonths')).toEqual([
            'margin Margin__c',
            'termMonths Term_Months__c'
        ]);
        expect(namesIn('base: margins', 'when: myMargin > 1')).toEqual([]);
    });

    test('are never those of packages, of types that are no figure or word, or what a deal has already', () => {
        expect(namesIn('premium2 notes amount stageName')).toEqual([]);
    });

    test('are not guessed where two have one name', () => {
        expect(namesIn('base: premium')).toEqual([]);
    });

    test('come exactly as they stand, and not at all where they are blank', () => {
        const fields = dealFieldsIn(['margin termMonths discount isRenewal onboardedOn channel'], FIELDS);
        const row = {
            Margin__c: 1234.56,
            Term_Months__c: null,
            Discount__c: 12.5,
            IsRenewal__c: true,
            Onboarded_On__c: '2026-04-02',
            Channel__c: ''
        };
        expect(dealFieldValues(row, fields)).toEqual({
            margin: '1234.56',
            discount: '12.5%',
            isRenewal: true,
            onboardedOn: '2026-04-02'
        });
    });

    test('that cannot be read exactly are text that is no amount', () => {
        const [margin] = dealFieldsIn(['margin'], FIELDS);
        expect(dealFieldValues({ Margin__c: 9.1e15 }, [margin!])['margin']).toMatch(/too large/);
    });
});
