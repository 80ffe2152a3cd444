// Loaded before the service: from SIGUSR2 on nothing can be written into the state file, as SQLite says it of a disk that is full (each
// write needs room in the write-ahead log).
import Database from 'better-sqlite3';

let isFull = false;
process.on('SIGUSR2', () => (isFull = true));

type Way = (...values: unknown[]) => unknown;
type Prepared = Record<'run' | 'get' | 'all', Way> & { readonly: boolean };

const prepare = Database.prototype.prepare as unknown as (source: string) => Prepared;
function prepareOnSmallDisk(this: unknown, source: string): Prepared {
    const statement = prepare.call(this, source);
    if (statement.readonly) return statement;
    for (const way of ['run', 'get', 'all'] as const) {
        const write = statement[way].bind(statement);
        statement[way] = (...values) => {
            if (isFull) throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL');
            return write(...values);
        };
    }
    return statement;
}
Database.prototype.prepare = prepareOnSmallDisk as unknown as typeof Database.prototype.prepare;
