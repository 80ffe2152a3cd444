// Properties of a JSON body as the asked type, or the refusal of Salesforce's JSON parser. What they mean is the routes' business.
import { OrgError } from '../org.ts';

export type Body = Record<string, unknown>;

/** The body as an object; a request with none is refused. */
export function objectBody(body: unknown): Body {
    if (body === null || body === undefined)
        throw new OrgError(
            400,
            'JSON_PARSER_ERROR',
            'The HTTP entity body is required, but this request has none.'
        );
    if (typeof body === 'object' && !Array.isArray(body)) return body as Body;
    throw cannotRead('object', body);
}

export function textOf(body: Body, name: string): string | undefined {
    const value = body[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'string') return value;
    throw cannotRead('string', value, name);
}

export function textsOf(body: Body, name: string): string[] | undefined {
    const value = body[name];
    if (value === undefined || value === null) return undefined;
    if (!Array.isArray(value)) throw cannotRead('list of strings', value, name);
    const wrong = value.find((one) => typeof one !== 'string');
    if (wrong !== undefined) throw cannotRead('string', wrong, name);
    return value as string[];
}

/** A list inside the body; empty where there is none. */
export function listIn(body: Body, name: string): unknown[] {
    const value = body[name];
    if (value === undefined || value === null) return [];
    if (Array.isArray(value)) return value as unknown[];
    throw cannotRead('list', value, name);
}

/** An object inside the body; empty where there is none. */
export function objectIn(body: Body, name: string): Body {
    const value = body[name];
    if (value === undefined || value === null) return {};
    if (typeof value === 'object' && !Array.isArray(value)) return value as Body;
    throw cannotRead('object', value, name);
}

export function cannotRead(wanted: string, value: unknown, name?: string): OrgError {
    const where = name === undefined ? '' : ` or request may be missing a required field (${name})`;
    const message = `Cannot deserialize instance of ${wanted} from ${tokenOf(value)}${where}`;
    return new OrgError(400, 'JSON_PARSER_ERROR', message);
}

function tokenOf(value: unknown): string {
    if (value === null) return 'VALUE_NULL';
    if (Array.isArray(value)) return 'START_ARRAY';
    if (typeof value === 'object') return 'START_OBJECT';
    const kind =
        typeof value === 'string'
            ? 'STRING'
            : typeof value === 'number'
              ? 'NUMBER'
              : String(value).toUpperCase();
    return `VALUE_${kind} value ${String(value)}`;
}
