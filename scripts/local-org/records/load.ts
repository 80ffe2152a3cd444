// Fast loader for seeds: 150,000 rows in seconds. It keeps given Ids, CreatedDate and SystemModstamp and writes no
// history and checks no references, permissions or validation rules. A real org cannot do this: history cannot be
// backdated there. Values are still converted by field type, and fields that follow from the stage or status are filled.
import type { FieldValue } from '../org.ts';
import type { LocalOrg } from '../local-org.ts';
import { quote, storedFields } from '../schema/tables.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import { createAccountLookup, createLastActivity, taskFields } from './activity.ts';
import { createAutoNumbers } from './auto-numbers.ts';
import type { Values } from './input.ts';
import { createOpportunityDerivation, expectedRevenue, opportunitySettings } from './opportunity.ts';
import type { OpportunitySettings, Stage } from './opportunity.ts';
import { RowError } from './row-error.ts';
import { toStored } from './values.ts';

export type LoadRow = Record<string, FieldValue | undefined>;

type LoadOrg = Pick<LocalOrg, 'db' | 'schema' | 'ids' | 'clock' | 'adminUserId' | 'currency'>;

/** Loads all rows in one transaction and returns how many. Throws on the first row that cannot be stored. */
export function loadRows(org: LoadOrg, objectName: string, rows: Iterable<LoadRow>): number {
    const object = org.schema.object(objectName);
    if (!object) throw new Error(`Cannot load ${objectName}: the org has no such object. Deploy it first.`);
    // Copies: picklist values that are rows of a setup object are read here once, not at every value.
    const fields = storedFields(object).map((field) => ({ ...field }));
    const names = fields.map((field) => field.name);
    const insert = org.db.prepare(
        `INSERT INTO ${quote(object.name)} (${names.map(quote).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
    );
    const convert = createConversion(object, fields);
    const complete = createCompletion(org, object, fields);
    const about = new Set<string>();
    let count = 0;
    org.db.transaction(() => {
        for (const row of rows) {
            const values = complete(convert(row, count));
            insert.run(names.map((name) => values[name] ?? null));
            for (const name of ['WhatId', 'WhoId'])
                if (typeof values[name] === 'string') about.add(values[name]);
            count++;
        }
        const updateLastActivity = createLastActivity(org.db);
        for (const id of about) updateLastActivity(id);
    })();
    return count;
}

function createConversion(object: ObjectDef, fields: FieldDef[]): (row: LoadRow, index: number) => Values {
    const byName = new Map<string, FieldDef>();
    for (const field of fields) byName.set(field.name, field).set(field.name.toLowerCase(), field);
    return (row, index) => {
        const values: Values = {};
        for (const name in row) {
            const value = row[name];
            const field = byName.get(name) ?? byName.get(name.toLowerCase());
            if (!field) throw new Error(`Row ${index + 1} of ${object.name}: there is no field ${name}.`);
            if (value === undefined) continue;
            try {
                values[field.name] = toStored(field, value);
            } catch (error) {
                if (!(error instanceof RowError)) throw error;
                throw new Error(`Row ${index + 1} of ${object.name}: ${error.message}`, { cause: error });
            }
        }
        return values;
    };
}

/** Adds what the org would have set: id, system fields, defaults, owner, auto numbers, fields that follow from others. */
function createCompletion(org: LoadOrg, object: ObjectDef, fields: FieldDef[]): (given: Values) => Values {
    const now = org.clock().toISOString();
    const numbers = createAutoNumbers(org.db);
    const derive = createDerivation(org, object);
    const autoNumberFields = object.fields.filter((field) => field.autoNumber);
    const defaults = Object.fromEntries(fields.flatMap(defaultOf));
    const hasField = (name: string): boolean => object.fields.some((field) => field.name === name);
    const [hasOwner, hasCurrency] = [hasField('OwnerId'), hasField('CurrencyIsoCode')];
    return (given) => {
        const values: Values = { ...defaults, ...given };
        values['Id'] ??= org.ids.newId(object.keyPrefix);
        values['IsDeleted'] ??= 0;
        values['CreatedDate'] ??= now;
        values['CreatedById'] ??= values['OwnerId'] ?? org.adminUserId;
        values['LastModifiedDate'] ??= values['SystemModstamp'] ?? values['CreatedDate'];
        values['LastModifiedById'] ??= values['CreatedById'];
        values['SystemModstamp'] ??= values['LastModifiedDate'];
        if (hasOwner) values['OwnerId'] ??= org.adminUserId;
        if (hasCurrency) values['CurrencyIsoCode'] ??= org.currency;
        for (const field of autoNumberFields) values[field.name] ??= numbers.next(object, field);
        // What the seed says wins over what would follow from it.
        return Object.assign(values, derive(values), given);
    };
}

function defaultOf(field: FieldDef): [string, string | number][] {
    const chosen = field.defaultValue ?? field.picklistValues.find((one) => one.defaultValue)?.value ?? null;
    if (chosen === null) return [];
    return [[field.name, typeof chosen === 'boolean' ? Number(chosen) : chosen]];
}

/** Only the fields that follow from others. */
function createDerivation(org: LoadOrg, object: ObjectDef): (values: Values) => Values {
    if (object.name === 'Opportunity') {
        const derivation = createOpportunityDerivation(settingsReadOnce(org));
        return (values) => {
            const derived = {
                ...derivation.fromStage(values, null, values),
                ...derivation.fromDates(values, null)
            };
            const probability = values['Probability'] ?? derived['Probability'] ?? null;
            const amount = values['Amount'] ?? null;
            return {
                ...derived,
                ExpectedRevenue: expectedRevenue({ Amount: amount, Probability: probability })
            };
        };
    }
    const accountOf = object.name === 'Task' || object.name === 'Event' ? createAccountLookup(org.db) : null;
    if (object.name === 'Task') {
        return (values) => ({
            ...taskFields(values, null, values['LastModifiedDate'] ?? null),
            AccountId: accountOf!(values)
        });
    }
    if (object.name === 'Event') return (values) => ({ AccountId: accountOf!(values) });
    if (object.name === 'OpportunityTeamMember') {
        const nameOf = org.db.prepare('SELECT "Name" FROM "User" WHERE "Id" = ?').pluck();
        return (values) => ({ Name: (nameOf.get(values['UserId']) ?? null) as Values[string] });
    }
    return () => ({});
}

function settingsReadOnce({ db }: LoadOrg): OpportunitySettings {
    const settings = opportunitySettings(db);
    const fiscalYear = settings.fiscalYear();
    const stages = new Map<string, Stage | undefined>();
    return {
        fiscalYear: () => fiscalYear,
        stage(name) {
            if (!stages.has(name)) stages.set(name, settings.stage(name));
            return stages.get(name);
        }
    };
}
