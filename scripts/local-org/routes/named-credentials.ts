// The Connect API's resources of named credentials: what a client sees of a Named Credential and of its External Credential, and the
// values of the principal, which can be written and never read again. Callouts use them (apex/callouts.ts).
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { LocalOrg } from '../local-org.ts';
import { checkMetadataAccess } from '../metadata/metadata-access.ts';
import { notSupported, OrgError } from '../org.ts';
import { objectBody, objectIn, textOf, type Body } from './json-body.ts';
import { DATA } from './versions.ts';

const ROOT = `${DATA}/named-credentials`;

interface Parameter {
    parameterName?: string;
    parameterType?: string;
    parameterValue?: string;
    externalCredential?: string;
}

interface Principal {
    external: string;
    name: string;
    protocol: string;
}

export function registerNamedCredentials(app: FastifyInstance, org: LocalOrg): void {
    type Named = FastifyRequest<{ Params: { name: string } }>;

    app.get(`${ROOT}/named-credential-setup/:name`, async (request: Named) => {
        checkMetadataAccess(org.auth.authenticate(request));
        const found = credential(org, 'NamedCredential', request.params.name);
        const stored = readStored(org, found.fullName);
        return {
            developerName: found.fullName,
            masterLabel: found.content['label'],
            type: found.content['namedCredentialType'],
            calloutUrl: stored?.url || urlIn(found.parameters),
            calloutStatus: found.content['calloutStatus'],
            externalCredentials: [{ developerName: externalOf(found.parameters) }]
        };
    });

    app.get(`${ROOT}/external-credentials/:name`, async (request: Named) => {
        checkMetadataAccess(org.auth.authenticate(request));
        const { fullName, content, parameters } = credential(org, 'ExternalCredential', request.params.name);
        const related = usersOf(org, fullName);
        const isConfigured = related.some((name) => readStored(org, name));
        return {
            developerName: fullName,
            masterLabel: content['label'],
            authenticationProtocol: content['authenticationProtocol'],
            principals: principalsIn(parameters).map((principalName) => ({
                principalName,
                principalType: 'NamedPrincipal',
                authenticationStatus: isConfigured ? 'Configured' : 'NotConfigured'
            })),
            relatedNamedCredentials: related.map((developerName) => ({ developerName }))
        };
    });

    app.get(`${ROOT}/credential`, async (request) => {
        checkMetadataAccess(org.auth.authenticate(request));
        const principal = principalOf(org, request.query as Body);
        return written(org, principal);
    });

    app.post(`${ROOT}/credential`, async (request, reply) => {
        checkMetadataAccess(org.auth.authenticate(request));
        const principal = principalOf(org, objectBody(request.body));
        if (isConfigured(org, principal)) {
            const message = `Authentication parameters of ${principal.name} already exist; replace them with PUT.`;
            throw new OrgError(400, 'INVALID_INPUT', message);
        }
        store(org, principal, objectBody(request.body));
        return reply.code(201).send(written(org, principal));
    });

    app.put(`${ROOT}/credential`, async (request) => {
        checkMetadataAccess(org.auth.authenticate(request));
        const principal = principalOf(org, objectBody(request.body));
        if (!isConfigured(org, principal)) {
            const message = `${principal.name} has no authentication parameters yet; create them with POST.`;
            throw new OrgError(404, 'NOT_FOUND', message);
        }
        store(org, principal, objectBody(request.body));
        return written(org, principal);
    });

    app.delete(`${ROOT}/credential`, async (request, reply) => {
        checkMetadataAccess(org.auth.authenticate(request));
        const principal = principalOf(org, request.query as Body);
        const remove = org.db.prepare('DELETE FROM local_credentials WHERE name = ? COLLATE NOCASE');
        for (const name of usersOf(org, principal.external)) remove.run(name);
        return reply.code(204).send();
    });
}

