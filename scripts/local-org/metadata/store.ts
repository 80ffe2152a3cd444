// Keeps every deployed component whole: its files and its parsed definition, in the org's database. Owns component ids
// and the metadata version; says nothing about what a component means (appliers in metadata/apply do).
import { isDeepStrictEqual } from 'node:util';
import type { Database } from 'better-sqlite3';
import type { Ids } from '../ids.ts';
import type { MetadataStore } from '../org.ts';
import { getSetting, setSetting } from '../schema/settings.ts';
import { isMergedType, keyPrefixOf } from './component-types.ts';

export interface StoredComponent {
    type: string;
    fullName: string;
    content: Record<string, unknown>;
    files: Map<string, Buffer>;
}

export interface ComponentRow {
    id: string;
    type: string;
    fullName: string;
    createdById: string;
    createdDate: string;
    lastModified: string;
    lastModifiedById: string;
}

export interface WritableMetadata extends MetadataStore {
    /** Stores a component as it is now; tells whether it is new, different or the same as before. */
    put(component: StoredComponent, userId: string): 'created' | 'changed' | 'unchanged';
    /** Forgets a component and its files. */
    remove(type: string, fullName: string): void;
    /** The same component, id and all, under another name; its files are put anew. */
    rename(type: string, fullName: string, newName: string): void;
    row(type: string, fullName: string): ComponentRow | undefined;
    rows(type: string): ComponentRow[];
    bumpVersion(): void;
    /** Reads the version back after a rolled back transaction. */
    reload(): void;
}

const COLUMNS = `id, type, full_name AS fullName, created_by AS createdById, created AS createdDate,
                 last_modified AS lastModified, last_modified_by AS lastModifiedById`;

export function createMetadataStore(db: Database, ids: Ids, clock: () => Date): WritableMetadata {
    createTables(db);
    const select = {
        list: db.prepare(`SELECT ${COLUMNS} FROM local_org_component WHERE type = ? ORDER BY full_name`),
        one: db.prepare(`SELECT ${COLUMNS} FROM local_org_component WHERE type = ? AND full_name = ?`),
        content: db
            .prepare('SELECT content FROM local_org_component WHERE type = ? AND full_name = ?')
            .pluck(),
        files: db.prepare(
            'SELECT path, body FROM local_org_component_file WHERE component_id = ? ORDER BY path'
        )
    };
    const readFiles = (id: string): Map<string, Buffer> =>
        new Map(
            (select.files.all(id) as { path: string; body: Buffer }[]).map((file) => [file.path, file.body])
        );

    const changes = new Map<string, number>();
    let rollbacks = 0;
    const changed = (type: string): unknown => changes.set(type, (changes.get(type) ?? 0) + 1);

    const store: WritableMetadata = {
        version: readVersion(db),
        list: (type) => store.rows(type).map(({ fullName, lastModified }) => ({ fullName, lastModified })),
        rows: (type) => select.list.all(type) as ComponentRow[],
        row: (type, fullName) => select.one.get(type, fullName) as ComponentRow | undefined,
        files(type, fullName) {
            const row = store.row(type, fullName);
            return row && readFiles(row.id);
        },
        content(type, fullName) {
            const text = select.content.get(type, fullName) as string | undefined;
            return text === undefined ? undefined : JSON.parse(text);
        },
        changesOf: (type) => (changes.get(type) ?? 0) + rollbacks,
        put(component, userId) {
            const before = store.row(component.type, component.fullName);
            const content = JSON.stringify(component.content);
            if (before && isSame(component, content, before)) return 'unchanged';
            const id = before?.id ?? ids.newId(keyPrefixOf(component.type));
            db.prepare(
                `INSERT INTO local_org_component
                 (id, type, full_name, created, created_by, last_modified, last_modified_by, content)
                 VALUES (@id, @type, @fullName, @now, @userId, @now, @userId, @content)
                 ON CONFLICT (type, full_name) DO UPDATE SET full_name = @fullName, last_modified = @now,
                 last_modified_by = @userId, content = @content`
            ).run({ ...keyOf(component), id, now: clock().toISOString(), userId, content });
            writeFiles(db, id, component.files);
            changed(component.type);
            return before ? 'changed' : 'created';
        },
        remove(type, fullName) {
            const row = store.row(type, fullName);
            if (!row) return;
            writeFiles(db, row.id, new Map());
            db.prepare('DELETE FROM local_org_component WHERE id = ?').run(row.id);
            changed(type);
        },
        rename(type, fullName, newName) {
            db.prepare('UPDATE local_org_component SET full_name = ? WHERE type = ? AND full_name = ?').run(
                newName,
                type,
                fullName
            );
            changed(type);
        },
        bumpVersion() {
            store.version += 1;
            setSetting(db, 'metadataVersion', String(store.version));
        },
        reload() {
            rollbacks += 1;
            store.version = readVersion(db);
        }
    };

    function isSame(component: StoredComponent, content: string, before: ComponentRow): boolean {
        if (before.fullName !== component.fullName) return false;
        const stored = JSON.parse(select.content.get(component.type, component.fullName) as string);
        if (!isDeepStrictEqual(stored, JSON.parse(content))) return false;
        if (isMergedType(component.type)) return true;
        const files = readFiles(before.id);
        return (
            files.size === component.files.size &&
            [...component.files].every(([path, body]) => files.get(path)?.equals(body))
        );
    }
    return store;
}

function createTables(db: Database): void {
    db.exec(`
        CREATE TABLE IF NOT EXISTS local_org_component (
            id TEXT PRIMARY KEY, type TEXT NOT NULL, full_name TEXT NOT NULL COLLATE NOCASE,
            created TEXT NOT NULL, created_by TEXT NOT NULL, last_modified TEXT NOT NULL,
            last_modified_by TEXT NOT NULL, content TEXT NOT NULL, UNIQUE (type, full_name));
        CREATE TABLE IF NOT EXISTS local_org_component_file (
            component_id TEXT NOT NULL, path TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (component_id, path));
    `);
}

function keyOf(component: StoredComponent): { type: string; fullName: string } {
    return { type: component.type, fullName: component.fullName };
}

function writeFiles(db: Database, id: string, files: Map<string, Buffer>): void {
    db.prepare('DELETE FROM local_org_component_file WHERE component_id = ?').run(id);
    const insert = db.prepare(
        'INSERT INTO local_org_component_file (component_id, path, body) VALUES (?, ?, ?)'
    );
    for (const [path, body] of files) insert.run(id, path, body);
}

function readVersion(db: Database): number {
    return Number(getSetting(db, 'metadataVersion') ?? 1);
}
