// One row from input to table: access, values, defaults, what the org derives, required fields, references, uniqueness,
// write, validation rules, consequences. Runs inside a savepoint of its own; throwing RowError undoes all of it.
import { to18, isRecordId } from '../ids.ts';
import type { CallContext, InputRow } from '../org.ts';
import type { RecordParts } from '../records.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import { createAutoNumbers } from './auto-numbers.ts';
import { createConsequences } from './consequences.ts';
import { createDefaults } from './defaults.ts';
import type { FollowUps } from './follow-ups.ts';
import { createInputReader, type Operation, type Values } from './input.ts';
import { createReferenceChecks } from './references.ts';
import { RowError, rowError } from './row-error.ts';
import { checkCanInsert, checkCanUpdate } from './row-access.ts';
import { createTableWriter } from './table-writer.ts';
import { createUniqueness } from './uniqueness.ts';
import { createValidationRules } from './validation-rules.ts';

/** The rows of one call: one caller, one object. Each is read first and saved then, so that triggers see it in between. */
export interface SaveSession {
    insert(row: InputRow): PreparedRow;
    update(id: string, row: InputRow): PreparedRow;
}

export interface PreparedRow {
    id: string | null;
    /** The row as it would be saved, before the org derives anything from it. */
    values: Values;
    /** `set`: what triggers gave, whatever the caller may write; left out where no trigger ran. */
    save(set?: InputRow): string;
}

export interface RowSaver {
    session(ctx: CallContext, object: ObjectDef): SaveSession;
    /** After the row was deleted or brought back. */
    removed(ctx: CallContext, object: ObjectDef, row: Values): void;
}

export function createRowSaver(parts: RecordParts): RowSaver {
    const input = createInputReader(parts);
    const tables = createTableWriter(parts);
    const autoNumbers = createAutoNumbers(parts.db);
    const uniqueness = createUniqueness(parts);
    const follow: FollowUps = {
        insert: (ctx, objectName, values) => byOrg(ctx, objectName).add(values),
        update: (ctx, objectName, id, changes) => byOrg(ctx, objectName).change(id, changes)
    };
    const consequences = createConsequences(parts, follow);
    const defaults = createDefaults(parts);
    const validationRules = createValidationRules(parts);

    const open = (ctx: CallContext, object: ObjectDef) => {
        const references = createReferenceChecks(parts, ctx, object);

        const readSet = (operation: Operation, set: InputRow): Values =>
            input.read({ ...ctx, mode: 'system' }, object, operation, set);

        const insert = (row: InputRow): PreparedRow => {
            checkCanInsert(ctx, object);
            const given = input.read(ctx, object, 'insert', row);
            const values: Values = { ...defaults.of(ctx, object), ...withoutEmptyDefaults(object, given) };
            if (hasField(object, 'OwnerId')) values['OwnerId'] ??= ctx.user.userId;
            const save = (set: InputRow = {}): string => {
                const more = readSet('insert', set);
                return saveNew({ ...given, ...more }, { ...values, ...more });
            };
            return { id: null, values, save };
        };

        const saveNew = (given: Values, values: Values): string => {
            const id = parts.ids.newId(object.keyPrefix);
            for (const field of object.fields)
                if (field.autoNumber) values[field.name] = autoNumbers.next(object, field);
            if (object.custom) nameAfterId(object, values, id);
            const now = parts.clock().toISOString();
            const system = { Id: id, IsDeleted: 0, CreatedDate: now, CreatedById: ctx.user.userId };
            const derived = consequences.derive(object, values, null, given, now);
            const after: Values = { ...values, ...derived, ...system, ...changedBy(ctx, now) };
            check(object, after, after, references);
            uniqueness.check(ctx, object, after, id);
            strikeLock(object, after);
            tables.insert(object, after);
            return finish(ctx, object, id, null, after);
        };

        const update = (givenId: string, row: InputRow): PreparedRow => {
            const id = rowId(object, givenId);
            const before = tables.read(object, id);
            checkCanUpdate(parts.sharing, ctx, object, id, before);
            const given = input.read(ctx, object, 'update', row);
            const save = (set?: InputRow): string => {
                if (!set) return saveChanged(id, before!, given);
                // Triggers may have changed the row in the meantime.
                return saveChanged(id, tables.read(object, id)!, { ...given, ...readSet('update', set) });
            };
            return { id, values: { ...before!, ...given }, save };
        };

        const saveChanged = (id: string, before: Values, given: Values): string => {
            const now = parts.clock().toISOString();
            const derived = consequences.derive(object, { ...before, ...given }, before, given, now);
            const changed = differing({ ...given, ...derived }, before);
            const after: Values = { ...before, ...changed, ...changedBy(ctx, now) };
            check(object, { ...given, ...changed }, changed, references);
            uniqueness.check(ctx, object, changed, id);
            strikeLock(object, after);
            tables.update(object, id, { ...changed, ...changedBy(ctx, now) });
            return finish(ctx, object, id, before, after);
        };

        return {
            insert,
            update,
            /** A row of the org's own making. */
            add: (given: Values) => saveNew(given, { ...defaults.of(ctx, object), ...given }),
            change(id: string, given: Values): void {
                const before = tables.read(object, id);
                if (before) saveChanged(id, before, given);
            }
        };
    };

    const byOrg = (ctx: CallContext, objectName: string) =>
        open({ ...ctx, mode: 'system' }, parts.schema.object(objectName)!);

    const finish = (
        ctx: CallContext,
        object: ObjectDef,
        id: string,
        before: Values | null,
        after: Values
    ): string => {
        validationRules.check(ctx, object, before, after);
        parts.changes.saved(ctx, object, before, after);
        consequences.apply(ctx, object, before, after);
        return id;
    };

    const strikeLock = (object: ObjectDef, row: Values): void => {
        const isHit = (fault: { object: string; where?: (row: Values) => boolean }): boolean =>
            fault.object.toLowerCase() === object.name.toLowerCase() && (fault.where?.(row) ?? true);
        if (!parts.faults.take('rowLock', isHit)) return;
        throw rowError('UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record');
    };

    return { session: open, removed: consequences.removed };
}

