// Runs a simulation in a thread of its own: it calculates whole plans dozens of times, and meanwhile the service answers requests and
// keeps its lock on the org. A run that has to stop ends the thread.
import { Worker } from 'node:worker_threads';
import type { SimulationStep } from '../domain/incentives/simulation/simulation.ts';
import type { SimulationAnswer } from '../domain/replay/simulate-replay.ts';
import type { Simulate } from '../usecases/ports.ts';

const LOOK_EVERY_MS = 500;

/** What the thread says. */
export type ThreadMessage = { step: SimulationStep } | { answer: SimulationAnswer };

export const simulateInThread: Simulate = ({ tried, against }, { onStep, checkStop }) =>
    new Promise((resolve, reject) => {
        const texts = [tried, against].map((one) => one && { definition: one.definition, input: one.input });
        const worker = new Worker(new URL('./simulation-thread.ts', import.meta.url), {
            workerData: { tried: texts[0], against: texts[1] }
        });
        const end = (settle: () => void): void => {
            clearInterval(look);
            settle();
            void worker.terminate();
        };
        const attempt = (work: () => void): void => {
            try {
                work();
            } catch (error) {
                end(() => reject(error as Error));
            }
        };
        const look = setInterval(() => attempt(checkStop), LOOK_EVERY_MS);
        worker.on('message', (message: ThreadMessage) => {
            if ('step' in message) attempt(() => onStep(message.step));
            else end(() => resolve(message.answer));
        });
        worker.on('error', (error) => end(() => reject(error)));
        worker.on('exit', (code) =>
            end(() => reject(new Error(`The thread of the simulation ended with ${code}.`)))
        );
    });
