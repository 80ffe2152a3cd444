// Trying again after failures that pass by themselves, with waits that grow and vary. Used for reads; row errors of
// writes have their own rounds in write-rows.ts.

export type Sleep = (ms: number) => Promise<void>;

export const sleep: Sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export interface RetryOptions {
    attempts: number;
    firstWaitMs: number;
    isTransient: (error: unknown) => boolean;
    sleep?: Sleep;
    random?: () => number;
}

export async function withRetries<T>(work: () => Promise<T>, options: RetryOptions): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
        try {
            return await work();
        } catch (error) {
            if (attempt >= options.attempts || !options.isTransient(error)) throw error;
            await (options.sleep ?? sleep)(waitMs(options.firstWaitMs, attempt, options.random));
        }
    }
}

/** Doubles with every attempt; between half and all of it, so that callers do not meet again. */
export function waitMs(firstWaitMs: number, attempt: number, random: () => number = Math.random): number {
    return firstWaitMs * 2 ** (attempt - 1) * (0.5 + random() / 2);
}

const SOCKET_CODES = new Set([
    'ECONNRESET',
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'ENETDOWN',
    'ENETUNREACH',
    'EHOSTDOWN',
    'ETIMEDOUT',
    'EPIPE',
    'UND_ERR_SOCKET',
    'UND_ERR_CONNECT_TIMEOUT',
    'UND_ERR_HEADERS_TIMEOUT',
    'UND_ERR_BODY_TIMEOUT'
]);
const TRANSIENT_ANSWER = /^ERROR_HTTP_(420|429|500|502|503|504)$/;

interface FailureCause {
    code?: string;
    errorCode?: string;
    message?: string;
    cause?: FailureCause;
}

/** A broken connection, or an answer that asks to come back later. */
export function isTransientFailure(error: unknown): boolean {
    // Not instanceof: fetch's errors may come from another realm.
    for (let cause = error as FailureCause | undefined; cause; cause = cause.cause) {
        const { code, errorCode, message } = cause;
        if (code && SOCKET_CODES.has(code)) return true;
        if (errorCode && (TRANSIENT_ANSWER.test(errorCode) || errorCode === 'SERVER_UNAVAILABLE'))
            return true;
        if (message === 'terminated') return true;
    }
    return false;
}
