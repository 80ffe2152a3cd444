// Our side: the compiled scanner into columns, from plain files, gzip files, or the bench's own loopback server.
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { pipeline } from 'node:stream/promises';
import { Writable } from 'node:stream';
import { orgTimeZone } from '../../../service/src/domain/org-time-zone.ts';
import { PipelineFeatures } from '../../../service/src/domain/pipeline/features.ts';
import { scanCsv } from '../../../service/src/salesforce/bulk/csv-scanner.ts';
import {
    eventTable,
    historyTable,
    opportunityTable,
    taskTable,
    type FeatureTable
} from '../../../service/src/salesforce/bulk/feature-columns.ts';
import { checksumsOf, type Checksums } from '../checksums.ts';
import { AS_OF, OPEN_STAGES, SIZES, TABLES, fileOf, type Size, type Table } from '../data.ts';

const CHUNK_BYTES = 1 << 16;
const FILE_CHUNK_BYTES = 1 << 17;

export function emptyFeatures(): PipelineFeatures {
    return new PipelineFeatures({
        asOf: AS_OF,
        timeZone: orgTimeZone('UTC'),
        fiscalQuarters: [],
        stages: [...OPEN_STAGES, 'Closed Won', 'Closed Lost'].map((name, i) => ({
            name,
            sortOrder: i,
            isClosed: i >= OPEN_STAGES.length,
            isWon: name === 'Closed Won'
        })),
        activityCoverage: 'Full',
        hasNextStepField: true
    });
}

const TABLE_OF: Record<Table, (features: PipelineFeatures) => FeatureTable> = {
    Opportunity: opportunityTable,
    OpportunityHistory: historyTable,
    Task: taskTable,
    Event: eventTable
};

/** `dealCount` is what the org answers when it is asked how many there are, as a run does before it reads. */
async function featuresFrom(
    dealCount: number,
    read: (table: Table) => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>
): Promise<PipelineFeatures> {
    const features = emptyFeatures();
    features.expectDeals(dealCount);
    for (const table of TABLES) {
        const { columns, sink } = TABLE_OF[table](features);
        await scanCsv(await read(table), columns, sink);
    }
    return features;
}

export async function fromFiles(root: string, size: Size): Promise<Checksums> {
    return checksumsOf(await featuresFrom(SIZES[size], (table) => chunksOf(fileOf(root, size, table))));
}

/** The file piece by piece in one buffer: the scanner is done with a piece before it asks for the next. Read in place,
 *  because handing each piece to a thread of Node's pool and back took longer than copying it. */
async function* chunksOf(file: string): AsyncGenerator<Uint8Array> {
    const handle = openSync(file, 'r');
    const buffer = Buffer.allocUnsafe(FILE_CHUNK_BYTES);
    try {
        for (;;) {
            const length = readSync(handle, buffer, 0, buffer.length, null);
            if (length === 0) return;
            yield buffer.subarray(0, length);
        }
    } finally {
        closeSync(handle);
    }
}

export async function fromGzip(root: string, size: Size): Promise<Checksums> {
    return checksumsOf(
        await featuresFrom(SIZES[size], (table) =>
            createReadStream(fileOf(root, size, table, true), { highWaterMark: CHUNK_BYTES }).pipe(
                createGunzip({ chunkSize: CHUNK_BYTES })
            )
        )
    );
}

/** The limit of a compressed download: unpacking alone. */
export async function gunzipAlone(root: string, size: Size): Promise<Checksums> {
    let bytes = 0;
    for (const table of TABLES) {
        const sink = new Writable({
            write(chunk: Buffer, _encoding, done) {
                bytes += chunk.length;
                done();
            }
        });
        const file = createReadStream(fileOf(root, size, table, true), { highWaterMark: CHUNK_BYTES });
        await pipeline(file, createGunzip({ chunkSize: CHUNK_BYTES }), sink);
    }
    return { bytes };
}

/** Result bytes fetched by ourselves, as the service does. */
export async function fromLoopback(url: string, size: Size): Promise<Checksums> {
    return checksumsOf(
        await featuresFrom(SIZES[size], async (table) => {
            const answer = await fetch(`${url}/services/data/v65.0/jobs/query/${table}/results`);
            return answer.body as unknown as AsyncIterable<Uint8Array>;
        })
    );
}
