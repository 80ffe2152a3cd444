// Two processes on one state are asked for the same run at the same moment; also a second time while the first is under way; and
// one of the two dies in the middle, so that the other goes on.
import { ServiceProcess } from '../../../service/test/support/service-process.ts';
import { startPostgres } from '../../../service/test/support/postgres-server.ts';
import type { EndedRun } from '../run-reports.ts';
import { duringRun, goOn, tryFault } from '../trial.ts';
import type { Place, Strike, Struck } from '../trial.ts';
import type { Step } from '../scenes/scene.ts';
import { drawnCall, SOON } from './kind.ts';
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
        const server = await startPostgres();
        const faults: [string, (env: Record<string, string>) => Strike][] = [
            ['asked of two processes, PostgreSQL', askedTwice],
            ['one of two processes killed (-9), PostgreSQL', (env) => oneOfTwoKilled(env, effort.draw)]
        ];
        try {
            for (const [fault, strike] of faults) {
                effort.onTrial(`${fault}, ${scene.name}`);
                const env = { ...SOON, PLUMBLINE_DATABASE_URL: await server.newDatabase() };
                await tryFault(fault, scene, expected, strike(env), tally);
            }
        } finally {
            await server.stop();
        }
    }
};

/** Either may be the one that carries out the run. */
function oneOfTwoKilled(env: Record<string, string>, draw: () => number): Strike {
    return besideAnother(env, async (place, step, other) => {
        const struck = draw() < 0.5 ? place.service : other;
        const { runKey, struck: kills } = await duringRun(place, step, drawnCall(step, draw), async () => {
            await struck.end('SIGKILL');
            await struck.start({ env });
        });
        return { struck: kills, runs: await goOn(place, step, runKey, { env }) };
    });
}

function askedTwice(env: Record<string, string>): Strike {
    return besideAnother(env, async (place, step, other) => {
        const asked = await Promise.all(
            [place.service, other].map((one) => one.ask('POST', '/v1/runs', step.work))
        );
        const runs: EndedRun[] = [];
        for (const runKey of new Set<string>(asked.map((one) => one.runKey)))
            runs.push(...(await goOn(place, step, runKey, { env })));
        return { struck: 1, runs };
    });
}

function besideAnother(
    env: Record<string, string>,
    strike: (place: Place, step: Step, other: ServiceProcess) => Promise<Struck>
): Strike {
    return async (place, step) => {
        const { crm, folder, service } = place;
        if (service.isDead) await service.start({ env });
        const other = new ServiceProcess(crm.tenant.orgId, folder);
        await other.start({ env });
        try {
            return await strike(place, step, other);
        } finally {
            await other.end('SIGTERM');
        }
    };
}
