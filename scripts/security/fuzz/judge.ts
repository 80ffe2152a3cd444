// What an answer may never be, whatever was asked. Owns the rules; it knows the request and the answer, not the service.
import { ERRORS } from '../../../service/src/http/error-catalogue.ts';
import type { RawRequest } from './requests.ts';
import type { Outcome, RawAnswer } from './send.ts';

export interface Rules {
    /** may stand in no answer and no line of the log */
    secrets: string[];
    /** ways to sign in, by operation (`POST /v1/runs`); none for what is open */
    signedInBy: ReadonlyMap<string, string[]>;
}

/** Traces of the inside: stacks, paths of files, words of the database or of Node. */
const INSIDE =
    /node_modules|\bat [\w.<>]+ \(|file:\/\/|\/service\/src|SQLITE_|Sqlite|ECONN|TypeError|RangeError/;
const BANNERS = ['server', 'x-powered-by', 'via'];

/** Sentences about what is wrong with the answer; none when it is as it should be. */
export function faultsOf(request: RawRequest, outcome: Outcome, rules: Rules): string[] {
    if (outcome === 'silent') return ['no answer in time'];
    if (outcome === 'closed') return request.isBroken ? [] : ['the connection was closed without an answer'];
    return [
        ...statusFaults(request, outcome, rules),
        ...headerFaults(outcome),
        ...(request.method === 'HEAD' || outcome.status === 204 ? [] : bodyFaults(outcome)),
        ...leaks(outcome, rules)
    ];
}

function statusFaults(request: RawRequest, { status, headers }: RawAnswer, rules: Rules): string[] {
    if (status === 503 && headers.has('retry-after')) return [];
    if (status < 200 || status >= 500) return [`answered ${status}`];
    const needsKey = (rules.signedInBy.get(request.operation)?.length ?? 0) > 0;
    const isForIt = request.kind !== 'unknown routes';
    return needsKey && isForIt && !request.isSignedIn && status < 300 ? ['let in without the right key'] : [];
}

function headerFaults({ status, headers }: RawAnswer): string[] {
    const missing = Object.entries({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-request-id': null
    }).filter(([name, value]) => (value === null ? !headers.has(name) : headers.get(name) !== value));
    const banners = BANNERS.filter((name) => headers.has(name));
    return [
        ...missing.map(([name]) => `answer ${status} without ${name}`),
        ...banners.map((name) => `answer ${status} with the header ${name}`),
        ...(headers.has('set-cookie') ? ['set a cookie'] : [])
    ];
}

function bodyFaults({ status, headers, body }: RawAnswer): string[] {
    if (!headers.get('content-type')?.startsWith('application/json')) return [`answer ${status} is not JSON`];
    let answer: { error?: Record<string, unknown> };
    try {
        answer = JSON.parse(body);
    } catch {
        return [`answer ${status} is not JSON`];
    }
    if (status < 400) return [];
    const { error } = answer;
    const names = Object.keys(error ?? {}).join();
    if (names !== 'code,message,where,fix,requestId')
        return [`answer ${status} has not the shape of an error`];
    const known = (ERRORS as Record<string, { status: number }>)[String(error!['code'])];
    return known?.status === status ? [] : [`answer ${status} has the code ${String(error!['code'])}`];
}

function leaks({ status, headers, body }: RawAnswer, { secrets }: Rules): string[] {
    const text = `${[...headers].join('\n')}\n${body}`;
    return [
        ...secrets.filter((secret) => text.includes(secret)).map(() => `answer ${status} holds a secret`),
        ...(INSIDE.test(body) ? [`answer ${status} tells of the inside`] : [])
    ];
}
