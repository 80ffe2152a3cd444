// What a new org has before anybody deploys or loads anything: Organization, profiles, sales stages, fiscal periods and
// one administrator. Runs once per database; a second call only finds what is there.
import type { Database } from 'better-sqlite3';
import { fiscalPeriods } from './fiscal-periods.ts';
import type { PeriodRow } from './fiscal-periods.ts';
import type { Ids } from './ids.ts';
import { createProfiles } from './profiles.ts';
import { SYSTEM_ADMINISTRATOR } from './permissions.ts';
import type { Schema } from './schema/types.ts';
import { getSetting, setSetting } from './schema/settings.ts';
import { insertSetupRow } from './setup-rows.ts';

export interface OrgOptions {
    name?: string;
    timeZone?: string;
    language?: string;
    locale?: string;
    /** ISO code of the org's (corporate) currency; USD unless given. */
    currency?: string;
    /** Further currencies of an org with the feature multiCurrency: units for one of the corporate currency. */
    currencyRates?: Record<string, number>;
    /** 1 = January. */
    fiscalYearStartMonth?: number;
    adminUsername?: string;
    adminName?: { first: string; last: string };
}

export interface BootstrappedOrg {
    orgId: string;
    adminUserId: string;
    timeZone: string;
    currency: string;
}

interface Parts {
    schema: Schema;
    ids: Ids;
    clock: () => Date;
}

const DEFAULT_CURRENCY = 'USD';

/** [name, closed, won, probability, forecast category, its name]; a seed may replace these rows. */
const DEFAULT_STAGES: [string, boolean, boolean, number, string, string][] = [
    ['Prospecting', false, false, 10, 'Pipeline', 'Pipeline'],
    ['Qualification', false, false, 10, 'Pipeline', 'Pipeline'],
    ['Needs Analysis', false, false, 20, 'Pipeline', 'Pipeline'],
    ['Value Proposition', false, false, 50, 'Pipeline', 'Pipeline'],
    ['Id. Decision Makers', false, false, 60, 'Pipeline', 'Pipeline'],
    ['Perception Analysis', false, false, 70, 'BestCase', 'Best Case'],
    ['Proposal/Price Quote', false, false, 75, 'BestCase', 'Best Case'],
    ['Negotiation/Review', false, false, 90, 'Forecast', 'Commit'],
    ['Closed Won', true, true, 100, 'Closed', 'Closed'],
    ['Closed Lost', true, false, 0, 'Omitted', 'Omitted']
];

export function bootstrapOrg(db: Database, parts: Parts, options: OrgOptions = {}): BootstrappedOrg {
    const existing = findOrg(db);
    if (existing) return { ...existing, currency: getSetting(db, 'currency') ?? DEFAULT_CURRENCY };
    return db.transaction(() => createOrgRows(db, parts, options))();
}

function findOrg(db: Database): Omit<BootstrappedOrg, 'currency'> | undefined {
    return db
        .prepare(
            `SELECT o."Id" AS orgId, o."CreatedById" AS adminUserId, o."TimeZoneSidKey" AS timeZone
             FROM "Organization" o`
        )
        .get() as Omit<BootstrappedOrg, 'currency'> | undefined;
}

function createOrgRows(db: Database, parts: Parts, options: OrgOptions): BootstrappedOrg {
    const timeZone = options.timeZone ?? 'Europe/London';
    const currency = currencyOf(parts.schema, options);
    setSetting(db, 'currency', currency);
    const adminUserId = parts.ids.newId('005');
    const insert = (objectName: string, values: Record<string, unknown>): string =>
        insertSetupRow(db, parts, objectName, values, adminUserId);

    const orgId = insert('Organization', organizationValues(options, timeZone));
    const profiles = createProfiles(insert, parts.schema);
    insert('User', {
        Id: adminUserId,
        Username: options.adminUsername ?? 'admin@local.org',
        FirstName: options.adminName?.first ?? 'Ada',
        LastName: options.adminName?.last ?? 'Admin',
        Alias: 'admin',
        CommunityNickname: 'admin',
        Email: options.adminUsername ?? 'admin@local.org',
        ProfileId: profiles.get(SYSTEM_ADMINISTRATOR),
        UserType: 'Standard',
        TimeZoneSidKey: timeZone,
        LocaleSidKey: options.locale ?? 'en_GB',
        LanguageLocaleKey: options.language ?? 'en_US',
        EmailEncodingKey: 'UTF-8',
        ...(hasCurrencies(parts.schema)
            ? { DefaultCurrencyIsoCode: currency, CurrencyIsoCode: currency }
            : {})
    });
    if (hasCurrencies(parts.schema)) createCurrencies(insert, currency, options.currencyRates ?? {});
    DEFAULT_STAGES.forEach((stage, i) => insert('OpportunityStage', stageValues(stage, i + 1)));
    createFiscalYears(insert, fiscalPeriods(parts.clock(), options.fiscalYearStartMonth ?? 1));
    if (parts.schema.object('OpportunitySplitType')) createSplitTypes(insert);
    insertStandardPricebook(insert);
    return { orgId, adminUserId, timeZone, currency };
}

