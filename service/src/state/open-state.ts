// Opens the state where the settings say: PostgreSQL when there is an address, else the SQLite file.
import { openPostgres } from './postgres.ts';
import type { SqlStore } from './sql.ts';
import { openSqlite } from './sqlite.ts';

export type StatePlace = { stateFile: string } | { databaseUrl: string };

export function openState(place: StatePlace): Promise<SqlStore> {
    return 'databaseUrl' in place ? openPostgres({ url: place.databaseUrl }) : openSqlite(place.stateFile);
}
