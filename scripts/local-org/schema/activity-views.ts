// ActivityHistory and OpenActivity have no rows of their own: they are tasks and events seen together, each as a view
// with the columns of its definition. Which of them are past is decided when they are read (soql/activities.ts).
import type { Database } from 'better-sqlite3';
import { quote } from './tables.ts';
import type { ObjectDef } from './types.ts';

type Columns = Record<string, string>;

/** Columns that are not called the same in Task and Event. */
const TASK: Columns = { IsTask: '1', ActivityType: '"Type"', ActivitySubtype: '"TaskSubtype"' };
const EVENT: Columns = { IsTask: '0', ActivityType: '"Type"', ActivitySubtype: '"EventSubtype"' };

export function createActivityViews(db: Database, objects: ReadonlyMap<string, ObjectDef>): void {
    for (const view of objects.values()) {
        if (!view.readFrom) continue;
        const parts = view.readFrom.map((name) => partOf(view, objects.get(name.toLowerCase())!));
        db.exec(`DROP VIEW IF EXISTS ${quote(view.name)}`);
        db.exec(`CREATE VIEW ${quote(view.name)} AS ${parts.join(' UNION ALL ')}`);
    }
}

function partOf(view: ObjectDef, source: ObjectDef): string {
    const own =
        source.name === 'Task' ? TASK : { ...EVENT, IsClosed: view.name === 'OpenActivity' ? '0' : '1' };
    const has = new Set(source.fields.map(({ name }) => name));
    const columns = view.fields.map(({ name }) => {
        const column = (own as Columns)[name] ?? (has.has(name) ? quote(name) : 'NULL');
        return `${column} AS ${quote(name)}`;
    });
    return `SELECT ${columns.join(', ')} FROM ${quote(source.name)}`;
}
