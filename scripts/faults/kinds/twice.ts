// Two processes on one state are asked for the same run at the same moment; also a second time while the first is under way.
import { ServiceProcess } from '../../../service/test/support/service-process.ts';
import { startPostgres } from '../../../service/test/support/postgres-server.ts';
import type { EndedRun } from '../run-reports.ts';
import { goOn, tryFault } from '../trial.ts';
import type { Strike } from '../trial.ts';
import { SOON } from './kind.ts';
import type { FaultKind } from './kind.ts';

export const twiceOnFile: FaultKind = {
    name: 'twice',
    tryAll: async (scene, expected, { onTrial }, tally) => {
        const fault = 'asked of two processes, SQLite';
        onTrial(`${fault}, ${scene.name}`);
        await tryFault(fault, scene, expected, askedTwice(SOON), tally);
    }
};

export const twice: FaultKind = {
    name: 'twice',
    tryAll: async (scene, expected, effort, tally) => {
        await twiceOnFile.tryAll(scene, expected, effort, tally);
        const fault = 'asked of two processes, PostgreSQL';
        effort.onTrial(`${fault}, ${scene.name}`);
        const server = await startPostgres();
        try {
            const env = { ...SOON, PLUMBLINE_DATABASE_URL: await server.newDatabase() };
            await tryFault(fault, scene, expected, askedTwice(env), tally);
        } finally {
            await server.stop();
        }
    }
};

function askedTwice(env: Record<string, string>): Strike {
    return async (place, step) => {
        const { crm, folder, service } = place;
        if (service.isDead) await service.start({ env });
        const other = new ServiceProcess(crm.tenant.orgId, folder);
        await other.start({ env });
        try {
            const asked = await Promise.all(
                [service, other].map((one) => one.ask('POST', '/v1/runs', step.work))
            );
            const runs: EndedRun[] = [];
            for (const runKey of new Set<string>(asked.map((one) => one.runKey)))
                runs.push(...(await goOn(place, step, runKey, { env })));
            return { struck: 1, runs };
        } finally {
            await other.end('SIGTERM');
        }
    };
}
