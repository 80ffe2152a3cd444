// Every error the service may answer: its code, HTTP status, sentence and what to do. service/docs/errors.md holds the
// same table; errors.test.ts keeps the two together. Nothing here quotes a request or a record.

interface CatalogueEntry {
    status: number;
    message: string;
    fix: string;
}

export const ERRORS = {
    UNAUTHORIZED: {
        status: 401,
        message: 'The org id and key do not match a connected org.',
        fix: 'Enter the key of this org again in Setup, or ask for a new key.'
    },
    ORG_MISMATCH: {
        status: 403,
        message: 'The request comes from another org than the one the key belongs to.',
        fix: 'This is probably a copied sandbox: connect it with a key of its own.'
    },
    TENANT_SUSPENDED: {
        status: 403,
        message: 'The service has stopped working for this org.',
        fix: 'Ask whoever runs the service why, and to resume it.'
    },
    TENANT_DISCONNECTED: {
        status: 403,
        message: 'This org has been disconnected from the service.',
        fix: 'Ask whoever runs the service to register the org again, then enter its new key.'
    },
    OPERATOR_UNAUTHORIZED: {
        status: 401,
        message: 'This is not the operator key of the service.',
        fix: 'Send the key whose SHA-256 is PLUMBLINE_OPERATOR_KEY_SHA256 as Bearer.'
    },
    TENANT_NOT_FOUND: {
        status: 404,
        message: 'No org with this id is registered.',
        fix: 'Register it with POST /v1/tenants, or correct the id.'
    },
    TENANT_BUSY: {
        status: 409,
        message: 'Somebody else is changing this org at the same moment.',
        fix: 'Look at it again and repeat the change.'
    },
    ORG_ID_REFUSED: {
        status: 400,
        message: 'This is not an 18-character organization id.',
        fix: 'Copy the 18-character id again: its last three letters do not fit.'
    },
    MY_DOMAIN_REFUSED: {
        status: 400,
        message: 'A client secret is never sent to this address.',
        fix: 'Give exactly https://<my domain>.my.salesforce.com, as My Domain in Setup shows it.'
    },
    TWO_KEYS_LIVE: {
        status: 409,
        message: 'The org has two live keys already.',
        fix: 'End the one that is not used any more, then ask again.'
    },
    KEY_NOT_FOUND: {
        status: 404,
        message: 'The org has no live key with this fingerprint.',
        fix: 'Look at the keys of the org; it may have been ended already.'
    },
    LAST_KEY: {
        status: 409,
        message: 'The last key of an org cannot be ended.',
        fix: 'Make a new one first, or disconnect the org.'
    },
    KEY_IN_USE: {
        status: 409,
        message: 'The key that this request signed in with cannot be ended.',
        fix: 'Enter the other key in Setup first; then end this one.'
    },
    SECRET_UNREADABLE: {
        status: 503,
        message: 'The client secret of this org cannot be read.',
        fix: 'Ask whoever runs the service to put its key back, or to register the org again.'
    },
    INVALID_REQUEST: {
        status: 400,
        message: 'The request does not have the expected shape.',
        fix: 'Correct the property named in "where"; see /openapi.json.'
    },
    INVALID_JSON: { status: 400, message: 'The body is not JSON.', fix: 'Send a JSON object.' },
    BODY_TOO_LARGE: {
        status: 413,
        message: 'The body is too large.',
        fix: 'Send at most 16 KB; of facts at most 8 MB.'
    },
    UNSUPPORTED_MEDIA_TYPE: {
        status: 415,
        message: 'The body has a media type this service does not read.',
        fix: 'Send application/json.'
    },
    HEADERS_TOO_LARGE: {
        status: 431,
        message: 'The headers are too large.',
        fix: 'Send at most 16 KB of headers.'
    },
    TOO_SLOW: {
        status: 408,
        message: 'The request did not arrive in time.',
        fix: 'Send the headers within 5 seconds and the body within 10.'
    },
    NOT_FOUND: { status: 404, message: 'There is nothing at this address.', fix: 'See /openapi.json.' },
    RUN_NOT_FOUND: {
        status: 404,
        message: 'This org has no run with this key.',
        fix: 'Request a run, then follow the key it answers.'
    },
    RUN_NOT_CANCELLED: {
        status: 409,
        message: 'The run is over, or writes results that must not stay half written.',
        fix: 'Wait for its end and look at what it says.'
    },
    RUN_NOT_PUT_ASIDE: {
        status: 409,
        message: 'No run with this key is put aside, or the same work is under way again.',
        fix: 'Look at the list of runs put aside; wait for the run that is under way.'
    },
    RATE_LIMITED: {
        status: 429,
        message: 'Too many requests.',
        fix: 'Wait the seconds named in the retry-after header and try again.'
    },
    SERVICE_BUSY: {
        status: 503,
        message: 'The service has more to do than it can answer in time.',
        fix: 'Wait the seconds named in the retry-after header and try again.'
    },
    RUNS_WAITING: {
        status: 503,
        message: 'Too many runs are waiting already.',
        fix: 'Wait until some of them are done, then ask again.'
    },
    STOPPING: {
        status: 503,
        message: 'The service is stopping.',
        fix: 'Try again in a minute; runs under way continue after the restart.'
    },
    INTERNAL: {
        status: 500,
        message: 'The service could not answer.',
        fix: 'Try again; if it stays, tell support the request id.'
    }
} satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof ERRORS;

/** An answer that is an error of the catalogue. `where` names the place: a header, a property, a route. */
export class HttpProblem extends Error {
    readonly code: ErrorCode;
    readonly where: string;
    readonly headers: Record<string, string>;
    constructor(code: ErrorCode, where: string, headers: Record<string, string> = {}) {
        super(ERRORS[code].message);
        this.name = 'HttpProblem';
        this.code = code;
        this.where = where;
        this.headers = headers;
    }
}
