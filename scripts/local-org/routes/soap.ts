// SOAP as the Metadata and Apex APIs speak it: envelopes in, envelopes and faults out, the session in a header. Owns the
// form only; what an operation does is metadata-soap.ts and apex-soap.ts.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { MAX_REQUEST_BYTES, requestTooLarge } from '../metadata/zip.ts';
import { OrgError } from '../org.ts';
import type { UserContext } from '../org.ts';
import type { LocalOrg } from '../local-org.ts';

export type Xml = Record<string, unknown>;

export interface SoapCall {
    user: UserContext;
    operation: string;
    /** The operation's element; repeated elements as lists. */
    body: Xml;
    /** The whole request, for what its elements say in attributes. */
    text: string;
}

export interface SoapAnswer {
    /** One `result` element each. */
    results: unknown[];
    /** Elements of the header. */
    header?: Xml;
}

export interface SoapApi {
    path: string;
    namespace: string;
    /** Elements that are lists, however many there are. */
    repeated: string[];
    answer(call: SoapCall): SoapAnswer | Promise<SoapAnswer>;
}

export function registerSoap(app: FastifyInstance, org: LocalOrg, api: SoapApi): void {
    const repeated = new Set(api.repeated);
    const parser = new XMLParser({
        removeNSPrefix: true,
        ignoreAttributes: true,
        parseTagValue: false,
        isArray: (name) => repeated.has(name)
    });
    app.register(async (scope) => {
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
        scope.setErrorHandler((error: Error, _request, reply) => sendFault(reply, api, error));
        scope.post(api.path, { bodyLimit: MAX_REQUEST_BYTES }, async (request, reply) => {
            const text = String(request.body);
            const { session, operation, body } = readEnvelope(parser, text);
            const user = authenticate(org, session);
            const { results, header } = await api.answer({ user, operation, body, text });
            const inner = results.map((one) => element('result', one)).join('');
            const answer = `<${operation}Response xmlns="${api.namespace}">${inner}</${operation}Response>`;
            return reply.type('text/xml;charset=UTF-8').send(envelope(api, answer, header));
        });
    });
}

function readEnvelope(parser: XMLParser, text: string): { session: string; operation: string; body: Xml } {
    const isXml = !/<!(DOCTYPE|ENTITY)/i.test(text) && XMLValidator.validate(text) === true;
    const parsed = (isXml ? parser.parse(text) : {}) as Xml;
    const { Header, Body } = (parsed.Envelope ?? {}) as { Header?: Xml; Body?: Xml };
    const operation = Object.keys(Body ?? {})[0];
    if (!Body || !operation)
        throw new OrgError(500, 'MALFORMED_REQUEST', 'The request is not a SOAP envelope with a body.');
    const session = (Header?.SessionHeader as Xml | undefined)?.sessionId;
    return { session: String(session ?? ''), operation, body: (Body[operation] || {}) as Xml };
}

function authenticate(org: LocalOrg, session: string): UserContext {
    try {
        return org.auth.authenticateToken(session);
    } catch (error) {
        if (!(error instanceof OrgError) || error.errorCode !== 'INVALID_SESSION_ID') throw error;
        throw new OrgError(
            500,
            'INVALID_SESSION_ID',
            'Invalid Session ID found in SessionHeader: Illegal Session'
        );
    }
}

function sendFault(reply: FastifyReply, api: SoapApi, thrown: Error): FastifyReply {
    const isTooLarge = (thrown as { code?: string }).code === 'FST_ERR_CTP_BODY_TOO_LARGE';
    const error = isTooLarge ? requestTooLarge() : thrown;
    if (!(error instanceof OrgError)) process.stderr.write(`local org: SOAP call failed: ${error.stack}\n`);
    const code = error instanceof OrgError ? error.errorCode : 'UNKNOWN_EXCEPTION';
    const message =
        error instanceof OrgError ? error.message : "An unexpected error occurred; see the org's log";
    const fault = `<soapenv:Fault><faultcode>sf:${code}</faultcode><faultstring>${escapeXml(`${code}: ${message}`)}</faultstring></soapenv:Fault>`;
    return reply.code(500).type('text/xml;charset=UTF-8').send(envelope(api, fault));
}

function envelope({ namespace }: SoapApi, body: string, header?: Xml): string {
    const head = header ? `<soapenv:Header>${elements(header)}</soapenv:Header>` : '';
    return (
        '<?xml version="1.0" encoding="UTF-8"?>' +
        '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ' +
        `xmlns:sf="${namespace}">${head}<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`
    );
}

/** Objects become nested elements (`@name` an attribute), lists repeated ones, absent values nothing. */
function element(name: string, value: unknown): string {
    if (value === undefined || value === null) return '';
    if (Array.isArray(value)) return value.map((one) => element(name, one)).join('');
    if (typeof value !== 'object') return `<${name}>${escapeXml(String(value))}</${name}>`;
    return `<${name}${attributes(value as Xml)}>${elements(value as Xml)}</${name}>`;
}

function elements(content: Xml): string {
    return Object.entries(content)
        .map(([key, one]) => (key.startsWith('@') ? '' : element(key, one)))
        .join('');
}

function attributes(content: Xml): string {
    return Object.entries(content)
        .map(([key, one]) => (key.startsWith('@') ? ` ${key.slice(1)}="${escapeXml(String(one))}"` : ''))
        .join('');
}

function escapeXml(text: string): string {
    return (
        text
            .replaceAll('&', '&amp;')
            .replaceAll('<', '&lt;')
            .replaceAll('>', '&gt;')
            // eslint-disable-next-line no-control-regex -- XML has no way to write these
            .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd')
    );
}
