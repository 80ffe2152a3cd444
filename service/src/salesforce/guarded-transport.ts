// The one door through which jsforce talks: only to the tenant's own host, without following redirects, every call
// counted against the API budget, retries ours and counted too.
import { PassThrough } from 'node:stream';
import { Transport } from 'jsforce/lib/transport.js';
import type { ApiBudget } from './api-budget.ts';
import { ForeignHostError } from './errors.ts';
import { myDomainProblem, staysOn } from './my-domain.ts';
import { traceHeaders } from '../trace.ts';

interface TransportRequest {
    method: string;
    url: string;
}
interface SentRequest extends TransportRequest {
    headers: Record<string, string>;
    body?: string;
}
interface TransportAnswer {
    statusCode: number;
    headers: Record<string, string | undefined>;
    body: string;
}

export interface CallLog {
    /** Calls that count against the org's allowance. */
    apiCalls: number;
    /** The org's clock at the last answer, in milliseconds; 0 before the first. */
    serverNowMs: number;
}

export class GuardedTransport extends Transport {
    readonly log: CallLog = { apiCalls: 0, serverNowMs: 0 };
    readonly #myDomain: string;
    readonly #budget: ApiBudget;

    constructor(myDomain: string, budget: ApiBudget) {
        super();
        this.#myDomain = myDomain;
        this.#budget = budget;
    }

    override httpRequest(
        request: Parameters<Transport['httpRequest']>[0],
        options: Parameters<Transport['httpRequest']>[1] = {}
    ): ReturnType<Transport['httpRequest']> {
        this.refuseForeign((request as TransportRequest).url);
        // followRedirect: jsforce would carry the token to wherever the redirect points.
        const traced = { ...request, headers: { ...request.headers, ...traceHeaders() } };
        const answer = super.httpRequest(traced, {
            ...options,
            followRedirect: undefined,
            retry: { maxRetries: 0 }
        });
        const stream = answer.stream.bind(answer);
        const checked = answer.then((response) => {
            this.noteAnswer((request as TransportRequest).url, response as unknown as TransportAnswer);
            return response;
        }) as typeof answer;
        checked.stream = stream;
        return checked;
    }

    /** jsforce's own stream has no handler for an answer that breaks off in the middle: the process would end. */
    override getRequestStreamCreator(): ReturnType<Transport['getRequestStreamCreator']> {
        return (request) => {
            const stream = new PassThrough();
            wholeAnswer(request as unknown as SentRequest).then(
                (answer) => stream.emit('complete', answer),
                (error: unknown) => stream.emit('error', error)
            );
            return stream;
        };
    }

    /** Throws unless the URL is on the tenant's host. */
    refuseForeign(url: string): void {
        if (staysOn(this.#myDomain, url)) return;
        throw new ForeignHostError(
            'FOREIGN_HOST',
            'A request would have gone to another host than the My Domain of the org.',
            'Check the My Domain registered for this org.'
        );
    }

    noteAnswer(url: string, { statusCode, headers, body }: TransportAnswer): void {
        if (statusCode >= 300 && statusCode < 400 && statusCode !== 304) {
            throw new ForeignHostError(
                'REDIRECTED',
                'The org answered with a redirect, which is never followed.',
                `Register the current My Domain of the org${renamedTo(headers['location'])}.`
            );
        }
        const serverDate = Date.parse(headers['date'] ?? '');
        if (!Number.isNaN(serverDate)) this.log.serverNowMs = serverDate;
        if (!new URL(url).pathname.startsWith('/services/data')) return;
        this.log.apiCalls += 1;
        this.#budget.afterCall(headers['sforce-limit-info']);
        if (statusCode === 403 && /REQUEST_LIMIT_EXCEEDED/.test(body)) this.#budget.exceeded();
    }
}

async function wholeAnswer({ url, method, headers, body }: SentRequest): Promise<TransportAnswer> {
    const response = await fetch(url, { method, headers, body, redirect: 'manual' });
    return {
        statusCode: response.status,
        headers: Object.fromEntries(response.headers),
        body: await response.text()
    };
}

/** A renamed org points from its old My Domain to the new one for a while. Only a host that may be registered is told. */
function renamedTo(location: string | undefined): string {
    if (location === undefined || !URL.canParse(location)) return '';
    const { origin } = new URL(location);
    return myDomainProblem(origin, { allowLoopback: false }) === null ? `: ${origin}` : '';
}
