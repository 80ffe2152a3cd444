// What the conformance tests of jsforce share: how a refused call looks to its caller.
export interface Refusal {
    name: string;
    message: string;
    /** The error as the org wrote it. */
    data?: unknown;
}

/** The error a call ends with; a call that succeeds fails the test. */
export async function refusal(call: PromiseLike<unknown>): Promise<Refusal> {
    const outcome = await Promise.resolve(call).then(
        (value) => ({ value }),
        (error: Refusal) => ({ error })
    );
    if ('error' in outcome) return outcome.error;
    throw new Error(`The call was not refused but answered ${JSON.stringify(outcome.value)}`);
}
