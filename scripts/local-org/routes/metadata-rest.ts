// The REST door of metadata deploys: POST, GET and PATCH /services/data/:version/metadata/deployRequest[/:id], as the
// sf CLI uses it with SF_ORG_METADATA_REST_DEPLOY=true. Deploys themselves are metadata/deploy-jobs.ts.
import type { FastifyInstance } from 'fastify';
import type { DeployJobs } from '../metadata/deploy-jobs.ts';
import type { RequestedOptions } from '../metadata/deploy-options.ts';
import { checkMetadataAccess } from '../metadata/metadata-access.ts';
import { MAX_REQUEST_BYTES, requestTooLarge } from '../metadata/zip.ts';
import { notSupported, OrgError } from '../org.ts';
import type { LocalOrg } from '../local-org.ts';
import { readMultipart } from './multipart.ts';

interface DeployRequest {
    deployOptions?: RequestedOptions & Record<string, unknown>;
    validatedDeployRequestId?: string;
}

export function registerMetadataRest(app: FastifyInstance, org: LocalOrg, jobs: DeployJobs): void {
    const path = '/services/data/:version/metadata/deployRequest';

    app.register(async (scope) => {
        scope.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_request, body, done) =>
            done(null, body)
        );
        scope.post(path, { bodyLimit: MAX_REQUEST_BYTES, errorHandler }, async (request, reply) => {
            const user = org.auth.authenticate(request);
            checkMetadataAccess(user);
            if (!Buffer.isBuffer(request.body)) {
                const { validatedDeployRequestId } = (request.body ?? {}) as DeployRequest;
                if (!validatedDeployRequestId)
                    throw notSupported(
                        'a deployRequest that is neither multipart/form-data nor a quick deploy'
                    );
                const { id } = jobs.startValidated(user, validatedDeployRequestId);
                return reply.code(201).send({ id, validatedDeployRequestId });
            }
            const parts = readMultipart(request.body, request.headers['content-type'] ?? '');
            const entity = readEntity(parts.get('entity_content'));
            const zip = parts.get('file');
            if (!zip)
                throw new OrgError(400, 'INVALID_MULTIPART_REQUEST', 'The request has no part named file.');
            const result = jobs.start(user, zip, entity.deployOptions ?? {});
            const { details: _later, ...deployResult } = result;
            return reply
                .code(201)
                .send({ id: result.id, deployOptions: entity.deployOptions ?? {}, deployResult });
        });
    });

    app.get<{ Params: { id: string }; Querystring: { includeDetails?: string } }>(
        `${path}/:id`,
        async (request) => {
            checkMetadataAccess(org.auth.authenticate(request));
            const { details, ...result } = jobs.status(request.params.id);
            const deployResult = request.query.includeDetails === 'true' ? { ...result, details } : result;
            return { id: result.id, deployResult };
        }
    );

    app.patch<{ Params: { id: string }; Body: { deployResult?: { status?: string } } }>(
        `${path}/:id`,
        async (request) => {
            const user = org.auth.authenticate(request);
            checkMetadataAccess(user);
            if (request.body?.deployResult?.status !== 'Canceling')
                throw notSupported('changing a deployRequest other than to Canceling');
            const { details: _details, ...deployResult } = jobs.cancel(user, request.params.id);
            return { id: deployResult.id, deployResult };
        }
    );
}

/** Salesforce's own words for a request past its size; everything else goes to the org's error handler. */
function errorHandler(error: Error & { code?: string }): never {
    throw error.code === 'FST_ERR_CTP_BODY_TOO_LARGE' ? requestTooLarge() : error;
}

function readEntity(part: Buffer | undefined): DeployRequest {
    try {
        return part ? (JSON.parse(part.toString('utf8')) as DeployRequest) : {};
    } catch {
        throw new OrgError(400, 'JSON_PARSER_ERROR', 'The part entity_content is not JSON.');
    }
}
