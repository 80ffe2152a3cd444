// How many API calls the org has answered today and how many it allows, as `Sforce-Limit-Info` and /limits tell.
// Counted in memory: a restarted local org starts at zero, and every org does at midnight UTC (Salesforce looks back 24 hours).
import { randomUUID } from 'node:crypto';

export interface Limits {
    /** May be changed while the org runs. */
    dailyApiRequests: number;
    usedApiRequests(): number;
    count(calls?: number): void;
    isExceeded(): boolean;
    /** Value of the Sforce-Limit-Info header. */
    header(): string;
    /** The header of requests that the org makes to itself for parts of a larger one: only the larger one counts. */
    innerCall: { name: string; value: string };
}

export function createLimits(clock: () => Date, dailyApiRequests = 100_000): Limits {
    let day = '';
    let used = 0;
    const today = (): number => {
        const now = clock().toISOString().slice(0, 10);
        if (now !== day) [day, used] = [now, 0];
        return used;
    };
    const limits: Limits = {
        dailyApiRequests,
        usedApiRequests: today,
        count: (calls = 1) => void (used = Math.max(0, today() + calls)),
        isExceeded: () => today() >= limits.dailyApiRequests,
        header: () => `api-usage=${today()}/${limits.dailyApiRequests}`,
        innerCall: { name: 'x-local-org-inner-call', value: randomUUID() }
    };
    return limits;
}
