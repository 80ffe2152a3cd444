// How many API calls the org has answered today and how many it allows, as `Sforce-Limit-Info` and /limits tell.
// Counted in memory: a restarted local org starts at zero.
export interface Limits {
    dailyApiRequests: number;
    usedApiRequests(): number;
    count(calls?: number): void;
    isExceeded(): boolean;
    /** Value of the Sforce-Limit-Info header. */
    header(): string;
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
        count: (calls = 1) => void (used = today() + calls),
        isExceeded: () => today() >= limits.dailyApiRequests,
        header: () => `api-usage=${today()}/${limits.dailyApiRequests}`
    };
    return limits;
}
