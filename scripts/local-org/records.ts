// All saving of rows, for every door: REST, Bulk, composite and Apex. This file owns the call as a whole: order of rows,
// all-or-none, results by position. One row's way is in records/save-row.ts, deleting in records/delete-rows.ts.
import type { Database } from 'better-sqlite3';
import type { Faults } from './faults.ts';
import type { Ids } from './ids.ts';
import { OrgError } from './org.ts';
import type { CallContext, InputRow, Records, SaveOptions, SaveResult, Users } from './org.ts';
import { inOneTransaction } from './records/all-or-none.ts';
import type { ChangeCapture } from './pubsub/change-events.ts';
import { createDeleter } from './records/delete-rows.ts';
import { repeatedIds } from './records/repeated-ids.ts';
import { guarded, rowError } from './records/row-error.ts';
import { createRowSaver, type PreparedRow } from './records/save-row.ts';
import { saveBalanced } from './records/split-totals.ts';
import { saveWithTriggers, type Change, type PreparedChange } from './records/triggered-save.ts';
import type { Triggers } from './records/triggers.ts';
import { createUpsertKeys } from './records/upsert-keys.ts';
import type { ObjectDef, Schema } from './schema/types.ts';
import type { Sharing } from './sharing.ts';

export interface RecordParts {
    db: Database;
    schema: Schema;
    ids: Ids;
    users: Users;
    sharing: Sharing;
    faults: Faults;
    triggers: Triggers;
    /** Hears of every row that was saved, where Change Data Capture is on for its object. */
    changes: ChangeCapture;
    clock: () => Date;
    /** ISO code of the org's (corporate) currency. */
    currency: string;
}

export function createRecords(parts: RecordParts): Records {
    const saver = createRowSaver(parts);
    const deleter = createDeleter(parts, saver.removed);
    const upsertKeys = createUpsertKeys(parts);

    /** Saves row by row, each whole or not at all; with all-or-none a failure takes the others back. */
    const saveAll = (
        ctx: CallContext,
        objectName: string,
        changes: Change[],
        options: SaveOptions
    ): SaveResult[] =>
        inOneTransaction(parts.db, options, () => {
            const open = parts.triggers.of(ctx, objectName);
            const save = (some: Change[]): SaveResult[] =>
                open
                    ? saveWithTriggers(parts.db, open, some, options)
                    : some.map((read) => guarded(() => parts.db.transaction(() => read().save())()));
            return objectName === 'OpportunitySplit' ? saveBalanced(parts.db, changes, save) : save(changes);
        });

    /** Ids of several objects: each run of the same object is saved on its own. */
    const saveByObject = (
        ctx: CallContext,
        ids: string[],
        options: SaveOptions,
        change: (id: string) => PreparedChange
    ): SaveResult[] =>
        inOneTransaction(parts.db, options, () =>
            runsOf(ids, (id) => parts.schema.objectByKeyPrefix(id.slice(0, 3))?.name ?? '').flatMap(
                ({ name, members }) =>
                    saveAll(
                        ctx,
                        name,
                        members.map((id) => () => change(id)),
                        options
                    )
            )
        );

    const savable = (objectName: string): ObjectDef => {
        const object = parts.schema.object(objectName);
        if (!object) {
            throw new OrgError(400, 'INVALID_TYPE', `sObject type '${objectName}' is not supported.`);
        }
        return object;
    };

    /** What is deleted or brought back along with the row is not told of. */
    const removing = (
        ctx: CallContext,
        operation: 'delete' | 'undelete',
        row: { id: string; save(): string }
    ): PreparedChange => ({
        operation,
        id: row.id,
        values: null,
        save: () => {
            const id = row.save();
            const object = parts.schema.objectByKeyPrefix(id.slice(0, 3))!;
            parts.changes.removed(ctx, object.name, id, operation === 'delete' ? 'DELETE' : 'UNDELETE');
            return ok(id);
        }
    });

    return {
        insert(ctx, objectName, rows, options) {
            const object = savable(objectName);
            const session = saver.session(ctx, object);
            const changes = rows.map((row) => () => inserting(session.insert(row)));
            return saveAll(ctx, object.name, changes, options);
        },
        update(ctx, objectName, rows, options) {
            const object = savable(objectName);
            const session = saver.session(ctx, object);
            const refuseRepeated = repeatedIds(rows, (row) => row[idName(row)]);
            const changes = rows.map((row) => () => {
                const id = idOf(row);
                refuseRepeated(id);
                return updating(session.update(id, row));
            });
            return saveAll(ctx, object.name, changes, options);
        },
        upsert(ctx, objectName, externalIdField, rows, options) {
            const object = savable(objectName);
            const session = saver.session(ctx, object);
            const key = upsertKeys.of(ctx, object, externalIdField, rows);
            const changes = rows.map((row) => () => {
                const id = key.existingId(row);
                return id !== null
                    ? updating(session.update(id, key.withoutKey(row)), { created: false })
                    : inserting(session.insert(key.forInsert(row)), { created: true });
            });
            return saveAll(ctx, object.name, changes, options);
        },
        delete: (ctx, ids, options) =>
            saveByObject(ctx, ids, options, (id) => removing(ctx, 'delete', deleter.deletion(ctx, id))),
        undelete: (ctx, ids, options) =>
            saveByObject(ctx, ids, options, (id) => removing(ctx, 'undelete', deleter.restoration(ctx, id)))
    };
}

const inserting = (row: PreparedRow, more: Partial<SaveResult> = {}): PreparedChange => ({
    operation: 'insert',
    id: null,
    values: row.values,
    save: (set) => ({ ...ok(row.save(set)), ...more })
});

const updating = (row: PreparedRow, more: Partial<SaveResult> = {}): PreparedChange => ({
    operation: 'update',
    id: row.id,
    values: row.values,
    save: (set) => ({ ...ok(row.save(set)), ...more })
});

function runsOf(ids: string[], nameOf: (id: string) => string): { name: string; members: string[] }[] {
    const runs: { name: string; members: string[] }[] = [];
    for (const id of ids) {
        const last = runs.at(-1);
        const name = nameOf(id);
        if (last?.name === name) last.members.push(id);
        else runs.push({ name, members: [id] });
    }
    return runs;
}

function ok(id: string): SaveResult {
    return { id, success: true, errors: [] };
}

function idName(row: InputRow): string {
    return Object.keys(row).find((key) => key.toLowerCase() === 'id') ?? 'Id';
}

function idOf(row: InputRow): string {
    const id = row[idName(row)];
    if (typeof id === 'string' && id !== '') return id;
    throw rowError('MISSING_ARGUMENT', 'Id not specified in an update call', ['Id']);
}
