// Which result rows the org holds, by hash and owner: what decides whether a row is written again. Can be lost: it is
// rebuilt from the rows in the org.
import type { KnownRows, RememberedRow, ResultObject, RowMemory } from '../usecases/ports/memory.ts';
import type { Sql, SqlStore } from './sql.ts';
import { inParts, insertRows, placesFor } from './sql.ts';

interface StoredRow {
    object: ResultObject;
    key: string;
    opportunity_id: string;
    hash: string;
    owner_id: string;
    is_open: number;
}

const COLUMNS = 'object, key, opportunity_id, hash, owner_id, is_open';

export function createRowMemory(store: SqlStore, orgId: string): RowMemory {
    return {
        of: async (opportunityIds) => {
            const rows: StoredRow[] = [];
            for (const part of inParts(opportunityIds)) {
                const text =
                    `SELECT ${COLUMNS} FROM result_row WHERE org_id = ? ` +
                    `AND opportunity_id IN (${placesFor(part)})`;
                rows.push(...(await store.all<StoredRow>(text, [orgId, ...part])));
            }
            // Sorted here: asked to sort, SQLite reads all rows of the org in their order instead of those deals.
            rows.sort((a, b) => (a.key < b.key ? -1 : 1));
            return knownRows(rows.map(fromStored));
        },
        openOpportunityIds: async () => {
            const rows = await store.all<{ opportunity_id: string }>(
                'SELECT DISTINCT opportunity_id FROM result_row WHERE org_id = ? AND is_open = 1',
                [orgId]
            );
            return rows.map((row) => row.opportunity_id);
        },
        remember: (rows) => store.transaction((sql) => putRows(sql, orgId, rows)),
        forget: (object, keys) =>
            store.transaction(async (sql) => {
                for (const part of inParts(keys)) {
                    const text = `DELETE FROM result_row WHERE org_id = ? AND object = ? AND key IN (${placesFor(part)})`;
                    await sql.run(text, [orgId, object, ...part]);
                }
            }),
        replaceAll: (rows) =>
            store.transaction(async (sql) => {
                await sql.run('DELETE FROM result_row WHERE org_id = ?', [orgId]);
                await putRows(sql, orgId, rows);
            })
    };
}

async function putRows(sql: Sql, orgId: string, rows: readonly RememberedRow[]): Promise<void> {
    // One statement may not touch a row twice; the last word counts.
    const last = new Map(rows.map((row) => [`${row.object}|${row.key}`, row]));
    await insertRows(
        sql,
        `INSERT INTO result_row (org_id, ${COLUMNS}) VALUES`,
        [...last.values()].map((row) => [
            orgId,
            row.object,
            row.key,
            row.opportunityId,
            row.hash,
            row.ownerId,
            row.isOpen ? 1 : 0
        ]),
        'ON CONFLICT (org_id, object, key) DO UPDATE SET opportunity_id = excluded.opportunity_id, ' +
            'hash = excluded.hash, owner_id = excluded.owner_id, is_open = excluded.is_open'
    );
}

function knownRows(rows: readonly RememberedRow[]): KnownRows {
    const byKey = new Map(rows.map((row) => [`${row.object}|${row.key}`, row]));
    const flags = new Map<string, RememberedRow[]>();
    for (const row of rows) {
        if (row.object !== 'PipelineFlag__c') continue;
        const ofDeal = flags.get(row.opportunityId);
        if (ofDeal) ofDeal.push(row);
        else flags.set(row.opportunityId, [row]);
    }
    return {
        get: (object, key) => byKey.get(`${object}|${key}`) ?? null,
        flagsOf: (opportunityId) => flags.get(opportunityId) ?? []
    };
}

function fromStored(row: StoredRow): RememberedRow {
    return {
        object: row.object,
        key: row.key,
        opportunityId: row.opportunity_id,
        hash: row.hash,
        ownerId: row.owner_id,
        isOpen: row.is_open === 1
    };
}
