// Change events of this org. An event is a row written in the transaction of the change, so what is rolled back was never told;
// rows are kept for three days and their numbers are the replay ids. Owns rows and subscribers' bells, not who may hear what.
import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { CallContext } from '../org.ts';
import type { Values } from '../records/input.ts';
import type { ObjectDef, Schema } from '../schema/types.ts';
import { changedBits, eventSchemaOf, eventValue, type EventSchema } from './event-schema.ts';
import type { Selection } from './selection.ts';

export interface ChangeEventRow {
    id: number;
    entity: string;
    schemaId: string;
    payload: Buffer;
}

/** What saving tells of; nothing is written for objects that are not selected. */
export interface ChangeCapture {
    saved(ctx: CallContext, object: ObjectDef, before: Values | null, after: Values): void;
    removed(ctx: CallContext, objectName: string, id: string, change: 'DELETE' | 'UNDELETE'): void;
}

export interface ChangeEvents extends ChangeCapture {
    after(id: number, count: number): ChangeEventRow[];
    /** Of the newest event, 0 before the first. */
    latest(): number;
    /** The number before the oldest event that is kept. */
    beforeAll(): number;
    schemaJson(schemaId: string): string | undefined;
    schemaOf(objectName: string): EventSchema | undefined;
    /** Calls back after commits that brought events; returns what ends it. */
    listen(bell: () => void): () => void;
}

interface Parts {
    db: Database;
    schema: Schema;
    selection: Selection;
    clock: () => Date;
}

type Header = Record<'entityName' | 'changeType' | 'commitUser', string> & { id: string };

const KEPT_MS = 72 * 3_600_000;
const ORIGIN = 'com/salesforce/api/rest/65.0';

export function createChangeEvents({ db, schema, selection, clock }: Parts): ChangeEvents {
    createTables(db);
    const insert = db.prepare(
        'INSERT INTO local_change_event (entity, schema_id, payload, committed_at) VALUES (?, ?, ?, ?)'
    );
    const keepSchema = db.prepare('INSERT OR IGNORE INTO local_event_schema (id, json) VALUES (?, ?)');
    const select = db.prepare(
        'SELECT id, entity, schema_id AS schemaId, payload FROM local_change_event WHERE id > ? ORDER BY id LIMIT ?'
    );
    const forget = db.prepare('DELETE FROM local_change_event WHERE committed_at < ?');
    const schemas = new Map<string, EventSchema>();
    let version = schema.version;
    const bells = new Set<() => void>();
    let isRinging = false;

    const ring = (): void => {
        if (isRinging) return;
        isRinging = true;
        // Transactions are synchronous: by then this one is over, one way or the other.
        setImmediate(() => {
            isRinging = false;
            if (!db.open) return;
            forget.run(clock().getTime() - KEPT_MS);
            for (const bell of bells) bell();
        });
    };

    const schemaOf = (objectName: string): EventSchema | undefined => {
        if (version !== schema.version) schemas.clear();
        version = schema.version;
        const object = schema.object(objectName);
        const known = schemas.get(objectName);
        if (!object || known) return known;
        const made = eventSchemaOf(object);
        schemas.set(objectName, made);
        return made;
    };

    const write = ({ id, ...header }: Header, changed: ReadonlySet<string>, values: Values): void => {
        const of = schemaOf(header.entityName)!;
        const now = clock().getTime();
        const isUpdate = header.changeType === 'UPDATE';
        const told = of.fields.filter(({ name }) => changed.has(name));
        const event = {
            ...Object.fromEntries(of.fields.map(({ name }) => [name, null])),
            ...Object.fromEntries(told.map((field) => [field.name, eventValue(field, values[field.name])])),
            ChangeEventHeader: {
                ...header,
                recordIds: [id],
                changeOrigin: ORIGIN,
                transactionKey: randomUUID(),
                sequenceNumber: 1,
                commitTimestamp: now,
                commitNumber: now,
                nulledFields: [],
                diffFields: [],
                changedFields: isUpdate ? changedBits(of.fields, changed) : []
            }
        };
        keepSchema.run(of.id, of.json);
        insert.run(header.entityName, of.id, of.type.toBuffer(event), now);
        ring();
    };

    const latest = (): number =>
        numberOf(db, "SELECT seq FROM sqlite_sequence WHERE name = 'local_change_event'") ?? 0;

    return {
        saved(ctx, object, before, after) {
            if (!selection.isOn(object.name)) return;
            const header = { entityName: object.name, commitUser: ctx.user.userId, id: String(after['Id']) };
            const names = Object.keys(after).filter((name) => after[name] !== (before?.[name] ?? null));
            write({ ...header, changeType: before ? 'UPDATE' : 'CREATE' }, new Set(names), after);
        },
        removed(ctx, objectName, id, changeType) {
            if (!selection.isOn(objectName)) return;
            write({ entityName: objectName, commitUser: ctx.user.userId, id, changeType }, new Set(), {});
        },
        after: (id, count) => select.all(id, count) as ChangeEventRow[],
        latest,
        beforeAll: () => {
            const oldest = numberOf(db, 'SELECT min(id) FROM local_change_event');
            return oldest === null ? latest() : oldest - 1;
        },
        schemaJson: (schemaId) =>
            db.prepare('SELECT json FROM local_event_schema WHERE id = ?').pluck().get(schemaId) as
                string | undefined,
        schemaOf: (objectName) => {
            const of = schemaOf(objectName);
            if (of) keepSchema.run(of.id, of.json);
            return of;
        },
        listen(bell) {
            bells.add(bell);
            return () => void bells.delete(bell);
        }
    };
}

function numberOf(db: Database, sql: string): number | null {
    return (db.prepare(sql).pluck().get() as number | null | undefined) ?? null;
}

function createTables(db: Database): void {
    db.exec(`
        CREATE TABLE IF NOT EXISTS local_change_event (
            id INTEGER PRIMARY KEY AUTOINCREMENT, entity TEXT NOT NULL, schema_id TEXT NOT NULL,
            payload BLOB NOT NULL, committed_at INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS local_event_schema (id TEXT PRIMARY KEY, json TEXT NOT NULL);
    `);
}
