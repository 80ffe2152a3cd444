// Starts pg-boss on the database of the state, in a schema of its own.
import PgBoss from 'pg-boss';

const CONNECTIONS = 4;
/** Seconds between the looks of its cron: a tick is late by at most about so much. */
const CRON_SECONDS = 10;

export async function openBoss(databaseUrl: string, onError: (error: unknown) => void): Promise<PgBoss> {
    const boss = new PgBoss({
        connectionString: databaseUrl,
        application_name: 'plumbline-queue',
        max: CONNECTIONS,
        cronMonitorIntervalSeconds: CRON_SECONDS,
        cronWorkerIntervalSeconds: 2
    });
    // Lost connections among them: it goes on by itself, and the journal has what its jobs are about.
    boss.on('error', onError);
    await boss.start();
    return boss;
}
