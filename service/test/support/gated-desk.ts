// A desk on a state whose runs last until a test lets them go, and do what the test says. For tests of turns.
import { createRunJournal } from '../../src/state/run-journal.ts';
import type { State } from '../../src/state/open-state.ts';
import { createWriterLock } from '../../src/state/writer-lock.ts';
import type { RunBounds, RunRecord, RunRequest } from '../../src/usecases/ports/runs.ts';
import type { QueueOptions } from '../../src/usecases/ports/turns.ts';
import { createRunDesk } from '../../src/usecases/run-desk.ts';
import { GIVEN_UP, RunCancelled } from '../../src/usecases/run-states.ts';
import { ORG_ID } from './test-app.ts';

export const ask = (orgId = ORG_ID, period: string | null = null): RunRequest => ({
    orgId,
    kind: period === null ? 'Pipeline' : 'Pay',
    period,
    trigger: 'Manual',
    requestedBy: null,
    scope: null
});

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}

export interface GatedOptions extends Partial<QueueOptions> {
    orgIds: () => Promise<readonly string[]>;
    /** Called at each beginning; throws to break the run. Without it runs wait for `letGo`. */
    work?: (run: RunRecord) => void;
    /** how many may wait */
    most?: RunBounds;
}

let keys = 0;
let moments = 0;

export function gatedDesk(state: State, options: GatedOptions) {
    const journal = createRunJournal(state.store);
    const started: string[] = [];
    const gates = new Map<string, () => void>();
    const isActive = async (orgId: string) => (await options.orgIds()).includes(orgId);
    const desk = createRunDesk({
        most: options.most,
        isActive,
        journal,
        queue: state.queue({
            slots: 4,
            retries: 1,
            retrySeconds: 1,
            onError: (error) => {
                throw error;
            },
            ...options
        }),
        lock: createWriterLock(state.store),
        newRunKey: () => `run-${String((keys += 1)).padStart(4, '0')}`,
        // Requests have an order, however fast they come.
        now: () => new Date(Date.parse('2026-11-21T08:00:00Z') + (moments += 1)),
        onError: () => undefined,
        carryOut: async (run, { isLast, checkStop }) => {
            const isOver = run.finishedAt !== null;
            if (!isOver) {
                started.push(run.runKey);
                try {
                    if (options.work) options.work(run);
                    else await new Promise<void>((resolve) => gates.set(run.runKey, resolve));
                } catch (error) {
                    if (!isLast) throw error;
                    await journal.update({ ...run, stage: 'Done', status: 'Failed', errors: GIVEN_UP });
                    return 'GivenUp';
                }
            }
            try {
                if (!isOver) checkStop();
            } catch (error) {
                if (!(error instanceof RunCancelled)) throw error;
                run.status = 'Cancelled';
            }
            const status = run.status === 'Cancelled' ? 'Cancelled' : 'Succeeded';
            await journal.update({ ...run, stage: 'Done', status });
            return 'Over';
        }
    });
    return { desk, journal, started, letGo: (key: string) => gates.get(key)?.() };
}
