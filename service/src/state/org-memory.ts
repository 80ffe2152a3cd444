// What is remembered of one org between runs besides its rows: watermarks, days on which deals are due, learnt aggregates.
// A run's outcome is committed in one transaction, after its results are in the org.
import type { DayNumber } from '../domain/pipeline/types.ts';
import type { MemoryFact, OrgMemory, RunOutcome } from '../usecases/ports.ts';
import type { State } from './open-state.ts';
import { createRowMemory } from './row-memory.ts';

export function createOrgMemory(db: State, orgId: string): OrgMemory {
    const watermarks = db.prepare('SELECT object, moment FROM watermark WHERE org_id = ?');
    const setWatermark = db.prepare('INSERT OR REPLACE INTO watermark VALUES (?, ?, ?)');
    const due = db.prepare('SELECT opportunity_id FROM reassess WHERE org_id = ? AND day <= ?').pluck();
    const setDue = db.prepare('INSERT OR REPLACE INTO reassess VALUES (?, ?, ?)');
    const dropDue = db.prepare('DELETE FROM reassess WHERE org_id = ? AND opportunity_id = ?');
    const dropAllDue = db.prepare('DELETE FROM reassess WHERE org_id = ?');
    const fact = db.prepare('SELECT value FROM fact WHERE org_id = ? AND name = ?').pluck();
    const putFact = db.prepare('INSERT OR REPLACE INTO fact VALUES (?, ?, ?)');
    const dropFact = db.prepare('DELETE FROM fact WHERE org_id = ? AND name = ?');
    const setFact = (name: MemoryFact, value: string | null) => {
        if (value === null) dropFact.run(orgId, name);
        else putFact.run(orgId, name, value);
    };
    const setReassess = (opportunityId: string, day: DayNumber) => {
        if (day < 0) dropDue.run(orgId, opportunityId);
        else setDue.run(orgId, opportunityId, day);
    };
    const commit = db.transaction((outcome: RunOutcome) => {
        for (const [object, moment] of Object.entries(outcome.watermarks))
            setWatermark.run(orgId, object, moment);
        if (outcome.reassess.replaceAll) dropAllDue.run(orgId);
        for (const [opportunityId, day] of outcome.reassess.days) setReassess(opportunityId, day);
        for (const [name, value] of Object.entries(outcome.facts)) setFact(name as MemoryFact, value);
    });
    return {
        rows: createRowMemory(db, orgId),
        watermarks: () => {
            const rows = watermarks.all(orgId) as { object: string; moment: string }[];
            return rows.length === 0
                ? null
                : Object.fromEntries(rows.map(({ object, moment }) => [object, moment]));
        },
        commitRun: (outcome) => void commit.immediate(outcome),
        dueOn: (day) => due.all(orgId, day) as string[],
        fact: (name) => (fact.get(orgId, name) as string | undefined) ?? null,
        setFact
    };
}
