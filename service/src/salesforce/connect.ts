// Signing in to an org and calling it: client credentials, token in memory only, at most three sign-ins a minute, and
// only for the org the tenant names. Everything the service sends to Salesforce goes through OrgClient.
import jsforce from 'jsforce';
import type { Connection, HttpRequest } from 'jsforce';
import type { OrgAccess } from '../tenants.ts';
import { traceHeaders } from '../trace.ts';
import type { OutboundCheck } from '../usecases/ports/org.ts';
import { createApiBudget } from './api-budget.ts';
import type { ApiBudget } from './api-budget.ts';
import { DisconnectedError, WrongOrgError, OrgProblem, tokenProblem } from './errors.ts';
import { GuardedTransport } from './guarded-transport.ts';
import { namesOf } from './names.ts';
import type { Names } from './names.ts';
import { lookupHost, refusePrivateHost } from './public-address.ts';
import type { Lookup } from './public-address.ts';
import { isTransientFailure, sleep, withRetries } from './retry.ts';
import type { Sleep } from './retry.ts';

export const API_VERSION = '65.0';
const SIGN_INS_A_MINUTE = 3;
const ATTEMPTS = 5;
const FIRST_WAIT_MS = 500;

export interface ClientOptions {
    sleep?: Sleep;
    now?: () => number;
    lookup?: Lookup;
}

export class OrgClient {
    readonly tenant: OrgAccess;
    readonly names: Names;
    /** False lets the budget stop this client's calls earlier: nobody waits for a scheduled run. */
    isUrgent = true;
    readonly #connection: Connection;
    readonly #transport: GuardedTransport;
    readonly #budget: ApiBudget;
    readonly #oauth2: InstanceType<typeof jsforce.OAuth2>;
    readonly #sleep: Sleep;
    readonly #now: () => number;
    readonly #lookup: Lookup;
    #signIns: number[] = [];
    #signingIn: Promise<string> | null = null;
    #userId: string | null = null;

