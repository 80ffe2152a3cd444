// Finds the row an upsert means: by Id or by an external id field, among the rows the caller sees. Keys given twice in
// one call fail in every row that gives them, as in Salesforce.
import { OrgError } from '../org.ts';
import type { CallContext, InputRow } from '../org.ts';
import type { RecordParts } from '../records.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import { accessOf, mayReadField } from '../soql/access.ts';
import { rowError } from './row-error.ts';
import { toStored } from './values.ts';

export interface UpsertKey {
    /** Id of the row with this key, null when there is none yet. */
    existingId(row: InputRow): string | null;
    withoutKey(row: InputRow): InputRow;
    forInsert(row: InputRow): InputRow;
}

export function createUpsertKeys({ schema, sharing }: Pick<RecordParts, 'schema' | 'sharing'>) {
    return {
        of(ctx: CallContext, object: ObjectDef, fieldName: string, rows: InputRow[]): UpsertKey {
            const field = schema.field(object.name, fieldName);
            if (!field || !isUpsertKey(field) || !mayReadField(accessOf(ctx), object, field)) {
                const message =
                    `Field name provided, ${fieldName} does not match an External ID, Salesforce Id, ` +
                    `or indexed field for ${object.name}`;
                throw new OrgError(400, 'INVALID_FIELD', message, [fieldName]);
            }
            const matches = sharing.finder(ctx, object, field);
            const given = countKeys(field, rows);
            return {
                existingId(row) {
                    const key = row[keyName(row, field) ?? ''];
                    if (key === undefined || key === null || key === '') {
                        if (field.name === 'Id') return null;
                        throw rowError('MISSING_ARGUMENT', `${field.name} not specified`, [field.name]);
                    }
                    if ((given.get(fold(field, key)) ?? 0) > 1) {
                        throw rowError('DUPLICATE_VALUE', `Duplicate external id specified: ${String(key)}`, [
                            field.name
                        ]);
                    }
                    const stored = toStored(field, key as string);
                    if (field.name === 'Id') return stored as string;
                    const found = matches(stored);
                    if (found.length > 1) {
                        const message = `${field.name}: more than one record found for external id field: [${found.join(', ')}]`;
                        throw rowError('DUPLICATE_EXTERNAL_ID', message, [field.name]);
                    }
                    return found[0] ?? null;
                },
                withoutKey: (row) => without(row, new Set(['id', field.name.toLowerCase()])),
                forInsert: (row) => without(row, new Set(['id']))
            };
        }
    };
}

export function isUpsertKey(field: FieldDef): boolean {
    return field.externalId || field.name === 'Id';
}

function countKeys(field: FieldDef, rows: InputRow[]): Map<string, number> {
    const counts = new Map<string, number>();
    for (const row of rows) {
        const key = row[keyName(row, field) ?? ''];
        if (key === undefined || key === null || key === '') continue;
        counts.set(fold(field, key), (counts.get(fold(field, key)) ?? 0) + 1);
    }
    return counts;
}

function fold(field: FieldDef, key: unknown): string {
    return field.caseSensitive ? String(key) : String(key).toLowerCase();
}

function keyName(row: InputRow, field: FieldDef): string | undefined {
    return Object.keys(row).find((name) => name.toLowerCase() === field.name.toLowerCase());
}

function without(row: InputRow, names: Set<string>): InputRow {
    return Object.fromEntries(Object.entries(row).filter(([name]) => !names.has(name.toLowerCase())));
}
