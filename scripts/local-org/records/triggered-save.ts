// Saving rows of an object that has triggers: chunks of 200, before triggers, the rows, after triggers. Where some rows
// fail and the others may stay, a chunk is taken back and saved again without them, three times at most, as in Salesforce.
import type { Database } from 'better-sqlite3';
import type { SaveError, SaveOptions, SaveResult } from '../org.ts';
import { guarded } from './row-error.ts';
import type { TriggerChunk, TriggerOperation, TriggerRow } from './triggers.ts';

const CHUNK = 200;
const ATTEMPTS = 3;

/** A row that was read and found fit to be shown to triggers. */
export interface PreparedChange {
    operation: TriggerOperation;
    id: string | null;
    values: TriggerRow['values'];
    save(set?: TriggerRow['set']): SaveResult;
}

/** Reads one row of the call; throws RowError. */
export type Change = () => PreparedChange;

export function saveWithTriggers(
    db: Database,
    open: () => TriggerChunk,
    changes: Change[],
    options: SaveOptions
): SaveResult[] {
    const results: SaveResult[] = [];
    for (let start = 0; start < changes.length; start += CHUNK) {
        results.push(...saveChunk(db, open(), changes.slice(start, start + CHUNK), options));
    }
    return results;
}

function saveChunk(
    db: Database,
    triggers: TriggerChunk,
    changes: Change[],
    { allOrNone }: SaveOptions
): SaveResult[] {
    const results: SaveResult[] = [];
    let waiting = changes.map((_change, index) => index);
    for (let attempt = 1; waiting.length > 0 && attempt <= ATTEMPTS; attempt++) {
        if (attempt > 1) triggers.again();
        db.exec('SAVEPOINT chunk');
        const tried = attemptOnce(
            db,
            triggers,
            waiting.map((index) => changes[index]!)
        );
        const failed = waiting.filter((_index, at) => !tried[at]!.success);
        const isKept = failed.length === 0 || allOrNone;
        if (!isKept) db.exec('ROLLBACK TO chunk');
        db.exec('RELEASE chunk');
        waiting.forEach((index, at) => (results[index] = tried[at]!));
        waiting = isKept ? [] : waiting.filter((index) => results[index]!.success);
    }
    for (const index of waiting) results[index] = failedWith([TOO_MANY_RETRIES]);
    return results;
}

interface Tried {
    change?: PreparedChange;
    row?: TriggerRow;
    result: SaveResult;
}

function attemptOnce(db: Database, triggers: TriggerChunk, changes: Change[]): SaveResult[] {
    const rows = changes.map(readChange);
    pass(rows, (operation, some) => triggers.before(operation, some));
    for (const one of alive(rows)) {
        one.result = guarded(() => db.transaction(() => one.change!.save(one.row!.set))());
        one.row!.id = one.result.id;
    }
    pass(rows, (operation, some) => triggers.after(operation, some));
    return rows.map(({ result }) => result);
}

function readChange(read: Change): Tried {
    let change: PreparedChange | undefined;
    const result = guarded(() => {
        change = read();
        return { id: change.id, success: true, errors: [] };
    });
    if (!change) return { result };
    return { change, row: { id: change.id, values: change.values, set: {}, errors: [] }, result };
}

const alive = (rows: Tried[]): Tried[] => rows.filter(({ result }) => result.success);

/** Shows the rows without errors to the triggers, one operation after the other (an upsert has two). */
function pass(rows: Tried[], show: (operation: TriggerOperation, rows: TriggerRow[]) => void): void {
    for (const operation of ['insert', 'update', 'delete', 'undelete'] as const) {
        const some = alive(rows).filter(({ change }) => change!.operation === operation);
        if (some.length === 0) continue;
        show(
            operation,
            some.map(({ row }) => row!)
        );
        for (const one of some) if (one.row!.errors.length > 0) one.result = failedWith(one.row!.errors);
    }
}

const failedWith = (errors: SaveError[]): SaveResult => ({ id: null, success: false, errors });

const TOO_MANY_RETRIES: SaveError = {
    statusCode: 'UNKNOWN_EXCEPTION',
    message: 'Too many batch retries in the presence of Apex triggers and partial failures.',
    fields: []
};
