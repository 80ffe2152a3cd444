// Which result rows the org holds, by hash and owner: what decides whether a row is written again. Can be lost: it is
// rebuilt from the rows in the org.
import type { RememberedRow, ResultObject, RowMemory } from '../usecases/ports.ts';
import type { State } from './open-state.ts';

interface StoredRow {
    object: ResultObject;
    key: string;
    opportunity_id: string;
    hash: string;
    owner_id: string;
    is_open: number;
}

const COLUMNS = 'object, key, opportunity_id, hash, owner_id, is_open';

export function createRowMemory(db: State, orgId: string): RowMemory {
    const get = db.prepare(`SELECT ${COLUMNS} FROM result_row WHERE org_id = ? AND object = ? AND key = ?`);
    const flags = db.prepare(
        `SELECT ${COLUMNS} FROM result_row WHERE org_id = ? AND opportunity_id = ? AND object = 'PipelineFlag__c'`
    );
    const open = db
        .prepare(`SELECT DISTINCT opportunity_id FROM result_row WHERE org_id = ? AND is_open = 1`)
        .pluck();
    const put = db.prepare('INSERT OR REPLACE INTO result_row VALUES (?, ?, ?, ?, ?, ?, ?)');
    const drop = db.prepare('DELETE FROM result_row WHERE org_id = ? AND object = ? AND key = ?');
    const dropAll = db.prepare('DELETE FROM result_row WHERE org_id = ?');
    const any = db.prepare('SELECT 1 FROM result_row WHERE org_id = ? LIMIT 1');
    const putAll = (rows: readonly RememberedRow[]) => {
        for (const row of rows) {
            put.run(orgId, row.object, row.key, row.opportunityId, row.hash, row.ownerId, row.isOpen ? 1 : 0);
        }
    };
    const remember = db.transaction(putAll);
    const forget = db.transaction((object: ResultObject, keys: readonly string[]) => {
        for (const key of keys) drop.run(orgId, object, key);
    });
    const replaceAll = db.transaction((rows: readonly RememberedRow[]) => {
        dropAll.run(orgId);
        putAll(rows);
    });
    return {
        get: (object, key) => fromStored(get.get(orgId, object, key) as StoredRow | undefined),
        flagsOf: (opportunityId) =>
            (flags.all(orgId, opportunityId) as StoredRow[]).map((row) => fromStored(row) as RememberedRow),
        openOpportunityIds: () => open.all(orgId) as string[],
        remember: (rows) => void remember.immediate(rows),
        forget: (object, keys) => void forget.immediate(object, keys),
        replaceAll: (rows) => void replaceAll.immediate(rows),
        isEmpty: () => any.get(orgId) === undefined
    };
}

function fromStored(row: StoredRow | undefined): RememberedRow | null {
    if (!row) return null;
    return {
        object: row.object,
        key: row.key,
        opportunityId: row.opportunity_id,
        hash: row.hash,
        ownerId: row.owner_id,
        isOpen: row.is_open === 1
    };
}
