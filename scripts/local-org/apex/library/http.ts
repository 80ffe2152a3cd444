// HttpRequest, HttpResponse and Http. Tests answer through their mock; elsewhere the callout leaves the interpreter
// (see ../journal.ts) and its answer is here when the run has come back to this line.
import type { CalloutAnswer, CalloutResponse, HttpRequestState } from '../callouts.ts';
import { DEFAULT_TIMEOUT_MS, MAX_TIMEOUT_MS, prepareCallout } from '../callouts.ts';
import { apexError } from '../errors.ts';
import { invokePromised } from '../objects.ts';
import type { Frame } from '../transaction.ts';
import { STRING } from '../types.ts';
import type { Value } from '../values.ts';
import { ApexBlob, ApexList, PlatformObject } from '../values.ts';
import type { InstanceTable, StaticTable } from './native.ts';
import { text, whole } from './native.ts';

const MAX_CALLOUTS = 100;
const MAX_TOTAL_MS = 120_000;

interface HttpResponseState {
    statusCode: number;
    status: string;
    headers: Map<string, string>;
    body: string;
}

type Request = PlatformObject<HttpRequestState>;
type Response = PlatformObject<HttpResponseState>;

function headerOf(headers: Map<string, string>, name: string): string | null {
    const found = [...headers].find(([key]) => key.toLowerCase() === name.toLowerCase());
    return found ? found[1] : null;
}

function setHeader(headers: Map<string, string>, name: Value, value: Value): null {
    const existing = [...headers.keys()].find((key) => key.toLowerCase() === text(name).toLowerCase());
    headers.set(existing ?? text(name), text(value));
    return null;
}

function setTimeoutMs(state: HttpRequestState, value: Value): null {
    const ms = whole(value);
    if (ms < 1 || ms > MAX_TIMEOUT_MS) throw apexError('CalloutException', `Invalid timeout value: ${ms}`);
    state.timeoutMs = ms;
    return null;
}

/** A setter: gives the value to `put` and returns nothing. */
const set =
    <State>(put: (state: State, value: Value) => void) =>
    ({ state }: PlatformObject<State>, [value]: Value[]): null => {
        put(state, value);
        return null;
    };

export const requestMethods: InstanceTable<Request> = {
    'setendpoint/1': set((state, value) => (state.endpoint = text(value))),
    'getendpoint/0': ({ state }) => state.endpoint,
    'setmethod/1': set((state, value) => (state.method = text(value).toUpperCase())),
    'getmethod/0': ({ state }) => state.method,
    'setbody/1': set((state, value) => (state.body = text(value))),
    'setbodyasblob/1': set((state, value) => (state.body = (value as ApexBlob).bytes.toString('utf8'))),
    'getbody/0': ({ state }) => state.body,
    'setheader/2': ({ state }, [name, value]) => setHeader(state.headers, name, value),
    'getheader/1': ({ state }, [name]) => headerOf(state.headers, text(name)),
    'settimeout/1': ({ state }, [value]) => setTimeoutMs(state, value),
    'tostring/0': ({ state }) => `System.HttpRequest[Endpoint=${state.endpoint}, Method=${state.method}]`
};

export const responseMethods: InstanceTable<Response> = {
    'getstatuscode/0': ({ state }) => state.statusCode,
    'setstatuscode/1': set((state, value) => (state.statusCode = whole(value))),
    'getstatus/0': ({ state }) => state.status,
    'setstatus/1': set((state, value) => (state.status = text(value))),
    'getbody/0': ({ state }) => state.body,
    'setbody/1': set((state, value) => (state.body = text(value))),
    'getbodyasblob/0': ({ state }) => new ApexBlob(Buffer.from(state.body, 'utf8')),
    'getheader/1': ({ state }, [name]) => headerOf(state.headers, text(name)),
    'getheaderkeys/0': ({ state }) => new ApexList(STRING, [...state.headers.keys()]),
    'setheader/2': ({ state }, [name, value]) => setHeader(state.headers, name, value),
    'tostring/0': ({ state }) => `System.HttpResponse[Status=${state.status}, StatusCode=${state.statusCode}]`
};

export const httpMethods: InstanceTable<PlatformObject> = {
    'send/1': (_self, [request], frame) => send(frame, request)
};

export const httpStatics: StaticTable = {
    'new.http/0': () => new PlatformObject('Http', null),
    'new.httprequest/0': () =>
        new PlatformObject<HttpRequestState>('HttpRequest', {
            endpoint: '',
            method: 'GET',
            headers: new Map(),
            body: '',
            timeoutMs: DEFAULT_TIMEOUT_MS
        }),
    'new.httpresponse/0': () => newResponse({ statusCode: 0, status: '', headers: {}, body: '' })
};

function newResponse(response: CalloutResponse): Response {
    return new PlatformObject('HttpResponse', {
        ...response,
        headers: new Map(Object.entries(response.headers))
    });
}

function send(frame: Frame, request: Value): Value {
    const { tx } = frame;
    if (!(request instanceof PlatformObject))
        throw apexError('NullPointerException', 'Argument cannot be null.');
    if (tx.triggers.length > 0)
        throw apexError('CalloutException', 'Callout from triggers are currently not supported.');
    if (tx.uncommitted) {
        throw apexError(
            'CalloutException',
            'You have uncommitted work pending. Please commit or rollback before calling out'
        );
    }
    if (++tx.limits.callouts > MAX_CALLOUTS)
        throw apexError('LimitException', `Too many callouts: ${tx.limits.callouts}`);
    if (tx.calloutMock) return invokePromised(frame, tx.calloutMock, 'respond', [request]);
    if (tx.isTest) {
        throw apexError('TypeException', 'Methods defined as TestMethod do not support Web service callouts');
    }
    return sendOutside(frame, request as Request);
}

function sendOutside(frame: Frame, { state }: Request): Value {
    const { tx } = frame;
    const prepared = prepareCallout(tx.org, tx.user, state);
    const answer = tx.journal.callout<CalloutAnswer>(`${state.method} ${state.endpoint}`, prepared);
    tx.limits.calloutMs += answer.ms;
    if (tx.limits.calloutMs > MAX_TOTAL_MS) {
        throw apexError('CalloutException', 'Exceeded max time limit of 120000 milliseconds');
    }
    if ('error' in answer) throw apexError('CalloutException', answer.error);
    return newResponse(answer.response);
}
