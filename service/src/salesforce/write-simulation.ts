// Writes a simulation: its row first, so that its parts have something to belong to, then the parts, then that it is complete. Rows are
// named by the run's key, so a run that was killed writes the same rows again. Also deletes simulations past the day they are kept to.
import type { Notes } from '../usecases/ports/org.ts';
import type { PayBatch } from '../usecases/ports/pay.ts';
import type { KeptSimulation } from '../usecases/ports/simulations.ts';
import { formatDay } from '../domain/calendar.ts';
import type { DayNumber } from '../domain/pipeline/types.ts';
import type { OrgClient } from './connect.ts';
import { partRows, simulationRow } from './map-simulation-rows.ts';
import { textOf } from './map-rows.ts';
import { OwnedRowWriter, type OwnedRow } from './owned-rows.ts';
import { purgeWhere } from './purge-rows.ts';
import { quoted, readList } from './query.ts';
import { deleteRows } from './write-rows.ts';

const SIMULATION = 'PlanSimulation__c';
const PART = 'SimulatedPay__c';

export async function saveSimulation(
    client: OrgClient,
    kept: KeptSimulation,
    { note, checkStop }: Pick<PayBatch, 'note' | 'checkStop'>
): Promise<{ written: number }> {
    const isKnown = kept.requestedBy !== null && (kept.people.get(kept.requestedBy)?.isActive ?? false);
    const ownerId = isKnown ? kept.requestedBy! : client.userId;
    const writer = new OwnedRowWriter<OwnedRow>(client, {
        checkStop,
        note: (code) =>
            note(
                code,
                'Who asked may not own simulations, so it belongs to the integration user. Assign SpmCompAnalyst.'
            ),
        onWritten: (_rows, results) => {
            const refused = results.find(({ ok }) => !ok);
            if (refused && !refused.ok)
                throw Object.assign(new Error('The simulation could not be saved.'), { code: refused.code });
        }
    });
    const parts = partRows(kept, ownerId);
    const row = simulationRow(kept, ownerId);
    await writer.write(SIMULATION, [{ fields: { ...row, Status__c: 'Running' } }]);
    await writer.write(
        PART,
        parts.map((fields) => ({ fields }))
    );
    await deleteMoreParts(client, kept.runKey, parts.length);
    await writer.write(SIMULATION, [{ fields: { ExternalKey__c: kept.runKey, Status__c: kept.status } }]);
    return { written: 1 + parts.length };
}

/** Of an attempt that was killed, when there were more people. */
async function deleteMoreParts(client: OrgClient, runKey: string, count: number): Promise<void> {
    const { q } = client.names;
    const where = `${q('PlanSimulation__r')}.${q('ExternalKey__c')} = ${quoted(runKey)} AND ${q('Position__c')} > ${count}`;
    const rows = await readList(client, { object: PART, fields: ['Id'], where });
    await deleteRows(
        client,
        rows.map((row) => textOf(row.Id))
    );
}

/** Parts first: a simulation that lost them would look complete. */
export async function purgeSimulations(client: OrgClient, today: DayNumber, note: Notes): Promise<void> {
    const { q } = client.names;
    const isOver = `${q('DeleteAfterDate__c')} < ${formatDay(today)}`;
    await purgeWhere(client, PART, `${q('PlanSimulation__r')}.${isOver}`, note);
    await purgeWhere(client, SIMULATION, isOver, note);
}
