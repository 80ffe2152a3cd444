// What is remembered of one org between runs besides its rows: watermarks, days on which deals are due, learnt aggregates.
// A run's outcome is committed in one transaction, after its results are in the org.
import type { MemoryFact, OrgMemory, RunOutcome } from '../usecases/ports/memory.ts';
import { createRowMemory } from './row-memory.ts';
import type { Sql, SqlStore } from './sql.ts';
import { inParts, insertRows, placesFor } from './sql.ts';

export function createOrgMemory(store: SqlStore, orgId: string): OrgMemory {
    return {
        rows: createRowMemory(store, orgId),
        watermarks: async () => {
            const rows = await store.all<{ object: string; moment: string }>(
                'SELECT object, moment FROM watermark WHERE org_id = ?',
                [orgId]
            );
            if (rows.length === 0) return null;
            return Object.fromEntries(rows.map(({ object, moment }) => [object, moment]));
        },
        commitRun: (outcome) => store.transaction((sql) => commitRun(sql, orgId, outcome)),
        dueOn: async (day) => {
            const rows = await store.all<{ opportunity_id: string }>(
                'SELECT opportunity_id FROM reassess WHERE org_id = ? AND day <= ?',
                [orgId, day]
            );
            return rows.map((row) => row.opportunity_id);
        },
        fact: async (name) => {
            const rows = await store.all<{ value: string }>(
                'SELECT value FROM fact WHERE org_id = ? AND name = ?',
                [orgId, name]
            );
            return rows[0]?.value ?? null;
        },
        setFact: (name, value) => setFact(store, orgId, name, value)
    };
}

async function commitRun(sql: Sql, orgId: string, outcome: RunOutcome): Promise<void> {
    const watermarks = Object.entries(outcome.watermarks).map(([object, moment]) => [orgId, object, moment]);
    await insertRows(
        sql,
        'INSERT INTO watermark (org_id, object, moment) VALUES',
        watermarks,
        'ON CONFLICT (org_id, object) DO UPDATE SET moment = excluded.moment'
    );
    await setReassess(sql, orgId, outcome.reassess);
    for (const [name, value] of Object.entries(outcome.facts))
        await setFact(sql, orgId, name as MemoryFact, value);
}

async function setReassess(
    sql: Sql,
    orgId: string,
    { replaceAll, days }: RunOutcome['reassess']
): Promise<void> {
    if (replaceAll) await sql.run('DELETE FROM reassess WHERE org_id = ?', [orgId]);
    const due = [...days].filter(([, day]) => day >= 0);
    const notDue = [...days].filter(([, day]) => day < 0).map(([opportunityId]) => opportunityId);
    await insertRows(
        sql,
        'INSERT INTO reassess (org_id, opportunity_id, day) VALUES',
        due.map(([opportunityId, day]) => [orgId, opportunityId, day]),
        'ON CONFLICT (org_id, opportunity_id) DO UPDATE SET day = excluded.day'
    );
    for (const part of inParts(notDue)) {
        const text = `DELETE FROM reassess WHERE org_id = ? AND opportunity_id IN (${placesFor(part)})`;
        await sql.run(text, [orgId, ...part]);
    }
}

async function setFact(sql: Sql, orgId: string, name: MemoryFact, value: string | null): Promise<void> {
    if (value === null) {
        await sql.run('DELETE FROM fact WHERE org_id = ? AND name = ?', [orgId, name]);
        return;
    }
    await sql.run(
        'INSERT INTO fact (org_id, name, value) VALUES (?, ?, ?) ' +
            'ON CONFLICT (org_id, name) DO UPDATE SET value = excluded.value',
        [orgId, name, value]
    );
}
