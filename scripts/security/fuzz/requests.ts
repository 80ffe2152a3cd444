// Requests as bytes, drawn from the operations: valid, at the limits, confused, hostile, broken. Owns what is sent; how
// the answer is judged is judge.ts.
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { Operation } from './operations.ts';
import {
    MARK,
    anyJson,
    edgeValue,
    hostileText,
    validValue,
    withOnePartReplaced,
    withPropertyChanged,
    type Json
} from './values.ts';

export interface RawRequest {
    /** what was done to it */
    kind: Kind;
    operation: string;
    method: string;
    target: string;
    headers: [name: string, value: string][];
    body: Buffer;
    /** its credentials are those of the org */
    isSignedIn: boolean;
    /** the bytes after it may be read as another request, or the connection may be cut */
    isBroken: boolean;
}

export type Kind =
    | 'valid'
    | 'at the limits'
    | 'types confused'
    | 'hostile texts'
    | 'missing or extra'
    | 'content type'
    | 'broken encoding'
    | 'unknown routes'
    | 'odd headers'
    | 'broken framing';

/** Who sends: an org, the operator, and a key that opens nothing. */
export interface Sender {
    orgId: string;
    key: string;
    operatorKey: string;
    wrongKey: string;
    /** keys of runs and of other things that paths name, the oldest first */
    known: string[];
}

type Part = Pick<RawRequest, 'method' | 'target' | 'headers' | 'body'> & { isBroken?: boolean };

const JSON_TYPE: [string, string] = ['content-type', 'application/json'];
const NOTHING = Buffer.alloc(0);
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'];

const WEIGHTS: Record<Kind, number> = {
    valid: 14,
    'at the limits': 12,
    'types confused': 14,
    'hostile texts': 16,
    'missing or extra': 10,
    'content type': 8,
    'broken encoding': 8,
    'unknown routes': 9,
    'odd headers': 7,
    'broken framing': 2
};

/** All requests of a batch; the same seed, the same requests. */
export function requestsOf(
    operations: Operation[],
    sender: Sender,
    seed: number,
    count: number
): RawRequest[] {
    return fc.sample(anyRequest(operations, sender), { seed, numRuns: count });
}

function anyRequest(operations: Operation[], sender: Sender): fc.Arbitrary<RawRequest> {
    return fc.oneof(
        ...(Object.keys(WEIGHTS) as Kind[]).flatMap((kind) =>
            operations.map((operation) => ({
                weight: WEIGHTS[kind],
                arbitrary: fc
                    .tuple(PARTS[kind](operation, sender), credentials(operation, sender))
                    .map(([part, { headers, isSignedIn }]) =>
                        requestOf(kind, operation, part, headers, isSignedIn)
                    )
            }))
        )
    );
}

function requestOf(
    kind: Kind,
    { method, path }: Operation,
    part: Part,
    credentialHeaders: [string, string][],
    isSignedIn: boolean
): RawRequest {
    return {
        isBroken: false,
        ...part,
        kind,
        operation: `${method} ${path}`,
        headers: [...credentialHeaders, ...part.headers],
        isSignedIn
    };
}

