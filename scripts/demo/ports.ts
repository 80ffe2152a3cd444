// Says in one sentence which port is taken, before anything is started.
import { createServer } from 'node:net';

export class PortTakenError extends Error {}

/** Throws PortTakenError naming the option that moves it. */
export async function requireFreePort(port: number, usedFor: string, option: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
        const probe = createServer();
        probe.once('error', (error: NodeJS.ErrnoException) => {
            const reason = error.code === 'EADDRINUSE' ? 'another program uses it' : error.message;
            reject(
                new PortTakenError(
                    `port ${port} for ${usedFor} is not free (${reason}). Stop that program, or choose another port: npm run demo -- ${option} ${port + 1}`
                )
            );
        });
        probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()));
    });
}
