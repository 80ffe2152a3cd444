// The state: PostgreSQL is restarted, all its connections are cut or its disk is full, while a run is under way; and the disk of the
// SQLite file is full until the service is started again with room.
import { DISK_FULL, fillDisk, inDatabase, makeRoom } from '../../../service/test/support/full-database.ts';
import { startPostgres } from '../../../service/test/support/postgres-server.ts';
import type { PostgresServer } from '../../../service/test/support/postgres-server.ts';
import { duringRun, goOn, isDone, tryFault, until } from '../trial.ts';
import type { Strike } from '../trial.ts';
import { drawnCall, preload, SOON } from './kind.ts';
import type { FaultKind } from './kind.ts';

export const database: FaultKind = {
    name: 'database',
    tryAll: async (scene, expected, { draw, onTrial }, tally) => {
        const server = await startPostgres();
        try {
            const faults: [string, (url: string) => Promise<void>][] = [
                ['PostgreSQL restarted', () => server.restart()],
                ['PostgreSQL connections cut', cutConnections]
            ];
            for (const [fault, strike] of faults) {
                onTrial(`${fault}, ${scene.name}`);
                await tryFault(fault, scene, expected, onPostgres(server, draw, strike), tally);
            }
            const fault = 'disk of PostgreSQL full';
            onTrial(`${fault}, ${scene.name}`);
            await tryFault(fault, scene, expected, onFullPostgres(server, draw), tally);
        } finally {
            await server.stop();
        }
        await fullDisk.tryAll(scene, expected, { kills: 0, draw, onTrial }, tally);
    }
};

export const fullDisk: FaultKind = {
    name: 'database',
    tryAll: async (scene, expected, { draw, onTrial }, tally) => {
        const fault = 'disk of the state file full';
        onTrial(`${fault}, ${scene.name}`);
        await tryFault(fault, scene, expected, onFullDisk(draw), tally);
    }
};

function onPostgres(
    server: PostgresServer,
    draw: () => number,
    fault: (url: string) => Promise<void>
): Strike {
    let url: string | undefined;
    return async (place, step) => {
        url ??= await server.newDatabase();
        const options = { env: { ...SOON, PLUMBLINE_DATABASE_URL: url } };
        if (place.service.isDead) await place.service.start(options);
        const { runKey, struck } = await duringRun(place, step, drawnCall(step, draw), () => fault(url!));
        return { struck, runs: await goOn(place, step, runKey, options) };
    };
}

/** The disk fills up during the run, and has room again once a write has failed; the service is not started again. */
function onFullPostgres(server: PostgresServer, draw: () => number): Strike {
    let url: string | undefined;
    return async (place, step) => {
        url ??= await server.newDatabase();
        const options = { env: { ...SOON, PLUMBLINE_DATABASE_URL: url } };
        if (place.service.isDead) await place.service.start(options);
        const { service } = place;
        const { runKey, struck } = await duringRun(place, step, drawnCall(step, draw), () => fillDisk(url!));
        const isFull = (): boolean => service.log.includes(DISK_FULL);
        await until(
            'the disk is full or the run is over',
            async () => service.isDead || isFull() || isDone(service, runKey)
        );
        const hasStruck = struck === 1 && isFull() ? 1 : 0;
        await makeRoom(url);
        const runs = await goOn(place, step, runKey, options);
        // What the log has said of this step is not to be taken for the next.
        await service.end('SIGTERM');
        return { struck: hasStruck, runs };
    };
}

const cutConnections = (url: string): Promise<void> =>
    inDatabase(
        url,
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()'
    );

function onFullDisk(draw: () => number): Strike {
    return async (place, step) => {
        const { service } = place;
        await service.end('SIGTERM');
        await service.start({ preload: preload('small-disk'), env: SOON });
        const { runKey, struck } = await duringRun(place, step, drawnCall(step, draw), () =>
            service.signal('SIGUSR2')
        );
        const isFull = (): boolean => service.log.includes('SQLITE_FULL');
        await until(
            'the disk is full or the run is over',
            async () => service.isDead || isFull() || isDone(service, runKey)
        );
        const hasStruck = struck === 1 && (isFull() || service.isDead) ? 1 : 0;
        await service.end();
        await service.start({ env: SOON });
        return { struck: hasStruck, runs: await goOn(place, step, runKey, { env: SOON }) };
    };
}