/** The component with its parameters, or Salesforce's refusal. */
function credential(org: LocalOrg, type: string, name: string) {
    const component = org.metadata
        .list(type)
        .find(({ fullName }) => fullName.toLowerCase() === name.toLowerCase());
    const content = component && org.metadata.content(type, component.fullName);
    if (!content) throw new OrgError(404, 'NOT_FOUND', `There is no ${type} called ${name}`);
    const key = type === 'NamedCredential' ? 'namedCredentialParameters' : 'externalCredentialParameters';
    return {
        fullName: component.fullName,
        content,
        parameters: [content[key] ?? []].flat() as Parameter[]
    };
}

const urlIn = (parameters: Parameter[]): string | undefined =>
    parameters.find((one) => one.parameterType === 'Url')?.parameterValue;

const externalOf = (parameters: Parameter[]): string | undefined =>
    parameters.find((one) => one.parameterType === 'Authentication')?.externalCredential;

const principalsIn = (parameters: Parameter[]): string[] =>
    parameters.filter((one) => one.parameterType === 'NamedPrincipal').map((one) => one.parameterName!);

/** The named credentials that sign in by this external credential. */
function usersOf(org: LocalOrg, external: string): string[] {
    return org.metadata
        .list('NamedCredential')
        .map(({ fullName }) => credential(org, 'NamedCredential', fullName))
        .filter(({ parameters }) => externalOf(parameters) === external)
        .map(({ fullName }) => fullName);
}

/** The principal a request names, by query or by body. */
function principalOf(org: LocalOrg, asked: Body): Principal {
    const type = textOf(asked, 'principalType');
    if (type !== 'NamedPrincipal') throw notSupported(`credentials of a principal of type ${type}`);
    const { fullName, content, parameters } = credential(
        org,
        'ExternalCredential',
        textOf(asked, 'externalCredential') ?? ''
    );
    const protocol = String(content['authenticationProtocol']);
    if (protocol !== 'Basic') throw notSupported(`credentials of the protocol ${protocol}`);
    const name = textOf(asked, 'principalName') ?? '';
    if (!principalsIn(parameters).includes(name)) {
        throw new OrgError(404, 'NOT_FOUND', `${fullName} has no named principal called ${name}`);
    }
    return { external: fullName, name, protocol };
}

function store(org: LocalOrg, { external }: Principal, body: Body): void {
    const credentials = objectIn(body, 'credentials');
    const [username, password] = ['username', 'password'].map((name) =>
        textOf(objectIn(credentials, name), 'value')
    );
    if (!username || !password) {
        throw new OrgError(400, 'INVALID_INPUT', 'Basic credentials need username and password');
    }
    const insert = org.db.prepare(
        `INSERT INTO local_credentials (name, username, password) VALUES (?, ?, ?)
         ON CONFLICT (name) DO UPDATE SET username = excluded.username, password = excluded.password`
    );
    for (const name of usersOf(org, external)) insert.run(name, username, password);
}

const isConfigured = (org: LocalOrg, { external }: Principal): boolean =>
    usersOf(org, external).some((name) => readStored(org, name));

/** What is said of values that are kept: that they are, and the one that is no secret. */
function written(org: LocalOrg, principal: Principal) {
    const [stored] = usersOf(org, principal.external).flatMap((name) => readStored(org, name) ?? []);
    return {
        externalCredential: principal.external,
        principalName: principal.name,
        principalType: 'NamedPrincipal',
        authenticationProtocol: principal.protocol,
        authenticationStatus: stored ? 'Configured' : 'NotConfigured',
        credentials: stored
            ? {
                  username: { encrypted: false, value: stored.username },
                  password: { encrypted: true }
              }
            : {}
    };
}

function readStored(org: LocalOrg, name: string): { url: string | null; username: string } | undefined {
    const select = org.db.prepare(
        'SELECT url, username FROM local_credentials WHERE name = ? COLLATE NOCASE'
    );
    return select.get(name) as { url: string | null; username: string } | undefined;
}
