// How much of the org's daily API allowance may be used. Reads Sforce-Limit-Info of every answer; slows down when the org
// is at 70 %, stops work nobody waits for at 85 % or when the service alone took 10 %, and makes no call for an hour
// after the org has said that the allowance is gone.
import { ApiBudgetError } from './errors.ts';

const SLOW_AT = 0.7;
const STOP_AT = 0.85;
const OWN_SHARE = 0.1;
/** The rest is for the runs of the clock. */
const SPARE_SHARE = 0.08;
/** Below this many own calls the share says nothing: small orgs have small allowances. */
const OWN_FLOOR = 1000;
const SLOW_BY_MS = 500;
const BREAK_MS = 3_600_000;
const DAY_MS = 86_400_000;

export interface ApiBudget {
    /** Throws when no call may be made now; otherwise tells how long to wait before it. */
    beforeCall(isUrgent: boolean): number;
    /** Whether work may be done earlier than it has to be, which costs further calls. */
    hasToSpare(): boolean;
    afterCall(limitInfo: string | undefined): void;
    /** The org answered REQUEST_LIMIT_EXCEEDED. */
    exceeded(): void;
}

export function createApiBudget(now: () => number = Date.now): ApiBudget {
    let used = 0;
    let limit = Infinity;
    let closedUntil = 0;
    // Own calls by hour of the last day.
    const ownCalls = new Map<number, number>();
    const ownToday = (): number => {
        const oldest = now() - DAY_MS;
        let sum = 0;
        for (const [hour, calls] of ownCalls) {
            if (hour * 3_600_000 < oldest) ownCalls.delete(hour);
            else sum += calls;
        }
        return sum;
    };
    return {
        beforeCall: (isUrgent) => {
            if (now() < closedUntil) throw exhausted('The org said that its API allowance is used up.');
            if (limit === Infinity) return 0;
            const share = used / limit;
            if (!isUrgent && share >= STOP_AT) throw exhausted('The org has used 85 % of its API allowance.');
            const own = ownToday();
            if (!isUrgent && own >= OWN_FLOOR && own >= limit * OWN_SHARE) {
                throw exhausted('The service has used 10 % of the API allowance of the org today.');
            }
            return share >= SLOW_AT ? SLOW_BY_MS : 0;
        },
        hasToSpare: () => {
            if (now() < closedUntil || used / limit >= SLOW_AT) return false;
            const own = ownToday();
            return own < OWN_FLOOR || own < limit * SPARE_SHARE;
        },
        afterCall: (limitInfo) => {
            const hour = Math.floor(now() / 3_600_000);
            ownCalls.set(hour, (ownCalls.get(hour) ?? 0) + 1);
            const usage = /api-usage=(\d+)\/(\d+)/.exec(limitInfo ?? '');
            if (!usage || Number(usage[2]) === 0) return;
            used = Number(usage[1]);
            limit = Number(usage[2]);
        },
        exceeded: () => {
            closedUntil = now() + BREAK_MS;
        }
    };
}

function exhausted(message: string): ApiBudgetError {
    return new ApiBudgetError('API_BUDGET', message, 'Wait until the allowance is renewed, or raise it.');
}