const PARTS: Record<Kind, (operation: Operation, sender: Sender) => fc.Arbitrary<Part>> = {
    valid: (operation, sender) => sent(operation, sender, bodyOf(operation)),
    'at the limits': (operation, sender) => sent(operation, sender, edgeBody(operation)),
    'types confused': (operation, sender) =>
        sent(operation, sender, withOnePartReplaced(bodyOf(operation), anyJson)),
    'hostile texts': (operation, sender) =>
        fc.oneof(
            sent(operation, sender, withOnePartReplaced(bodyOf(operation), hostileText)),
            fc.tuple(sent(operation, sender, bodyOf(operation)), hostileText).map(([part, text]) => ({
                ...part,
                target: `${targetWith(operation, text)}?${encoded(text)}`
            }))
        ),
    'missing or extra': (operation, sender) =>
        sent(operation, sender, withPropertyChanged(bodyOf(operation))),
    'content type': (operation, sender) =>
        fc
            .tuple(sent(operation, sender, bodyOf(operation)), fc.constantFrom(...CONTENT_TYPES))
            .map(([part, type]) => ({
                ...part,
                headers: type === null ? [] : [['content-type', type] as [string, string]]
            })),
    'broken encoding': (operation, sender) =>
        fc
            .tuple(sent(operation, sender, bodyOf(operation)), fc.constantFrom(...BREAKS), fc.nat())
            .map(([part, breakIt, place]) => ({ ...part, body: breakIt(part.body, place) })),
    'unknown routes': (operation) =>
        fc
            .tuple(fc.constantFrom(...METHODS), strangePath(operation), fc.boolean())
            .map(([method, target, hasBody]) => ({
                method,
                target,
                headers: hasBody ? [JSON_TYPE] : [],
                body: hasBody ? Buffer.from('{"kind":"pipeline"}') : NOTHING
            })),
    'odd headers': (operation, sender) =>
        fc
            .tuple(
                sent(operation, sender, bodyOf(operation)),
                fc.array(oddHeader, { minLength: 1, maxLength: 3 })
            )
            .map(([part, odd]) => ({ ...part, headers: [...part.headers, ...odd] })),
    'broken framing': (operation, sender) =>
        fc
            .tuple(sent(operation, sender, bodyOf(operation)), fc.constantFrom(...FRAMINGS))
            .map(([part, framing]) => ({ ...part, headers: [...part.headers, ...framing], isBroken: true }))
};

function bodyOf({ body }: Operation): fc.Arbitrary<Json> {
    return body ? validValue(body) : fc.constant({});
}

function edgeBody(operation: Operation): fc.Arbitrary<Json> {
    const { body } = operation;
    if (!body) return anyJson;
    const edges = (body.anyOf ?? [body]).flatMap(({ properties = {} }) =>
        Object.values(properties).map(edgeValue)
    );
    return withOnePartReplaced(bodyOf(operation), fc.oneof(...edges));
}

function sent(operation: Operation, { known }: Sender, body: fc.Arbitrary<Json>): fc.Arbitrary<Part> {
    const name = fc.oneof(
        fc.nat().map((place) => known[place % known.length]!),
        fc.uuid(),
        fc.string({ maxLength: 120 })
    );
    return fc.tuple(name, body, fc.integer({ min: 0, max: 19 })).map(([part, value, dice]) => {
        const hasBody = operation.body !== null || dice === 0;
        return {
            method: operation.method,
            target: targetWith(operation, part),
            headers: hasBody ? [JSON_TYPE] : [],
            body: hasBody ? Buffer.from(JSON.stringify(value)) : NOTHING
        };
    });
}

function targetWith({ path }: Operation, name: string): string {
    return path.replace(/\{\w+\}/g, encoded(name) || '%20');
}

/** A lone surrogate has no form in a path. */
function encoded(text: string): string {
    return encodeURIComponent(text.toWellFormed());
}

const CONTENT_TYPES: (string | null)[] = [
    null,
    '',
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'multipart/form-data',
    'application/json; charset=utf-16',
    'application/json; charset="',
    'application/json;;;',
    'application/jsonp',
    'APPLICATION/JSON',
    `text/${MARK}`,
    'application/vnd.api+json',
    '/',
    'application/json, text/html'
];

const BREAKS: ((body: Buffer, place: number) => Buffer)[] = [
    (body, place) => body.subarray(0, place % (body.length + 1)),
    (body) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]),
    (body) => Buffer.concat([body, Buffer.from([0xff, 0xfe, 0xc3, 0x28])]),
    (body, place) => {
        const copy = Buffer.from(body);
        if (copy.length > 0) copy[place % copy.length] = place % 256;
        return copy;
    },
    (body) => gzipSync(body),
    (body) => Buffer.from(body.toString(), 'utf16le'),
    () => Buffer.from('[1,]'),
    () => Buffer.from('{"kind":"pipeline","kind":"pay"}'),
    () => Buffer.from(`{"kind":"pipeline","__proto__":{"${MARK}":1}}`),
    () => Buffer.from('{"kind":"pipeline","constructor":{"prototype":{"isAdmin":true}}}'),
    () => Buffer.from('1e999'),
    () => Buffer.from('['.repeat(8_000)),
    () => Buffer.from(`{"kind":"${'x'.repeat(20_000)}"}`)
];

