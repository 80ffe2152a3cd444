// What queries need to know of the organization and the caller beyond the rows they read: fiscal year, currency, locale.
// Read when a query asks for it, so a changed setting counts at once.
import type { Database } from 'better-sqlite3';

export interface OrgFacts {
    fiscalYear(): FiscalYear;
    /** The user's locale for FORMAT(), e.g. `en-GB`. */
    locale(userId: string): string;
    /** ISO code of the user's own currency in an org with several, else of the org's. */
    currency(userId: string): string;
    /** True for an active CurrencyType of an org with several currencies. */
    hasCurrency(code: string): boolean;
}

export interface FiscalYear {
    /** 1 to 12. */
    startMonth: number;
    /** The fiscal year is named after the calendar year it starts in, not the one it ends in. */
    namedByStart: boolean;
}

export function createOrgFacts(db: Database, orgCurrency: string, multiCurrency: boolean): OrgFacts {
    const userValue = (userId: string, column: string): string | null =>
        (db.prepare(`SELECT "${column}" FROM "User" WHERE "Id" = ?`).pluck().get(userId) as string | null) ??
        null;
    return {
        fiscalYear() {
            const row = db
                .prepare(
                    `SELECT "FiscalYearStartMonth" AS startMonth, "UsesStartDateAsFiscalYearName" AS byStart
                     FROM "Organization" LIMIT 1`
                )
                .get() as { startMonth: number | null; byStart: number } | undefined;
            return { startMonth: row?.startMonth ?? 1, namedByStart: row?.byStart === 1 };
        },
        locale: (userId) => (userValue(userId, 'LocaleSidKey') ?? 'en_US').split('_').slice(0, 2).join('-'),
        currency: (userId) =>
            (multiCurrency ? userValue(userId, 'DefaultCurrencyIsoCode') : null) ?? orgCurrency,
        hasCurrency: (code) =>
            db.prepare('SELECT 1 FROM "CurrencyType" WHERE "IsoCode" = ? AND "IsActive" = 1').get(code) !==
            undefined
    };
}
