// Reads and writes whole rows by Id with statements kept per set of columns. Takes values that are already checked.
import type { Database, Statement } from 'better-sqlite3';
import { quote } from '../schema/tables.ts';
import type { ObjectDef, Schema } from '../schema/types.ts';
import type { Values } from './input.ts';

export interface TableWriter {
    read(object: ObjectDef, id: string): Values | undefined;
    insert(object: ObjectDef, values: Values): void;
    update(object: ObjectDef, id: string, values: Values): void;
}

const KEPT_STATEMENTS = 300;

export function createTableWriter({ db, schema }: { db: Database; schema: Schema }): TableWriter {
    const statements = new Map<string, Statement>();
    let version = schema.version;
    const prepared = (sql: string): Statement => {
        if (version !== schema.version || statements.size > KEPT_STATEMENTS) statements.clear();
        version = schema.version;
        let statement = statements.get(sql);
        if (!statement) statements.set(sql, (statement = db.prepare(sql)));
        return statement;
    };
    return {
        read: (object, id) =>
            prepared(`SELECT * FROM ${quote(object.name)} WHERE "Id" = ?`).get(id) as Values | undefined,
        insert(object, values) {
            const names = Object.keys(values);
            const marks = names.map(() => '?').join(', ');
            prepared(
                `INSERT INTO ${quote(object.name)} (${names.map(quote).join(', ')}) VALUES (${marks})`
            ).run(Object.values(values));
        },
        update(object, id, values) {
            const assignments = Object.keys(values).map((name) => `${quote(name)} = ?`);
            prepared(`UPDATE ${quote(object.name)} SET ${assignments.join(', ')} WHERE "Id" = ?`).run([
                ...Object.values(values),
                id
            ]);
        }
    };
}