/** `present`: values that must not be empty; `changed`: values whose references must hold. */
function check(
    object: ObjectDef,
    present: Values,
    changed: Values,
    references: { check(changed: Values): void }
): void {
    const missing = object.fields.filter((field) => isRequired(field) && present[field.name] === null);
    const unset = object.fields.filter(
        (field) => isRequired(field) && present[field.name] === undefined && 'Id' in present
    );
    const names = [...missing, ...unset].map((field) => field.name);
    if (names.length) {
        throw rowError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, names);
    }
    references.check(changed);
}

function isRequired(field: FieldDef): boolean {
    return !field.nillable && field.createable && field.type !== 'boolean';
}

/** A picklist given as empty still takes its default when the field is required, as in Salesforce. */
function withoutEmptyDefaults(object: ObjectDef, given: Values): Values {
    const required = new Set(object.fields.filter(isRequired).map((field) => field.name));
    return Object.fromEntries(
        Object.entries(given).filter(([name, value]) => value !== null || !required.has(name))
    );
}

/** A custom object's text name that nobody gave is its id. */
function nameAfterId(object: ObjectDef, values: Values, id: string): void {
    const name = object.fields.find((field) => field.nameField && !field.autoNumber);
    if (name) values[name.name] ??= id;
}

function hasField(object: ObjectDef, name: string): boolean {
    return object.fields.some((field) => field.name === name);
}

function changedBy(ctx: CallContext, now: string): Values {
    return { LastModifiedDate: now, LastModifiedById: ctx.user.userId, SystemModstamp: now };
}

function differing(values: Values, before: Values): Values {
    return Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== before[name]));
}

function rowId(object: ObjectDef, given: string): string {
    if (!isRecordId(given)) {
        throw rowError('MALFORMED_ID', `${object.label} ID: id value of incorrect type: ${given}`, ['Id']);
    }
    const id = to18(given);
    if (id.startsWith(object.keyPrefix)) return id;
    throw new RowError([
        { statusCode: 'INVALID_FIELD', message: `Id ${id} is no ${object.name}`, fields: ['Id'] }
    ]);
}
