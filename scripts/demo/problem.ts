// Ends of the demo that are no fault of the program.

/** Something the person at the keyboard can put right; the message says what and how. Shown without a stack. */
export class DemoProblem extends Error {}

/** Asked to end before everything was running. */
export class StoppedEarly extends Error {}

/** Throws StoppedEarly once `signal` was given. */
export function goOnUnless(signal: AbortSignal | undefined): void {
    if (signal?.aborted) throw new StoppedEarly('Stopped before everything was running.');
}
