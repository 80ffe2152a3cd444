// What a request may carry: JSON in UTF-8, not nested without end, or nothing at all. Other formats are taken by the
// routes that have them (CSV, multipart, forms, SOAP) and refused elsewhere. Which properties a body has is json-body.ts.
import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { OrgError } from '../org.ts';

/** Where Salesforce's own JSON parser stops. */
const DEEPEST = 1000;

/** Clients send `Content-Type: application/json` with nothing behind it, on DELETE for one. */
export function acceptJson(app: FastifyInstance): void {
    app.removeContentTypeParser(['application/json', 'text/plain']);
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
        try {
            done(null, body.length === 0 ? null : parsed(request, body as Buffer));
        } catch (error) {
            done(error instanceof OrgError ? error : unparsable((error as Error).message));
        }
    });
}

function parsed(request: FastifyRequest, body: Buffer): unknown {
    const charset = /charset\s*=\s*"?([\w-]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
    if (charset && !/^utf-?8$/i.test(charset))
        throw new OrgError(
            415,
            'UNSUPPORTED_MEDIA_TYPE',
            `The local org reads JSON in UTF-8, not ${charset}`
        );
    if (!isUtf8(body)) throw unparsable('Invalid UTF-8 in the request body');
    const text = body.toString('utf8');
    if (depthOf(text) > DEEPEST)
        throw unparsable(`Document nesting depth exceeds the maximum allowed (${DEEPEST})`);
    return JSON.parse(text);
}

/** Objects and lists inside one another; brackets inside of texts do not count. Stops where it is deep enough. */
function depthOf(text: string): number {
    let depth = 0;
    for (let at = 0; at < text.length && depth <= DEEPEST; at++) {
        const letter = text[at];
        if (letter === '"') at = endOfText(text, at + 1);
        else if (letter === '[' || letter === '{') depth++;
        else if (letter === ']' || letter === '}') depth--;
    }
    return depth;
}

/** Where the text that begins at `from` ends: at the next quote with an even number of backslashes before it. */
function endOfText(text: string, from: number): number {
    for (let quote = text.indexOf('"', from); quote !== -1; quote = text.indexOf('"', quote + 1)) {
        let backslashes = 0;
        while (text[quote - 1 - backslashes] === '\\') backslashes++;
        if (backslashes % 2 === 0) return quote;
    }
    return text.length;
}

function unparsable(message: string): OrgError {
    return new OrgError(400, 'JSON_PARSER_ERROR', message);
}
