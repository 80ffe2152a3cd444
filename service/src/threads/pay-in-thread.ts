// Works out the pay of a period in a thread of its own: thousands of statements are calculated, checked and hashed. Keeps what the last
// run of a period left, so that the next one calculates only what changed (domain/pay/incremental-pay.ts); a process that begins
// anew begins with full runs.
import type { RememberedPay } from '../domain/pay/incremental-pay.ts';
import type { PayStep, WorkedOut } from '../domain/pay/work-out-pay.ts';
import type { WorkOutPay } from '../usecases/ports/pay.ts';
import { inThread } from './in-thread.ts';

/** Periods are calculated a few times each, the newest most often. */
const MOST_REMEMBERED = 4;

/** For each org. */
export function rememberingPay(): (orgId: string) => WorkOutPay {
    const kept = new Map<string, RememberedPay>();
    return (orgId) => async (facts, options) => {
        const key = `${orgId} ${facts.period.key}`;
        const job = { facts, before: kept.get(key) ?? null };
        const { answer, remembered } = await inThread<WorkedOut, PayStep>('./pay-thread.ts', job, options);
        kept.delete(key);
        if (remembered) kept.set(key, remembered);
        if (kept.size > MOST_REMEMBERED) kept.delete(kept.keys().next().value!);
        return answer;
    };
}
