// Is an upload a CSV at all? Read to its end before the first row is saved, so that a file that is none saves nothing:
// text in UTF-8, lines that end as the job says, as many cells in every row as in the header.
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { OrgError } from '../org.ts';
import { isAborted, type BulkJob } from './jobs.ts';

/** Salesforce's limit for one record; it also ends a quote that nobody closes. */
const LONGEST_RECORD = 400_000;

/** The header first, then the rows; throws where the text is no CSV. */
export function uploadedRows(job: BulkJob): AsyncIterable<string[]> {
    const format = {
        delimiter: job.delimiter,
        bom: true,
        record_delimiter: ['\r\n', '\n'],
        skip_empty_lines: true,
        max_record_size: LONGEST_RECORD
    };
    return createReadStream(`${job.file}.upload`).pipe(parse(format));
}

export async function checkUpload(job: BulkJob): Promise<void> {
    await checkLinesAndLetters(job);
    for await (const _cells of uploadedRows(job)) if (isAborted(job)) return;
}

async function checkLinesAndLetters(job: BulkJob): Promise<void> {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const decode = (chunk?: Buffer): string => {
        try {
            return decoder.decode(chunk, { stream: chunk !== undefined });
        } catch {
            throw new OrgError(400, 'InvalidBatch', 'The CSV is not in UTF-8');
        }
    };
    let header = '';
    let ending: 'LF' | 'CRLF' | null = null;
    for await (const chunk of createReadStream(`${job.file}.upload`)) {
        const text = decode(chunk as Buffer);
        if (ending || header.length > LONGEST_RECORD) continue;
        header += text;
        ending = firstLineEnding(header);
        if (!ending || ending === job.lineEnding) continue;
        const message = `LineEnding is invalid on user data. Current LineEnding setting is ${job.lineEnding}`;
        throw new OrgError(400, 'ClientInputError', message);
    }
    decode();
}

/** How the first line ends; null while it has not ended. Line breaks inside of quotes are part of a cell. */
function firstLineEnding(text: string): 'LF' | 'CRLF' | null {
    const line = /^(?:[^"\n]|"[^"]*")*?(\r?)\n/.exec(text);
    if (!line) return null;
    return line[1] ? 'CRLF' : 'LF';
}
