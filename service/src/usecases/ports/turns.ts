// Whose turn it is: the queue of runs and the clock, shared by all processes.

/** One run of one org is to be carried out now, here. */
export interface Turn {
    orgId: string;
    runKey: string;
    /** When it breaks again, it is put aside. */
    isLast: boolean;
}

/** - `Over`: the run has ended, well or not, or there was none
 *  - `Later`: it could not be carried out here and now, through no fault of its own
 *  - `Broken`: it has not ended, and is tried again after a while
 *  - `GivenUp`: it has ended and is put aside */
export type TurnEnd = 'Over' | 'Later' | 'Broken' | 'GivenUp';

/** Gives turns to runs: one at a time for each org among all processes, orgs one after the other, broken runs again with
 *  growing pauses. The journal says which runs there are; a queue that forgets everything is filled from it. */
export interface RunQueue {
    start(take: (turn: Turn) => Promise<TurnEnd>): Promise<void>;
    /** The org has a run. Said twice is as good as said once. */
    offer(orgId: string): Promise<void>;
    /** Gives no more turns; resolves when those under way have ended. */
    stop(): Promise<void>;
}

/** What queues go by. */
export interface QueueOptions {
    /** runs that this process carries out at the same time */
    slots: number;
    /** how often a broken run is tried again, and after how many seconds the first time */
    retries: number;
    retrySeconds: number;
    orgIds: () => Promise<readonly string[]>;
    onError: (error: unknown) => void;
}

/** Calls `onMinutes` with the minutes (since 1970) that have begun, each once among all processes. */
export type StartMinutes = (onMinutes: (minutes: readonly number[]) => Promise<void>) => Promise<EndMinutes>;
export type EndMinutes = () => Promise<void>;