    constructor(tenant: OrgAccess, options: ClientOptions = {}) {
        this.tenant = tenant;
        this.names = namesOf(tenant.namespace);
        this.#sleep = options.sleep ?? sleep;
        this.#now = options.now ?? Date.now;
        this.#lookup = options.lookup ?? lookupHost;
        this.#budget = createApiBudget(this.#now);
        this.#transport = new GuardedTransport(tenant.myDomain, this.#budget);
        const { myDomain: loginUrl, clientId, clientSecret } = tenant;
        this.#oauth2 = new jsforce.OAuth2({ loginUrl, clientId, clientSecret });
        this.#oauth2._transport = this.#transport;
        this.#connection = new jsforce.Connection({
            oauth2: this.#oauth2,
            instanceUrl: loginUrl,
            version: API_VERSION,
            refreshFn: (_connection, callback) => {
                this.#signIn().then((token) => callback(null, token), callback);
            }
        });
        this.#connection._transport = this.#transport;
    }

    /** Calls counted against the org's allowance since this client was made. */
    get apiCalls(): number {
        return this.#transport.log.apiCalls;
    }

    /** The org's clock, as of its last answer. */
    get serverNowMs(): number {
        return this.#transport.log.serverNowMs || this.#now();
    }

    /** The user the service runs as; known after sign-in. */
    get userId(): string {
        if (this.#userId === null) throw new Error('The user is known only after signing in.');
        return this.#userId;
    }

    /** What signs calls that do not go through this client. `refused`: a token that is not taken any more. */
    async token(refused?: string): Promise<string> {
        if (refused !== undefined && this.#connection.accessToken === refused)
            this.#connection.accessToken = await this.#signIn();
        await this.ensureSignedIn();
        return this.#connection.accessToken!;
    }

    /** Whether calls may be spent on what could wait. */
    get hasCallsToSpare(): boolean {
        return this.#budget.hasToSpare();
    }

    async ensureSignedIn(): Promise<void> {
        if (this.#connection.accessToken) return;
        this.#connection.accessToken = await this.#signIn();
    }

    /** A call to `/services/data/v65.0<path>`. Reads are tried again when the connection breaks; writes never are here. */
    async request<T>(
        method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
        path: string,
        body?: unknown,
        isRead = method === 'GET'
    ): Promise<T> {
        await this.ensureSignedIn();
        const call = async () => {
            await this.#waitForBudget();
            return (await this.#connection.request({
                method,
                url: this.url(path),
                headers: { 'content-type': 'application/json' },
                ...(body === undefined ? {} : { body: JSON.stringify(body) })
            } as HttpRequest)) as T;
        };
        if (!isRead) return call();
        return withRetries(call, this.#retries());
    }

    /** Like `request`, for bodies that are not JSON. The caller reads the answer's stream. */
    async fetch(method: 'GET' | 'PUT', path: string, body?: string): Promise<Response> {
        const send = async () => {
            await this.ensureSignedIn();
            await this.#waitForBudget();
            const url = this.url(path);
            this.#transport.refuseForeign(url);
            const response = await fetch(url, {
                method,
                redirect: 'manual',
                headers: {
                    authorization: `Bearer ${this.#connection.accessToken}`,
                    ...traceHeaders(),
                    ...(body === undefined ? {} : { 'content-type': 'text/csv; charset=UTF-8' })
                },
                ...(body === undefined ? {} : { body })
            });
            const text = response.ok ? '' : await response.text();
            const headers = Object.fromEntries(response.headers);
            this.#transport.noteAnswer(url, { statusCode: response.status, headers, body: text });
            if (response.status === 401) this.#connection.accessToken = await this.#signIn();
            if (!response.ok) throw answerError(response.status, text);
            return response;
        };
        return withRetries(
            send,
            this.#retries((error) => (error as { status?: number }).status === 401)
        );
    }

    url(path: string): string {
        const root = path.startsWith('/services/') ? path : `/services/data/v${API_VERSION}${path}`;
        return this.tenant.myDomain + root;
    }

    /** For Setup: can the service sign in to this org right now? Asked by people, as often as they press the button. */
    async verify(): Promise<OutboundCheck> {
        try {
            this.#connection.accessToken = await this.#askForToken();
            return { ok: true, orgId: this.tenant.orgId, code: null, fix: null };
        } catch (error) {
            const problem = error instanceof OrgProblem ? error : tokenProblem(error);
            return { ok: false, orgId: null, code: problem.code, fix: problem.fix };
        }
    }

    #retries(also: (error: unknown) => boolean = () => false) {
        return {
            attempts: ATTEMPTS,
            firstWaitMs: FIRST_WAIT_MS,
            isTransient: (error: unknown) => also(error) || isTransientFailure(error),
            sleep: this.#sleep
        };
    }

    async #waitForBudget(): Promise<void> {
        const wait = this.#budget.beforeCall(this.isUrgent);
        if (wait > 0) await this.#sleep(wait);
    }

    /** Several that find the token gone at the same time sign in once. */
    #signIn(): Promise<string> {
        this.#signingIn ??= this.#signInNow().finally(() => (this.#signingIn = null));
        return this.#signingIn;
    }

    async #signInNow(): Promise<string> {
        const now = this.#now();
        this.#signIns = this.#signIns.filter((moment) => now - moment < 60_000);
        if (this.#signIns.length >= SIGN_INS_A_MINUTE) {
            // An org that refuses every fresh token would otherwise be asked for ever.
            throw new DisconnectedError(
                'TOKEN_REFUSED',
                'The org refuses the tokens it issues.',
                'Check the policies and the Run As user of the external client app.'
            );
        }
        this.#signIns.push(now);
        return this.#askForToken();
    }

    async #askForToken(): Promise<string> {
        let answer;
        try {
            await refusePrivateHost(this.tenant.myDomain, this.#lookup);
            answer = await this.#oauth2.requestToken({ grant_type: 'client_credentials' });
        } catch (error) {
            throw tokenProblem(error);
        }
        return this.#accept(answer);
    }

    #accept(answer: { access_token?: string; id?: string; instance_url?: string }): string {
        const identity = /\/id\/(00D[A-Za-z0-9]{15})\/(005[A-Za-z0-9]{15})$/.exec(answer.id ?? '');
        if (!answer.access_token || !identity) {
            throw new DisconnectedError(
                'NOT_A_TOKEN',
                'The org answered the sign-in with something that is not a token.',
                'Check the My Domain registered for this org.'
            );
        }
        this.#transport.refuseForeign(answer.instance_url ?? '');
        if (identity[1] !== this.tenant.orgId) {
            throw new WrongOrgError(
                'WRONG_ORG',
                'The token belongs to another org than the one registered.',
                'Register the My Domain of this org, not that of a copy.'
            );
        }
        this.#userId = identity[2];
        return answer.access_token;
    }
}

function answerError(status: number, text: string): Error {
    let errorCode = `ERROR_HTTP_${status}`;
    try {
        const [first] = JSON.parse(text) as { errorCode?: string }[];
        if (first?.errorCode && status < 500 && status !== 429) errorCode = first.errorCode;
    } catch {
        // Not Salesforce's error shape; the status says enough.
    }
    return Object.assign(new Error(`Salesforce answered ${status}.`), { errorCode, status });
}
