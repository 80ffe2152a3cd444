// One long piece of work in a thread of its own: meanwhile the service answers requests and keeps its lock on the org. Owns the life
// of the thread; what it works out is the script's. A run that has to stop ends the thread.
import { parentPort, Worker } from 'node:worker_threads';

const LOOK_EVERY_MS = 500;

/** What a thread says. */
type ThreadMessage<Answer, Step> = { step: Step } | { answer: Answer };

/** @param script beside this file
 *  @param job plain data, sent to the thread as workerData */
export function inThread<Answer, Step = never>(
    script: string,
    job: object,
    { checkStop, onStep }: { checkStop: () => void; onStep?: (step: Step) => void }
): Promise<Answer> {
    return new Promise((resolve, reject) => {
        checkStop();
        const worker = new Worker(new URL(script, import.meta.url), { workerData: job });
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
        worker.on('message', (message: ThreadMessage<Answer, Step>) => {
            if ('step' in message) attempt(() => onStep?.(message.step));
            else end(() => resolve(message.answer));
        });
        worker.on('error', (error) => end(() => reject(error)));
        worker.on('exit', (code) =>
            end(() => reject(new Error(`The thread of ${script} ended with ${code}.`)))
        );
    });
}

/** In the thread: does the work and says what came of it. */
export function answerWith<Answer, Step>(work: (onStep: (step: Step) => void) => Answer): void {
    const tell = (message: ThreadMessage<Answer, Step>): void => parentPort!.postMessage(message);
    tell({ answer: work((step) => tell({ step })) });
}