function organizationValues(options: OrgOptions, timeZone: string): Record<string, unknown> {
    return {
        Name: options.name ?? 'Local Org',
        Country: 'GB',
        LanguageLocaleKey: options.language ?? 'en_US',
        TimeZoneSidKey: timeZone,
        DefaultLocaleSidKey: options.locale ?? 'en_GB',
        FiscalYearStartMonth: options.fiscalYearStartMonth ?? 1,
        UsesStartDateAsFiscalYearName: false,
        OrganizationType: 'Developer Edition',
        InstanceName: 'LOCAL',
        IsSandbox: false,
        DefaultAccountAccess: 'Read',
        DefaultContactAccess: 'ControlledByParent',
        DefaultOpportunityAccess: 'None'
    };
}

function stageValues(stage: (typeof DEFAULT_STAGES)[number], sortOrder: number): Record<string, unknown> {
    const [name, isClosed, isWon, probability, category, categoryName] = stage;
    return {
        MasterLabel: name,
        ApiName: name,
        IsActive: true,
        SortOrder: sortOrder,
        IsClosed: isClosed,
        IsWon: isWon,
        DefaultProbability: probability,
        ForecastCategory: category,
        ForecastCategoryName: categoryName
    };
}

function hasCurrencies(schema: Schema): boolean {
    return schema.object('CurrencyType') !== undefined;
}

function currencyOf(schema: Schema, { currency = DEFAULT_CURRENCY, currencyRates }: OrgOptions): string {
    for (const code of [currency, ...Object.keys(currencyRates ?? {})]) {
        if (!/^[A-Z]{3}$/.test(code)) throw new Error(`"${code}" is no ISO code of a currency, such as EUR.`);
    }
    if (currencyRates && !hasCurrencies(schema)) {
        throw new Error(
            "currencyRates need an org with several currencies: add the feature 'multiCurrency'."
        );
    }
    return currency;
}

type Insert = (objectName: string, values: Record<string, unknown>) => string;

/** Each year's row comes before those of its quarters and months. */
function createFiscalYears(insert: Insert, periods: PeriodRow[]): void {
    let settings = '';
    for (const period of periods) {
        if (period.Type === 'Year') {
            settings = insert('FiscalYearSettings', {
                Name: period.FullyQualifiedLabel,
                StartDate: period.StartDate,
                EndDate: period.EndDate,
                YearType: 'Standard',
                IsStandardYear: true
            });
        }
        insert('Period', { ...period, FiscalYearSettingsId: settings });
    }
}

function createSplitTypes(insert: Insert): void {
    const common = { Language: 'en_US', IsActive: true, SplitField: 'Amount', SplitEntity: 'Opportunity' };
    insert('OpportunitySplitType', {
        ...common,
        DeveloperName: 'Revenue',
        MasterLabel: 'Revenue',
        IsTotalValidated: true
    });
    insert('OpportunitySplitType', {
        ...common,
        DeveloperName: 'Overlay',
        MasterLabel: 'Overlay',
        IsTotalValidated: false
    });
}

function createCurrencies(insert: Insert, corporate: string, rates: Record<string, number>): void {
    for (const [code, rate] of Object.entries({ ...rates, [corporate]: 1 })) {
        insert('CurrencyType', {
            IsoCode: code,
            ConversionRate: rate,
            DecimalPlaces: 2,
            IsActive: true,
            IsCorporate: code === corporate
        });
    }
}

function insertStandardPricebook(insert: Insert): void {
    insert('Pricebook2', { Name: 'Standard Price Book', IsActive: true, IsStandard: true });
}
