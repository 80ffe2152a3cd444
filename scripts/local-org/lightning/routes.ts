// The Lightning page over HTTP: the document, its static files, deployed components, shell data, Apex calls and the UI
// API. Every route but the document and static files answers as the signed-in user or 401.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { OrgError, type Org, type UserContext } from '../org.ts';
import { objectBody, objectIn, textOf } from '../routes/json-body.ts';
import { apexFailure } from './apex-error.ts';
import { DeployedBundles, preparePage, STATIC_ROOT } from './build/index.ts';
import { browserFolder, designSystemAssets } from './build/places.ts';
import { pageHtml, type PageValues } from './page-html.ts';
import { i18nOf } from './i18n.ts';
import { readerOf, visitorOf } from './reader.ts';
import { shellData } from './shell-data.ts';
import {
    createUiRecord,
    deleteUiRecord,
    getUiRecord,
    objectInfo,
    updateUiRecord,
    type RecordInput
} from './ui-api.ts';

export type Authenticate = (request: FastifyRequest) => UserContext;

/** The part of the Apex runtime the page needs. */
export interface AuraApex {
    invokeAura(
        user: UserContext,
        className: string,
        method: string,
        params: Record<string, unknown>
    ): Promise<unknown> | unknown;
}

export interface LightningPage {
    bundles: DeployedBundles;
    /** Builds what can be built before the first visitor; the first page waits for it otherwise. */
    warmUp(): Promise<void>;
}

const UI_API = '/services/data/:version/ui-api';
const FOR_EVER = 'public, max-age=31536000, immutable';

export function registerLightning(
    app: FastifyInstance,
    org: Org,
    authenticate: Authenticate,
    apex: AuraApex
): LightningPage {
    const bundles = new DeployedBundles(org);
    registerAssets(app);
    registerModules(app, bundles);
    registerDocument(app, org, authenticate);
    registerData(app, org, authenticate, apex);
    registerUiApi(app, org, authenticate);
    return {
        bundles,
        async warmUp() {
            await preparePage();
        }
    };
}

function registerAssets(app: FastifyInstance): void {
    app.get('/assets/*', (request, reply) => sendFile(reply, designSystemAssets, wildcard(request)));
    app.get(`${STATIC_ROOT}/shell.css`, (_request, reply) => {
        void reply.header('cache-control', 'no-cache');
        return sendFile(reply, browserFolder, 'shell.css');
    });
}

/** Built modules: `/vendor-<key>/...`, `/platform-<key>/...` from the build, `/c-<version>/<name>` from the deployed bundle. */
function registerModules(app: FastifyInstance, bundles: DeployedBundles): void {
    app.get(`${STATIC_ROOT}/:layer/*`, async (request, reply) => {
        const { layer } = request.params as { layer: string };
        const path = wildcard(request);
        if (layer.startsWith('c-')) return sendModule(reply, await bundles.moduleOrProblem(path), 'no-cache');
        const build = await preparePage();
        if (layer === `vendor-${build.vendorKey}`) {
            void reply.header('cache-control', FOR_EVER);
            return sendFile(reply, build.vendorFolder, path);
        }
        const text = layer === `platform-${build.platformKey}` ? build.platformFiles.get(path) : undefined;
        if (text === undefined)
            throw new OrgError(404, 'NOT_FOUND', `${request.url} is not part of the page`);
        return sendModule(reply, text, FOR_EVER);
    });
}

function registerDocument(app: FastifyInstance, org: Org, authenticate: Authenticate): void {
    const document = async (request: FastifyRequest, reply: FastifyReply): Promise<string> => {
        const build = await preparePage();
        void reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
        const bundlesKey = `c-${org.metadata.version + org.schema.version}`;
        return pageHtml(build, bundlesKey, pageValues(org, signedIn(request, authenticate)));
    };
    app.get('/lightning', document);
    app.get('/lightning/*', document);
    app.get('/', (_request, reply) => reply.redirect('/lightning/page/home'));
}

function signedIn(request: FastifyRequest, authenticate: Authenticate): UserContext | undefined {
    try {
        return authenticate(request);
    } catch (error) {
        if (error instanceof OrgError && error.status === 401) return undefined;
        throw error;
    }
}

