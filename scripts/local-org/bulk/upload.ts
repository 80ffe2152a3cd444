// The one upload of an ingest job: streamed to a file, measured on the way, and there only when it has come whole.
import { randomUUID } from 'node:crypto';
import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { OrgError } from '../org.ts';
import type { BulkJob } from './jobs.ts';

/** 150 MB in base64, which is how Salesforce measures an upload. */
export const MAX_UPLOAD_BYTES = 112_500_000;

export async function storeUpload(body: Readable, job: BulkJob): Promise<void> {
    refuseSecond(body, job);
    // A client may try again while the org has not yet noticed that its first try broke off.
    const part = `${job.file}.${randomUUID()}.part`;
    try {
        await copy(body, part);
        refuseSecond(body, job);
        renameSync(part, `${job.file}.upload`);
    } catch (error) {
        rmSync(part, { force: true });
        throw error;
    }
}

function refuseSecond(body: Readable, job: BulkJob): void {
    if (!existsSync(`${job.file}.upload`)) return;
    body.resume();
    const message =
        `Found multiple contents for job: <${job.id}>, please 'Close' / 'Abort' / 'Delete' the current Job then ` +
        `create a new Job and make sure you only do 'PUT' once on a given Job.`;
    throw new OrgError(400, 'CLIENTINPUTERROR', message);
}

async function copy(body: Readable, path: string): Promise<void> {
    const file = createWriteStream(path);
    try {
        let bytes = 0;
        // A body that is too large is read to its end all the same: a client that is still sending may not hear a refusal.
        for await (const chunk of body) {
            bytes += (chunk as Buffer).length;
            if (bytes <= MAX_UPLOAD_BYTES && !file.write(chunk)) await once(file, 'drain');
        }
        if (bytes > MAX_UPLOAD_BYTES) throw tooLarge();
    } catch (error) {
        if (error instanceof OrgError) throw error;
        throw new OrgError(400, 'CLIENTINPUTERROR', `The upload ended early: ${(error as Error).message}`);
    } finally {
        file.end();
        await finished(file);
    }
}

function tooLarge(): OrgError {
    const message = `Failed to read request. Exceeded max size limit of 150000000 (in base64, ${MAX_UPLOAD_BYTES} bytes of CSV)`;
    return new OrgError(400, 'CLIENTINPUTERROR', message);
}
