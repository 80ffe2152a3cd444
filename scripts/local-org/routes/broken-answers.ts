// Answers that go wrong on the way: a connection that ends in the middle, gzip that cannot be unpacked.
import type { ServerResponse } from 'node:http';
import { Readable, Transform } from 'node:stream';
import { createGzip } from 'node:zlib';

/** Ends the connection when `bytes` of the body are out, and at the end of a shorter one: it never arrives whole. */
export function dropAfter(response: ServerResponse, bytes: number): void {
    const write = response.write.bind(response) as (chunk: Buffer, done?: () => void) => boolean;
    let left = bytes;
    const pass = (chunk: unknown, isLast: boolean): boolean => {
        const buffer = toBuffer(chunk);
        if (buffer.length < left && !isLast) {
            left -= buffer.length;
            return write(buffer);
        }
        const part = buffer.subarray(0, left);
        left = 0;
        if (part.length === 0) response.destroy();
        else write(part, () => response.destroy());
        return false;
    };
    response.write = ((chunk: unknown) => pass(chunk, false)) as ServerResponse['write'];
    response.end = ((chunk?: unknown) => {
        pass(chunk, true);
        return response;
    }) as ServerResponse['end'];
}

function toBuffer(chunk: unknown): Buffer {
    if (chunk === undefined || chunk === null || typeof chunk === 'function') return Buffer.alloc(0);
    return Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk as string | Uint8Array);
}

/** The gzip header stays as it is, so that clients begin to unpack it and fail on the way. */
const GZIP_HEADER_BYTES = 10;

export function breakGzip(payload: unknown, isPacked: boolean): Readable {
    const whole = payload instanceof Readable ? payload : Readable.from([toBuffer(payload)]);
    const packed = isPacked ? whole : whole.pipe(createGzip());
    let seen = 0;
    const breaker = new Transform({
        transform(chunk: Buffer, _encoding, done) {
            const broken = Buffer.from(chunk);
            for (let index = 0; index < broken.length; index++)
                if (seen + index >= GZIP_HEADER_BYTES) broken[index]! ^= 0xff;
            seen += broken.length;
            done(null, broken);
        }
    });
    return packed.on('error', (error) => breaker.destroy(error)).pipe(breaker);
}