function strangePath({ path }: Operation): fc.Arbitrary<string> {
    const known = path.replace(/\{\w+\}/g, 'x');
    return fc.oneof(
        fc.webPath().map((text) => (text.startsWith('/') ? text : `/${text}`)),
        fc.constantFrom(
            `${known}/`,
            `/${known}`,
            known.toUpperCase(),
            `${known}/../..${known}`,
            `${known}%00`,
            `${known}%`,
            `${known}%zz`,
            `${known}%c3%28`,
            `${known};a=b`,
            `${known}?${'a=b&'.repeat(500)}`,
            '*',
            '/%2e%2e/%2e%2e/etc/passwd',
            `http://evil.example${known}`,
            `${known}#fragment`,
            `/${'a/'.repeat(400)}`,
            `/v1/runs/${'k'.repeat(500)}`,
            `/${MARK}`
        )
    );
}

const oddHeader: fc.Arbitrary<[string, string]> = fc.oneof(
    fc.constantFrom<[string, string]>(
        ['accept', 'text/html'],
        ['accept-encoding', 'br, gzip'],
        ['expect', '100-continue'],
        ['expect', 'the-unexpected'],
        ['upgrade', 'websocket'],
        ['connection', 'Upgrade'],
        ['x-http-method-override', 'DELETE'],
        ['x-forwarded-for', '127.0.0.1'],
        ['x-forwarded-host', 'evil.example'],
        ['host', 'evil.example'],
        ['origin', 'https://evil.example'],
        ['cookie', `sid=${MARK}`],
        ['x-request-id', `${MARK} <b>`],
        ['x-request-id', 'a'.repeat(65)],
        ['x-spm-user', `005${MARK}`],
        ['x-spm-org', `00D${MARK}`],
        ['authorization', `Bearer ${MARK}`],
        ['authorization', 'Basic ===='],
        ['range', 'bytes=0-1'],
        ['if-none-match', '*'],
        ['content-encoding', 'gzip'],
        ['x-large', 'a'.repeat(9_000)],
        ['x-too-large', 'a'.repeat(20_000)]
    ),
    hostileText
        .filter((text) => /^[\x20-\x7e]*$/.test(text))
        .map((text) => ['x-text', text] as [string, string])
);

/** Two readers would disagree about where such a request ends: it must be refused, or the connection ended. */
const FRAMINGS: [string, string][][] = [
    [['transfer-encoding', 'chunked']],
    [['transfer-encoding', 'identity, chunked']],
    [['transfer-encoding', 'xchunked']],
    [['content-length', '5']],
    [['content-length', '-1']],
    [['content-length', '0x10']],
    [['bad header', 'x']],
    [['x-null', 'a\u0000b']],
    [['x-fold', 'a\r\n b']]
];

/** Ends what every later request needs: asked by strangers only. */
const NOT_BY_THE_ORG = /\/disconnect$/;

function credentials(
    { path, signedInBy }: Operation,
    { orgId, key, operatorKey, wrongKey }: Sender
): fc.Arbitrary<{ headers: [string, string][]; isSignedIn: boolean }> {
    const basic = (user: string, password: string): [string, string] => [
        'authorization',
        `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
    ];
    const bearer = (token: string): [string, string] => ['authorization', `Bearer ${token}`];
    const org: [string, string] = ['x-spm-org', orgId];
    const user: [string, string] = ['x-spm-user', '005000000000001AAA'];
    const asOrg = [basic(orgId, key), org, user];
    const asOperator = [bearer(operatorKey)];
    const isOperators = signedInBy.includes('operatorKey');
    const own = { headers: isOperators ? asOperator : asOrg, isSignedIn: true };
    const strangers = fc
        .constantFrom<[string, string][]>(
            [],
            [org],
            isOperators ? asOrg : asOperator,
            [basic(orgId, wrongKey), org],
            [basic(orgId, key)],
            [basic(orgId, key), ['x-spm-org', '00D000000000002EAA']],
            [basic('', ''), org],
            [basic(orgId, `${key}\u0000`), org],
            [['authorization', `Basic ${'A'.repeat(3000)}`], org],
            [basic('__proto__', key), ['x-spm-org', '__proto__']],
            [bearer(wrongKey)]
        )
        .map((headers) => ({ headers, isSignedIn: false }));
    if (NOT_BY_THE_ORG.test(path)) return strangers;
    return fc.oneof({ weight: 16, arbitrary: fc.constant(own) }, { weight: 4, arbitrary: strangers });
}
