// Who reads a page: language, locale, time zone and currency from the settings of the user, or of the org before anybody
// has signed in.
import type { Org, UserContext } from '../org.ts';

export interface Reader {
    /** as browsers write it: `en-GB` */
    locale: string;
    language: string;
    timeZone: string;
    currency: string;
}

interface Settings {
    locale: string | null;
    language: string | null;
    currency?: string | null;
}

export function readerOf(org: Org, user: UserContext): Reader {
    // The user's own currency is a setting only where the org has several.
    const hasOwn = org.schema.field('User', 'DefaultCurrencyIsoCode') !== undefined;
    const currency = hasOwn ? ', "DefaultCurrencyIsoCode" AS currency' : '';
    const settings = org.db
        .prepare(
            `SELECT "LocaleSidKey" AS locale, "LanguageLocaleKey" AS language${currency} FROM "User" WHERE "Id" = ?`
        )
        .get(user.userId) as Settings | undefined;
    return reader(org, user.timeZone, settings);
}

export function visitorOf(org: Org): Reader {
    const settings = org.db
        .prepare(
            'SELECT "DefaultLocaleSidKey" AS locale, "LanguageLocaleKey" AS language FROM "Organization" LIMIT 1'
        )
        .get() as Settings | undefined;
    return reader(org, org.timeZone, settings);
}

function reader(org: Org, timeZone: string, settings: Settings | undefined): Reader {
    return {
        locale: browserTag(settings?.locale),
        language: browserTag(settings?.language),
        timeZone,
        currency: settings?.currency ?? org.currency
    };
}

/** `en_GB` is `en-GB`; of keys that say more (`de_DE_EURO`) only language and country are of use to a browser. */
function browserTag(key: string | null | undefined): string {
    return (key ?? 'en_US').split('_').slice(0, 2).join('-');
}
