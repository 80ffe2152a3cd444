// Bulk API 2.0 ingest jobs: /services/data/vXX.X/jobs/ingest
import { createReadStream, existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Auth } from '../auth.ts';
import { runIngestJob, unprocessedRows } from '../bulk/ingest-job.ts';
import { storeUpload } from '../bulk/upload.ts';
import { jobInfo, type BulkJob, type BulkJobs, type Operation } from '../bulk/jobs.ts';
import { isUpsertKey } from '../records/upsert-keys.ts';
import type { LocalOrg } from '../local-org.ts';
import { objectBody, textOf, type Body } from './json-body.ts';
import { OrgError, type Org, type UserContext } from '../org.ts';

const OPERATIONS = ['insert', 'update', 'upsert', 'delete'];

interface JobRequest {
    Params: { version: string; id: string };
    Body: unknown;
}

export function registerBulkIngest(
    app: FastifyInstance,
    org: LocalOrg,
    auth: Auth['authenticate'],
    jobs: BulkJobs
): void {
    const base = '/services/data/:version/jobs/ingest';
    app.post<JobRequest>(base, async (request) => {
        const user = auth(request);
        const job = jobs.create({
            ...checkedJob(org, user, objectBody(request.body)),
            kind: 'ingest',
            user,
            soql: null
        });
        return jobInfo(job, request.params.version);
    });

    app.get<JobRequest>(base, async (request) => ({
        done: true,
        records: jobs.list('ingest', auth(request)).map((job) => jobInfo(job, request.params.version)),
        nextRecordsUrl: null
    }));

    app.get<JobRequest>(`${base}/:id`, async (request) => {
        return jobInfo(jobs.find('ingest', request.params.id, auth(request)), request.params.version);
    });

    app.register(async (scope) => {
        // The upload is handed on as a stream: a large file never lies in memory.
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser('text/csv', (_request, payload, done) => done(null, payload));
        scope.put<JobRequest>(`${base}/:id/batches`, async (request, reply) => {
            const job = jobs.find('ingest', request.params.id, auth(request));
            if (job.state !== 'Open') {
                const message = `The job is in state ${job.state} and takes no more data`;
                throw new OrgError(400, 'INVALIDJOBSTATE', message);
            }
            await storeUpload((request.body as Readable | null | undefined) ?? Readable.from([]), job);
            return reply.code(201).send();
        });
    });

    app.patch<JobRequest>(`${base}/:id`, async (request) => {
        const job = jobs.find('ingest', request.params.id, auth(request));
        const state = textOf(objectBody(request.body), 'state');
        if (state === 'Aborted') jobs.setState(job, 'Aborted');
        else if (state === 'UploadComplete' && job.state === 'Open') {
            jobs.setState(job, 'UploadComplete');
            setImmediate(() => void runIngestJob(org, jobs, job));
        } else
            throw new OrgError(400, 'INVALIDJOBSTATE', `A job in state ${job.state} cannot become ${state}`);
        return jobInfo(job, request.params.version);
    });

    app.delete<JobRequest>(`${base}/:id`, async (request, reply) => {
        jobs.remove(jobs.find('ingest', request.params.id, auth(request)));
        return reply.code(204).send();
    });

    for (const [path, suffix] of [
        ['successfulResults', '.ok'],
        ['failedResults', '.failed']
    ]) {
        app.get<JobRequest>(`${base}/:id/${path}`, async (request, reply) => {
            const job = jobs.find('ingest', request.params.id, auth(request));
            const file = job.file + suffix;
            return reply.type('text/csv; charset=UTF-8').send(existsSync(file) ? createReadStream(file) : '');
        });
    }

    // jsforce and sf spell this path differently.
    for (const path of ['unprocessedrecords', 'unprocessedRecords']) {
        app.get<JobRequest>(`${base}/:id/${path}`, async (request, reply) => {
            const job = jobs.find('ingest', request.params.id, auth(request));
            const isOver = job.state === 'Aborted' || job.state === 'Failed';
            const rows = isOver ? unprocessedRows(job) : [];
            return reply.type('text/csv; charset=UTF-8').send(Readable.from(rows));
        });
    }
}

type CheckedJob = Pick<
    BulkJob,
    'operation' | 'objectName' | 'externalIdFieldName' | 'delimiterName' | 'lineEnding'
>;

function checkedJob(org: Org, user: UserContext, body: Body): CheckedJob {
    const operation = textOf(body, 'operation') ?? '';
    if (!OPERATIONS.includes(operation))
        throw new OrgError(400, 'INVALIDJOB', `Unable to parse Job: operation ${operation} is unknown`);
    const objectName = textOf(body, 'object') ?? '';
    const objectDef = org.schema.object(objectName);
    if (!objectDef || !user.permissions.objectAccess(objectDef.name).read)
        throw new OrgError(400, 'INVALIDJOB', `InvalidJob : Unable to find object: ${objectName}`);
    const externalId = textOf(body, 'externalIdFieldName') ?? null;
    if (operation === 'upsert') {
        const field = externalId === null ? undefined : org.schema.field(objectDef.name, externalId);
        const isReadable = field && user.permissions.fieldAccess(objectDef.name, field.name).read;
        if (!isReadable || !isUpsertKey(field)) {
            throw new OrgError(
                400,
                'INVALIDJOB',
                `InvalidJob : External ID ${externalId} is not an external ID of ${objectDef.name}`
            );
        }
    }
    return {
        operation: operation as Operation,
        objectName: objectDef.name,
        externalIdFieldName: externalId,
        delimiterName: textOf(body, 'columnDelimiter') ?? 'COMMA',
        lineEnding: textOf(body, 'lineEnding') === 'CRLF' ? 'CRLF' : 'LF'
    };
}
