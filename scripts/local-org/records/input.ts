// From the row a client sent to values by field: names resolved, field permissions checked, values converted, parents
// named by external id looked up. Collects all of a row's value errors before it fails.
import { OrgError } from '../org.ts';
import type { CallContext, FieldValue, InputRow, SaveError } from '../org.ts';
import type { RecordParts } from '../records.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import { accessOf, mayReadField, mayReadObject } from '../soql/access.ts';
import { RowError, rowError } from './row-error.ts';
import { toStored, type Stored } from './values.ts';

export type Values = Record<string, Stored>;
export type Operation = 'insert' | 'update';

export interface InputReader {
    read(ctx: CallContext, object: ObjectDef, operation: Operation, row: InputRow): Values;
}

export function createInputReader({ schema, sharing }: Pick<RecordParts, 'schema' | 'sharing'>): InputReader {
    return {
        read(ctx, object, operation, row) {
            const values: Values = {};
            const errors: SaveError[] = [];
            const locked: string[] = [];
            for (const [name, value] of Object.entries(row)) {
                if (name === 'attributes' || value === undefined) continue;
                const field = fieldNamed(ctx, object, name, value);
                if (field.name === 'Id') {
                    if (operation === 'update' || value === null) continue;
                    throw rowError('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', [
                        'Id'
                    ]);
                }
                if (!mayWrite(ctx, object, field, operation)) {
                    locked.push(field.name);
                    continue;
                }
                try {
                    values[field.name] =
                        value !== null && typeof value === 'object'
                            ? parentId(ctx, field, value as Record<string, FieldValue>)
                            : toStored(field, value);
                } catch (error) {
                    if (!(error instanceof RowError)) throw error;
                    errors.push(...error.errors);
                }
            }
            if (locked.length) errors.push(notWritable(locked));
            if (errors.length) throw new RowError(errors);
            return values;
        }
    };

    function fieldNamed(ctx: CallContext, object: ObjectDef, name: string, value: unknown): FieldDef {
        const isParent = value !== null && typeof value === 'object';
        const field = isParent ? schema.parentField(object.name, name) : schema.field(object.name, name);
        if (field && mayReadField(accessOf(ctx), object, field)) return field;
        throw new OrgError(
            400,
            'INVALID_FIELD',
            `No such column '${name}' on sobject of type ${object.name}`
        );
    }

    function parentId(ctx: CallContext, field: FieldDef, reference: Record<string, FieldValue>): string {
        const keys = Object.entries(reference).filter(([name]) => name !== 'attributes' && name !== 'type');
        const [name, value] = keys[0] ?? ['', null];
        const parents = field.referenceTo.flatMap((target) => {
            const object = schema.object(target);
            const key = schema.field(target, name);
            const isKey = key && (key.externalId || key.name === 'Id');
            const access = accessOf(ctx);
            const isOpen =
                object && isKey && mayReadObject(access, object) && mayReadField(access, object, key);
            return isOpen ? [{ object, key }] : [];
        });
        if (keys.length !== 1 || parents.length === 0) {
            const message = `Foreign key external ID: ${field.relationshipName} needs one external id field of ${field.referenceTo.join(', ')}`;
            throw rowError('INVALID_FIELD', message, [field.name]);
        }
        const { object, key } = parents[0]!;
        const found = sharing.finder(ctx, object, key)(toStored(key, value));
        if (found.length === 1) return found[0]!;
        const text = String(value).toLowerCase();
        const message =
            found.length === 0
                ? `Foreign key external ID: ${text} not found for field ${key.name} in entity ${object.name}`
                : `More than one record found for external id field: [${found.join(', ')}]`;
        throw rowError(found.length === 0 ? 'INVALID_FIELD' : 'DUPLICATE_EXTERNAL_ID', message, []);
    }
}

function mayWrite(ctx: CallContext, object: ObjectDef, field: FieldDef, operation: Operation): boolean {
    if (field.formula !== null || field.autoNumber) return false;
    if (!(operation === 'insert' ? field.createable : field.updateable)) return false;
    if (ctx.mode !== 'user' || !field.permissionable) return true;
    return ctx.user.permissions.fieldAccess(object.name, field.name).edit;
}

function notWritable(names: string[]): SaveError {
    const message =
        `Unable to create/update fields: ${names.join(', ')}. Please check the security settings of this field ` +
        'and verify that it is read/write for your profile or permission set.';
    return { statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', message, fields: names };
}
