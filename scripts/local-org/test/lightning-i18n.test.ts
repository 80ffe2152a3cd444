// What components read from @salesforce/i18n: it follows the settings of the user who looks at the page.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createOrg } from '../create-org.ts';
import { i18nOf } from '../lightning/i18n.ts';
import { readerOf, visitorOf } from '../lightning/reader.ts';
import { getUiRecord } from '../lightning/ui-api.ts';
import type { LocalOrg } from '../local-org.ts';

const LONDON = { locale: 'en-GB', language: 'en-US', timeZone: 'Europe/London', currency: 'GBP' };

describe('formats', () => {
    test('are a Londoner’s in London', () => {
        expect(i18nOf(LONDON)).toMatchObject({
            lang: 'en-US',
            locale: 'en-GB',
            dir: 'ltr',
            currency: 'GBP',
            timeZone: 'Europe/London',
            firstDayOfWeek: 2,
            'dateTime.shortDateFormat': 'dd/MM/yyyy',
            'dateTime.mediumDateFormat': 'd MMM yyyy',
            'dateTime.longDateFormat': 'd MMMM yyyy',
            'dateTime.shortTimeFormat': 'HH:mm',
            'dateTime.shortDateTimeFormat': 'dd/MM/yyyy HH:mm',
            'number.currencySymbol': '£',
            'number.decimalSeparator': '.',
            'number.groupingSeparator': ','
        });
    });

    test('are those the base components come with, for a reader in the United States', () => {
        expect(
            i18nOf({ ...LONDON, locale: 'en-US', timeZone: 'America/Los_Angeles', currency: 'USD' })
        ).toMatchObject({
            firstDayOfWeek: 1,
            'dateTime.shortDateFormat': 'M/d/yyyy',
            'dateTime.mediumDateFormat': 'MMM d, yyyy',
            'dateTime.longDateFormat': 'MMMM d, yyyy',
            'dateTime.shortDateTimeFormat': 'M/d/yyyy h:mm a',
            'dateTime.mediumTimeFormat': 'h:mm:ss a',
            'number.currencySymbol': '$'
        });
    });

    test('quote the words between the parts, and know commas from points', () => {
        const spanish = i18nOf({ ...LONDON, locale: 'es-ES', language: 'es', currency: 'EUR' });
        expect(spanish['dateTime.longDateFormat']).toBe("d' de 'MMMM' de 'yyyy");
        expect(spanish['number.decimalSeparator']).toBe(',');
        expect(i18nOf({ ...LONDON, language: 'ar' }).dir).toBe('rtl');
    });

    test('have separators also where amounts have no decimals', () => {
        const { 'number.decimalSeparator': decimal } = i18nOf({
            ...LONDON,
            locale: 'ja-JP',
            currency: 'JPY'
        });
        expect(decimal).toBe('.');
    });
});

describe('a reader', () => {
    let org: LocalOrg;

    beforeAll(() => {
        org = createOrg({
            file: ':memory:',
            currency: 'GBP',
            locale: 'de_DE_EURO',
            timeZone: 'Europe/London'
        });
    });
    afterAll(() => org.close());

    test('reads as the own settings say, not as the org’s', () => {
        const admin = { user: org.users.context(org.adminUserId), mode: 'system' as const };
        org.records.update(
            admin,
            'User',
            [{ Id: org.adminUserId, LocaleSidKey: 'fr_FR', TimeZoneSidKey: 'Europe/Paris' }],
            { allOrNone: true }
        );
        expect(readerOf(org, org.users.context(org.adminUserId))).toEqual({
            locale: 'fr-FR',
            language: 'en-US',
            timeZone: 'Europe/Paris',
            currency: 'GBP'
        });
    });

    test('who has not signed in reads as the org does', () => {
        expect(visitorOf(org)).toEqual({
            locale: 'de-DE',
            language: 'en-US',
            timeZone: 'Europe/London',
            currency: 'GBP'
        });
    });

    test('has a currency of the own where the org has several', () => {
        const several = createOrg({
            file: ':memory:',
            features: ['multiCurrency'],
            currency: 'GBP',
            currencyRates: { EUR: 1.2 }
        });
        const admin = several.users.context(several.adminUserId);
        several.records.update(
            { user: admin, mode: 'system' },
            'User',
            [{ Id: several.adminUserId, DefaultCurrencyIsoCode: 'EUR' }],
            { allOrNone: true }
        );
        expect(readerOf(several, admin).currency).toBe('EUR');
        expect(visitorOf(several).currency).toBe('GBP');
        several.close();
    });
});

describe('an amount on a page', () => {
    test('is in the currency of its record, its parent’s in that of the parent', () => {
        const org = createOrg({
            file: ':memory:',
            features: ['multiCurrency'],
            currency: 'GBP',
            currencyRates: { EUR: 1.2 }
        });
        const admin = org.users.context(org.adminUserId);
        const insert = (objectName: string, row: Record<string, string | number>): string =>
            org.records.insert({ user: admin, mode: 'system' }, objectName, [row], { allOrNone: true })[0]!
                .id!;
        const account = insert('Account', { Name: 'Home', AnnualRevenue: 9000, CurrencyIsoCode: 'GBP' });
        const deal = insert('Opportunity', {
            Name: 'Abroad',
            AccountId: account,
            Amount: 1250,
            CurrencyIsoCode: 'EUR',
            StageName: 'Prospecting',
            CloseDate: '2026-12-06'
        });
        const { fields } = getUiRecord(org, admin, deal, [
            'Opportunity.Amount',
            'Opportunity.Account.AnnualRevenue'
        ]);
        expect(fields['Amount']!.displayValue).toBe('€1,250.00');
        expect(fields['Account']!.value).toMatchObject({
            fields: { AnnualRevenue: { displayValue: expect.stringMatching(/^£9,000/) } }
        });
        expect(Object.keys(fields).sort()).toEqual(['Account', 'Amount']);
        org.close();
    });
});