function pageValues(org: Org, user: UserContext | undefined): PageValues {
    return {
        userId: user?.userId ?? '',
        isGuest: user === undefined,
        i18n: i18nOf(user ? readerOf(org, user) : visitorOf(org)),
        customPermissions: org.metadata
            .list('CustomPermission')
            .map(({ fullName }) => fullName)
            .filter((name) => user?.permissions.customPermission(name)),
        users: people(org)
    };
}

/** Everybody who can sign in. Read past the door: before a sign-in there is no user to query as. */
function people(org: Org): PageValues['users'] {
    const rows = org.db
        .prepare(
            `SELECT u."Username" AS username, u."Name" AS name, u."Title" AS title, r."Name" AS role
             FROM "User" u LEFT JOIN "UserRole" r ON r."Id" = u."UserRoleId"
             WHERE u."IsActive" = 1 AND u."IsDeleted" = 0 ORDER BY u."Name"`
        )
        .all() as { username: string; name: string; title: string | null; role: string | null }[];
    return rows.map(({ username, name, title, role }) => ({
        username,
        name,
        detail: title ?? role ?? username
    }));
}

function registerData(app: FastifyInstance, org: Org, authenticate: Authenticate, apex: AuraApex): void {
    app.get<{ Querystring: { formFactor?: string } }>('/lightning/shell-data', (request) =>
        shellData(org, authenticate(request), request.query.formFactor === 'Small' ? 'Small' : 'Large')
    );
    app.post('/lightning/apex', async (request, reply) => {
        const user = authenticate(request);
        const call = objectBody(request.body);
        const [className = '', method = ''] = [textOf(call, 'className'), textOf(call, 'method')];
        const params = objectIn(call, 'params');
        try {
            return { returnValue: (await apex.invokeAura(user, className, method, params)) ?? null };
        } catch (error) {
            const { status, body } = apexFailure(error);
            return reply.code(status).send(body);
        }
    });
}

interface UiApiRequest {
    Params: { id: string; objectName: string };
    Querystring: { fields?: string; optionalFields?: string };
}

function registerUiApi(app: FastifyInstance, org: Org, authenticate: Authenticate): void {
    app.get<UiApiRequest>(`${UI_API}/records/:id`, (request) => {
        const { fields, optionalFields } = request.query;
        return getUiRecord(
            org,
            authenticate(request),
            request.params.id,
            names(fields),
            names(optionalFields)
        );
    });
    app.post<UiApiRequest>(`${UI_API}/records`, (request, reply) => {
        void reply.code(201);
        return createUiRecord(org, authenticate(request), recordInput(request.body));
    });
    app.patch<UiApiRequest>(`${UI_API}/records/:id`, (request) =>
        updateUiRecord(org, authenticate(request), request.params.id, recordInput(request.body))
    );
    app.delete<UiApiRequest>(`${UI_API}/records/:id`, (request, reply) => {
        deleteUiRecord(org, authenticate(request), request.params.id);
        return reply.code(204).send();
    });
    app.get<UiApiRequest>(`${UI_API}/object-info/:objectName`, (request) =>
        objectInfo(org, authenticate(request), request.params.objectName)
    );
}

function recordInput(body: unknown): RecordInput {
    const given = objectBody(body);
    return { apiName: textOf(given, 'apiName'), fields: objectIn(given, 'fields') as RecordInput['fields'] };
}

function names(list: string | undefined): string[] {
    return (list ?? '').split(',').filter((name) => name !== '');
}

function wildcard(request: FastifyRequest): string {
    return (request.params as { '*': string })['*'];
}

function sendModule(reply: FastifyReply, text: string, cacheControl: string): FastifyReply {
    return reply.type(TYPES['.js']!).header('cache-control', cacheControl).send(text);
}

const TYPES: Record<string, string> = {
    '.css': 'text/css; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.svg': 'image/svg+xml',
    '.png': 'image/png',
    '.woff': 'font/woff',
    '.woff2': 'font/woff2'
};

async function sendFile(reply: FastifyReply, folder: string, path: string): Promise<FastifyReply> {
    const file = resolve(join(folder, path));
    const type = TYPES[extname(file)];
    const isFile = file.startsWith(folder + sep) && (await stat(file).catch(() => undefined))?.isFile();
    if (!isFile || !type) throw new OrgError(404, 'NOT_FOUND', `${path} is not part of the page`);
    return reply.type(type).send(createReadStream(file));
}
