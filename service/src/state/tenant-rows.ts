// Tenants in the state: one row each, changed only at the revision it was read at. What a record says is tenants/'s; the
// client secret in it is sealed.
import type { TenantRow, TenantStore } from '../usecases/ports/tenants.ts';
import type { Sql, SqlStore } from './sql.ts';

interface Row {
    org_id: string;
    record: string;
    revision: number;
    last_seen_at: string | null;
}

const COLUMNS = 'org_id, record, revision, last_seen_at';
/** Everything else that is kept by org. */
const TABLES_OF_ORG = ['run', 'result_row', 'watermark', 'reassess', 'fact', 'writer_lock'];

export function createTenantStore(state: SqlStore): TenantStore {
    return {
        list: async () => {
            const rows = await state.all<Row>(`SELECT ${COLUMNS} FROM tenant ORDER BY org_id`);
            return rows.map(tenantRow);
        },
        find: async (orgId) => {
            const [row] = await state.all<Row>(`SELECT ${COLUMNS} FROM tenant WHERE org_id = ?`, [orgId]);
            return row ? tenantRow(row) : null;
        },
        insert: async (orgId, record) => {
            const statement =
                'INSERT INTO tenant (org_id, record, revision) VALUES (?, ?, 1) ON CONFLICT (org_id) DO NOTHING';
            return (await state.run(statement, [orgId, record])) === 1;
        },
        replace: async (orgId, record, revision) => {
            const statement =
                'UPDATE tenant SET record = ?, revision = revision + 1 WHERE org_id = ? AND revision = ?';
            return (await state.run(statement, [record, orgId, revision])) === 1;
        },
        seen: async (orgId, moment) => {
            await state.run('UPDATE tenant SET last_seen_at = ? WHERE org_id = ?', [moment, orgId]);
        },
        remove: (orgId) => state.transaction((sql) => forget(sql, orgId))
    };
}

async function forget(sql: Sql, orgId: string): Promise<void> {
    for (const table of ['tenant', ...TABLES_OF_ORG])
        await sql.run(`DELETE FROM ${table} WHERE org_id = ?`, [orgId]);
}

function tenantRow(row: Row): TenantRow {
    return {
        orgId: row.org_id,
        record: row.record,
        revision: Number(row.revision),
        lastSeenAt: row.last_seen_at
    };
}
