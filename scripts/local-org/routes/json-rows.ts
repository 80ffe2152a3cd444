// Rows as JSON brings them: objects whose values fit their fields. A value of the wrong type refuses the whole request,
// as Salesforce's JSON parser does; everything else is decided row by row when saved.
import { OrgError } from '../org.ts';
import type { InputRow, SaveError, SaveResult } from '../org.ts';
import { cannotRead } from './json-body.ts';
import { RowError } from '../records/row-error.ts';
import { toStored } from '../records/values.ts';
import type { Schema } from '../schema/types.ts';

export function jsonRow(schema: Schema, objectName: string, body: unknown): InputRow {
    if (body === null || typeof body !== 'object' || Array.isArray(body)) {
        throw new OrgError(400, 'JSON_PARSER_ERROR', 'The request body must be one JSON object per record');
    }
    const row = body as InputRow;
    for (const [name, value] of Object.entries(row)) {
        const field = schema.field(objectName, name);
        if (!field || value === null) continue;
        if (typeof value === 'object') throw cannotRead(field.type, value, field.name);
        try {
            toStored(field, value);
        } catch (error) {
            if (
                error instanceof RowError &&
                error.errors[0]!.statusCode === 'INVALID_TYPE_ON_FIELD_IN_RECORD'
            ) {
                const kind = typeof value === 'string' ? 'VALUE_STRING' : 'VALUE_NUMBER';
                const message = `Cannot deserialize instance of ${field.type} from ${kind} value ${String(value)} or request may be missing a required field (${field.name})`;
                throw new OrgError(400, 'JSON_PARSER_ERROR', message);
            }
        }
    }
    return row;
}

/** A row's result as REST shows it: no id where nothing was saved. */
export function jsonResult(result: SaveResult): object {
    const { id, success, created, errors } = result;
    return { ...(id ? { id } : {}), success, ...(created === undefined ? {} : { created }), errors };
}

const STATUS: Record<string, number> = {
    INSUFFICIENT_ACCESS_OR_READONLY: 403,
    INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 403,
    CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: 400,
    ENTITY_IS_DELETED: 404
};

/** A single row's failure as an answer of its own. */
export function throwSaveErrors(errors: SaveError[]): never {
    const { statusCode, message, fields } = errors[0]!;
    throw new OrgError(STATUS[statusCode] ?? 400, statusCode, message, fields);
}
