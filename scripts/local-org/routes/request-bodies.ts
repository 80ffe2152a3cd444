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

/** Objects and lists inside one another; brackets inside of texts do not count. */
function depthOf(text: string): number {
    if (text.length <= DEEPEST) return 0;
    let depth = 0;
    let deepest = 0;
    for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[{\]}]/gs)) {
        if (token === '[' || token === '{') deepest = Math.max(deepest, ++depth);
        else if (token === ']' || token === '}') depth--;
    }
    return deepest;
}

function unparsable(message: string): OrgError {
    return new OrgError(400, 'JSON_PARSER_ERROR', message);
}
