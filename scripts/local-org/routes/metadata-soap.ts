// The SOAP door of the Metadata API, as `sf project deploy start` and jsforce use it: POST /services/Soap/m/:version.
// Owns envelopes and faults; deploys are metadata/deploy-jobs.ts. What is not here is refused by name as a fault.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { COMPONENT_TYPES } from '../metadata/component-types.ts';
import type { DeployJobs } from '../metadata/deploy-jobs.ts';
import { listComponents } from '../metadata/list.ts';
import { checkMetadataAccess } from '../metadata/metadata-access.ts';
import type { RetrieveJobs } from '../metadata/retrieve-jobs.ts';
import type { PackageMembers } from '../metadata/retrieve.ts';
import { MAX_REQUEST_BYTES, requestTooLarge } from '../metadata/zip.ts';
import { notSupported, OrgError } from '../org.ts';
import type { UserContext } from '../org.ts';
import type { LocalOrg } from '../local-org.ts';
import { crudOperations } from './metadata-crud.ts';

type Xml = Record<string, unknown>;
/** `text`: the whole request, for what its elements say in attributes. */
type Operation = (body: Xml, user: UserContext, text: string) => unknown;

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
const REPEATED = new Set(['queries', 'runTests', 'types', 'members']);

const parser = new XMLParser({
    removeNSPrefix: true,
    ignoreAttributes: true,
    parseTagValue: false,
    isArray: (name) => REPEATED.has(name)
});

export function registerMetadataSoap(
    app: FastifyInstance,
    org: LocalOrg,
    deploys: DeployJobs,
    retrieves: RetrieveJobs
): void {
    const operations = {
        ...deployOperations(deploys),
        ...readOperations(org, retrieves),
        ...crudOperations(org)
    };
    app.register(async (scope) => {
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
        scope.setErrorHandler((error: Error, _request, reply) => sendFault(reply, error));
        scope.post('/services/Soap/m/:version', { bodyLimit: MAX_REQUEST_BYTES }, (request, reply) => {
            const text = String(request.body);
            const { session, operation, body } = readEnvelope(text);
            const user = authenticate(org, session);
            checkMetadataAccess(user);
            const run = operations[operation];
            if (!run) throw notSupported(`the Metadata API call ${operation}`);
            const results = [run(body, user, text)].flat();
            return reply
                .type('text/xml;charset=UTF-8')
                .send(
                    envelope(
                        `<${operation}Response xmlns="${NAMESPACE}">${results.map((one) => element('result', one)).join('')}</${operation}Response>`
                    )
                );
        });
    });
}

type Operations = Record<string, Operation | undefined>;

function deployOperations(jobs: DeployJobs): Operations {
    return {
        deploy: (body, user) => {
            const options = (body.DeployOptions ?? {}) as Record<string, unknown>;
            const result = jobs.start(user, Buffer.from(String(body.ZipFile ?? ''), 'base64'), {
                checkOnly: options.checkOnly === 'true',
                testLevel: options.testLevel as string | undefined,
                runTests: options.runTests as string[] | undefined,
                performRetrieve: options.performRetrieve === 'true',
                purgeOnDelete: options.purgeOnDelete === 'true',
                rollbackOnError: options.rollbackOnError !== 'false'
            });
            return { done: false, id: result.id, state: 'Queued' };
        },
        deployRecentValidation: (body, user) => jobs.startValidated(user, String(body.validationId)).id,
        checkDeployStatus: (body) => {
            const { details, ...result } = jobs.status(String(body.asyncProcessId));
            return body.includeDetails === 'true' ? { ...result, details } : result;
        },
        // The WSDL calls the argument String; jsforce and the sf CLI send id.
        cancelDeploy: (body, user) => {
            const result = jobs.cancel(user, String(body.String ?? body.id));
            return { done: result.done, id: result.id };
        }
    };
}

function readOperations(org: LocalOrg, jobs: RetrieveJobs): Operations {
    return {
        retrieve: (body, user) => {
            // The WSDL calls the argument retrieveRequest; jsforce and the sf CLI send request.
            const request = (body.retrieveRequest ?? body.request ?? {}) as Xml;
            const packageNames = [request.packageNames ?? []].flat();
            if (packageNames.length) throw notSupported('retrieving a package by name (packageNames)');
            if (request.specificFiles) throw notSupported('retrieving specificFiles');
            const { types = [], version } = (request.unpackaged ?? {}) as Xml;
            const result = jobs.start(user, {
                types: (types as Xml[]).map(readMembers),
                version: String(version ?? request.apiVersion),
                singlePackage: request.singlePackage === 'true'
            });
            return { done: false, id: result.id, state: 'Queued' };
        },
        checkRetrieveStatus: (body) => {
            const { zipFile, ...result } = jobs.status(String(body.asyncProcessId));
            return body.includeZip === 'false' ? result : { ...result, zipFile };
        },
        describeMetadata: () => ({
            metadataObjects: COMPONENT_TYPES.map((type) => ({
                childXmlNames: Object.values(type.children),
                directoryName: type.folder,
                inFolder: false,
                metaFile: type.hasMetaFile,
                ...(type.suffix ? { suffix: type.suffix } : {}),
                xmlName: type.name
            })),
            organizationNamespace: '',
            partialSaveAllowed: false,
            testRequired: false
        }),
        listMetadata: (body) =>
            ((body.queries ?? []) as Xml[]).flatMap((query) => listComponents(org, String(query.type)))
    };
}

function readMembers({ name, members = [] }: Xml): PackageMembers {
    return { name: String(name), members: (members as unknown[]).map(String) };
}

function readEnvelope(text: string): { session: string; operation: string; body: Xml } {
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

function sendFault(reply: FastifyReply, thrown: Error): FastifyReply {
    const isTooLarge = (thrown as { code?: string }).code === 'FST_ERR_CTP_BODY_TOO_LARGE';
    const error = isTooLarge ? requestTooLarge() : thrown;
    if (!(error instanceof OrgError))
        process.stderr.write(`local org: metadata call failed: ${error.stack}\n`);
    const code = error instanceof OrgError ? error.errorCode : 'UNKNOWN_EXCEPTION';
    const message =
        error instanceof OrgError ? error.message : "An unexpected error occurred; see the org's log";
    const fault = `<soapenv:Fault><faultcode>sf:${code}</faultcode><faultstring>${escapeXml(`${code}: ${message}`)}</faultstring></soapenv:Fault>`;
    return reply.code(500).type('text/xml;charset=UTF-8').send(envelope(fault));
}

function envelope(body: string): string {
    return (
        '<?xml version="1.0" encoding="UTF-8"?>' +
        '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ' +
        `xmlns:sf="http://soap.sforce.com/2006/04/metadata"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`
    );
}

/** Objects become nested elements (`@name` an attribute), lists repeated ones, absent values nothing. */
function element(name: string, value: unknown): string {
    if (value === undefined || value === null) return '';
    if (Array.isArray(value)) return value.map((one) => element(name, one)).join('');
    if (typeof value !== 'object') return `<${name}>${escapeXml(String(value))}</${name}>`;
    const entries = Object.entries(value);
    const attributes = entries.flatMap(([key, one]) =>
        key.startsWith('@') ? [` ${key.slice(1)}="${escapeXml(String(one))}"`] : []
    );
    const inner = entries.filter(([key]) => !key.startsWith('@')).map(([key, one]) => element(key, one));
    return `<${name}${attributes.join('')}>${inner.join('')}</${name}>`;
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
