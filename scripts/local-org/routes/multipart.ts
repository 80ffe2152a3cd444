// multipart/form-data to its parts by name. Small on purpose: the deploy routes need two parts, in memory, nothing more.
import { OrgError } from '../org.ts';

const HEADER_END = Buffer.from('\r\n\r\n');

export function readMultipart(body: Buffer, contentType: string): Map<string, Buffer> {
    const boundary = /boundary=(?:"([^"]+)"|([^;]+))/i.exec(contentType);
    if (!boundary)
        throw new OrgError(400, 'INVALID_MULTIPART_REQUEST', 'The Content-Type names no boundary.');
    const delimiter = Buffer.from(`--${(boundary[1] ?? boundary[2]).trim()}`);
    const parts = new Map<string, Buffer>();
    let start = body.indexOf(delimiter);
    while (start !== -1) {
        const from = start + delimiter.length;
        const next = body.indexOf(delimiter, from);
        const headerEnd = body.indexOf(HEADER_END, from);
        if (next === -1 || headerEnd === -1 || headerEnd > next) break;
        const name = /content-disposition:[^\n]*\bname="([^"]*)"/i.exec(
            body.toString('latin1', from, headerEnd)
        )?.[1];
        // The line break before the delimiter belongs to the delimiter.
        if (name) parts.set(name, body.subarray(headerEnd + HEADER_END.length, next - 2));
        start = next;
    }
    return parts;
}
