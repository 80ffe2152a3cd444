// Says in one sentence which port is taken, before anything is started.
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { DemoProblem } from './problem.ts';

export class PortTakenError extends DemoProblem {}

/** A demo that was killed a moment ago may still be letting go of its ports. */
const PATIENCE_MS = 2_000;
const PAUSE_MS = 100;

/** Throws PortTakenError naming the option that moves it. */
export async function requireFreePort(port: number, usedFor: string, option: string): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    let reason = await whyNotFree(port);
    while (reason === IN_USE && Date.now() < deadline) {
        await wait(PAUSE_MS);
        reason = await whyNotFree(port);
    }
    if (reason === null) return;
    const other = port < 65_535 ? port + 1 : port - 1;
    throw new PortTakenError(
        `port ${port} for ${usedFor} is not free (${reason}). Stop that program, or choose another port: npm run demo -- ${option} ${other}`
    );
}

const IN_USE = 'another program uses it';

function whyNotFree(port: number): Promise<string | null> {
    return new Promise((resolve) => {
        const probe = createServer();
        probe.once('error', (error: NodeJS.ErrnoException) =>
            resolve(error.code === 'EADDRINUSE' ? IN_USE : error.message)
        );
        probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(null)));
    });
}
