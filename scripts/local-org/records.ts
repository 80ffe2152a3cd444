// All saving of rows, for every door: REST, Bulk, composite and Apex. This file owns the call as a whole: order of rows,
// all-or-none, results by position. One row's way is in records/save-row.ts, deleting in records/delete-rows.ts.
import type { Database } from 'better-sqlite3';
import type { Faults } from './faults.ts';
import type { Ids } from './ids.ts';
import { notSupported, OrgError } from './org.ts';
import type { InputRow, Records, SaveOptions, SaveResult, Users } from './org.ts';
import { inOneTransaction } from './records/all-or-none.ts';
import { createDeleter } from './records/delete-rows.ts';
import { RowError, rowError } from './records/row-error.ts';
import { createRowSaver } from './records/save-row.ts';
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
    clock: () => Date;
    timeZone: string;
}

export function createRecords(parts: RecordParts): Records {
    const saver = createRowSaver(parts);
    const deleter = createDeleter(parts);
    const upsertKeys = createUpsertKeys(parts);
    const inTransaction = <T>(work: () => T): T => parts.db.transaction(work)();

    /** Saves row by row, each whole or not at all; with all-or-none a failure takes the others back. */
    const eachRow = <Row>(
        rows: Row[],
        options: SaveOptions,
        saveOne: (row: Row) => SaveResult
    ): SaveResult[] =>
        inOneTransaction(parts.db, options, () =>
            rows.map((row) => guarded(() => inTransaction(() => saveOne(row))))
        );

    const savable = (objectName: string): ObjectDef => {
        const object = parts.schema.object(objectName);
        if (!object) {
            throw new OrgError(400, 'INVALID_TYPE', `sObject type '${objectName}' is not supported.`);
        }
        if (object.name === 'OpportunityLineItem') {
            throw notSupported(
                "saving OpportunityLineItem rows (they would change the opportunity's amount); load them as seed data"
            );
        }
        return object;
    };

    return {
        insert(ctx, objectName, rows, options) {
            const session = saver.session(ctx, savable(objectName));
            return eachRow(rows, options, (row) => ok(session.insert(row)));
        },
        update(ctx, objectName, rows, options) {
            const session = saver.session(ctx, savable(objectName));
            return eachRow(rows, options, (row) => ok(session.update(idOf(row), row)));
        },
        upsert(ctx, objectName, externalIdField, rows, options) {
            const object = savable(objectName);
            const session = saver.session(ctx, object);
            const key = upsertKeys.of(ctx, object, externalIdField, rows);
            return eachRow(rows, options, (row) => {
                const id = key.existingId(row);
                if (id !== null) return { ...ok(session.update(id, key.withoutKey(row))), created: false };
                return { ...ok(session.insert(key.forInsert(row))), created: true };
            });
        },
        delete: (ctx, ids, options) => eachRow(ids, options, (id) => ok(deleter.delete(ctx, id))),
        undelete: (ctx, ids, options) => eachRow(ids, options, (id) => ok(deleter.undelete(ctx, id)))
    };
}

function ok(id: string): SaveResult {
    return { id, success: true, errors: [] };
}

function guarded(save: () => SaveResult): SaveResult {
    try {
        return save();
    } catch (error) {
        if (error instanceof RowError) return { id: null, success: false, errors: error.errors };
        throw error;
    }
}

function idOf(row: InputRow): string {
    const name = Object.keys(row).find((key) => key.toLowerCase() === 'id');
    const id = name && row[name];
    if (typeof id === 'string' && id !== '') return id;
    throw rowError('MISSING_ARGUMENT', 'Id not specified in an update call', ['Id']);
}
