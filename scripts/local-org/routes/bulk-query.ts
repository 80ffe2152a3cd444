// Bulk API 2.0 query jobs: /services/data/vXX.X/jobs/query
import { createGzip } from 'node:zlib';
import { PassThrough, type Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Auth } from '../auth.ts';
import type { BulkJobs } from '../bulk/jobs.ts';
import { jobInfo } from '../bulk/jobs.ts';
import { queriedObject, resultPage, runQueryJob } from '../bulk/query-job.ts';
import type { LocalOrg } from '../local-org.ts';
import { OrgError, type UserContext } from '../org.ts';
import { objectBody, textOf } from './json-body.ts';

const DEFAULT_PAGE_RECORDS = 50_000;

interface JobRequest {
    Params: { version: string; id: string };
    Querystring: { locator?: string; maxRecords?: string };
    Body: unknown;
}

export function registerBulkQuery(
    app: FastifyInstance,
    org: LocalOrg,
    auth: Auth['authenticate'],
    jobs: BulkJobs
): void {
    const base = '/services/data/:version/jobs/query';

    app.post<JobRequest>(base, async (request) => {
        const user = auth(request);
        const body = objectBody(request.body);
        const [operation, query] = [textOf(body, 'operation'), textOf(body, 'query')];
        if (operation !== 'query' && operation !== 'queryAll') {
            throw new OrgError(400, 'INVALIDJOB', `Unable to parse Job: operation ${operation} is unknown`);
        }
        if (!query) throw new OrgError(400, 'INVALIDJOB', 'A query job needs a query');
        const job = jobs.create({
            kind: 'query',
            user,
            operation,
            objectName: objectName(org, user, query),
            soql: query,
            externalIdFieldName: null,
            delimiterName: textOf(body, 'columnDelimiter') ?? 'COMMA',
            lineEnding: body['lineEnding'] === 'CRLF' ? 'CRLF' : 'LF'
        });
        void runQueryJob(org, jobs, job);
        return jobInfo(job, request.params.version);
    });

    app.get<JobRequest>(base, async (request) => ({
        done: true,
        records: jobs.list('query', auth(request)).map((job) => jobInfo(job, request.params.version)),
        nextRecordsUrl: null
    }));

    app.get<JobRequest>(`${base}/:id`, async (request) => {
        return jobInfo(jobs.find('query', request.params.id, auth(request)), request.params.version);
    });

    app.patch<JobRequest>(`${base}/:id`, async (request) => {
        const job = jobs.find('query', request.params.id, auth(request));
        if (textOf(objectBody(request.body), 'state') !== 'Aborted')
            throw new OrgError(400, 'INVALIDJOBSTATE', 'A query job can only be aborted');
        jobs.setState(job, 'Aborted');
        return jobInfo(job, request.params.version);
    });

    app.delete<JobRequest>(`${base}/:id`, async (request, reply) => {
        jobs.remove(jobs.find('query', request.params.id, auth(request)));
        return reply.code(204).send();
    });

    app.get<JobRequest>(`${base}/:id/results`, async (request, reply) => {
        const job = jobs.find('query', request.params.id, auth(request));
        if (job.state !== 'JobComplete') {
            throw new OrgError(
                400,
                'INVALIDJOBSTATE',
                `The job is in state ${job.state}; its results are there once it is JobComplete`
            );
        }
        const page = resultPage(job, request.query.locator, pageSize(request));
        const body = new PassThrough();
        body.write(page.header);
        page.rows.on('error', (error) => body.destroy(error)).pipe(body);
        reply
            .header('Sforce-Locator', page.next ?? 'null')
            .header('Sforce-NumberOfRecords', String(page.count))
            .type('text/csv; charset=UTF-8');
        return reply.send(compressed(request, body, (name, value) => reply.header(name, value)));
    });
}

/** In its own spelling, which for an object that the user may not see is his. */
function objectName(org: LocalOrg, user: UserContext, query: string): string {
    const given = queriedObject(query);
    const object = org.schema.object(given);
    return object && user.permissions.objectAccess(object.name).read ? object.name : given;
}

function pageSize(request: FastifyRequest<JobRequest>): number {
    const asked = request.query.maxRecords;
    if (asked === undefined) return DEFAULT_PAGE_RECORDS;
    const size = Number(asked);
    if (!Number.isInteger(size) || size < 1)
        throw new OrgError(400, 'INVALID_QUERY_PARAM', `maxRecords ${asked} is no whole number above 0`);
    return size;
}

function compressed(
    request: FastifyRequest,
    body: Readable,
    setHeader: (name: string, value: string) => void
): Readable {
    if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return body;
    setHeader('Content-Encoding', 'gzip');
    return body.pipe(createGzip({ level: 1 }));
}
