// Bulk API 2.0 ingest jobs: /services/data/vXX.X/jobs/ingest
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyInstance } from 'fastify';
import type { Auth } from '../auth.ts';
import { runIngestJob, unprocessedRows } from '../bulk/ingest-job.ts';
import { jobInfo, type BulkJob, type BulkJobs, type Operation } from '../bulk/jobs.ts';
import { isUpsertKey } from '../records/upsert-keys.ts';
import type { LocalOrg } from '../local-org.ts';
import { OrgError, type Org, type UserContext } from '../org.ts';

const OPERATIONS = ['insert', 'update', 'upsert', 'delete'];
/** Salesforce's own limit for one upload. */
const MAX_UPLOAD_BYTES = 150_000_000;

interface JobRequest {
    Params: { version: string; id: string };
    Body: Record<string, string> | IncomingMessage | null;
}

export function registerBulkIngest(
    app: FastifyInstance,
    org: LocalOrg,
    auth: Auth['authenticate'],
    jobs: BulkJobs
): void {
    const base = '/services/data/:version/jobs/ingest';
    // The upload is handed on as a stream: a large file never lies in memory.
    app.addContentTypeParser('text/csv', (_request, payload, done) => done(null, payload));

    app.post<JobRequest>(base, async (request) => {
        const user = auth(request);
        const job = jobs.create({
            ...checkedJob(org, user, (request.body ?? {}) as Record<string, string>),
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

    app.put<JobRequest>(`${base}/:id/batches`, { bodyLimit: MAX_UPLOAD_BYTES }, async (request, reply) => {
        const job = jobs.find('ingest', request.params.id, auth(request));
        if (job.state !== 'Open')
            throw new OrgError(
                400,
                'INVALIDJOBSTATE',
                `The job is in state ${job.state} and takes no more data`
            );
        await storeUpload(request.body as IncomingMessage, job);
        return reply.code(201).send();
    });

    app.patch<JobRequest>(`${base}/:id`, async (request) => {
        const job = jobs.find('ingest', request.params.id, auth(request));
        const state = (request.body as Record<string, string> | null)?.['state'];
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

function checkedJob(org: Org, user: UserContext, body: Record<string, string>): CheckedJob {
    const operation = body['operation'] ?? '';
    if (!OPERATIONS.includes(operation))
        throw new OrgError(400, 'INVALIDJOB', `Unable to parse Job: operation ${operation} is unknown`);
    const objectDef = org.schema.object(body['object'] ?? '');
    if (!objectDef || !user.permissions.objectAccess(objectDef.name).read)
        throw new OrgError(400, 'INVALIDJOB', `InvalidJob : Unable to find object: ${body['object']}`);
    const externalId = body['externalIdFieldName'] ?? null;
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
        delimiterName: body['columnDelimiter'] ?? 'COMMA',
        lineEnding: body['lineEnding'] === 'CRLF' ? 'CRLF' : 'LF'
    };
}

async function storeUpload(body: IncomingMessage, job: BulkJob): Promise<void> {
    let bytes = 0;
    await pipeline(
        body,
        async function* (chunks: AsyncIterable<Buffer>) {
            for await (const chunk of chunks) {
                bytes += chunk.length;
                if (bytes > MAX_UPLOAD_BYTES)
                    throw new OrgError(400, 'ENTITY_TOO_LARGE', 'An upload holds at most 150 MB');
                yield chunk;
            }
        },
        createWriteStream(`${job.file}.upload`)
    );
}
