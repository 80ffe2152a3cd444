// Errors of a query in Salesforce's own shape: the text around the mistake, a caret, row and column, then the sentence.
// Owns wording and codes that several parts of soql/ share.
import { OrgError } from '../org.ts';

const CONTEXT = 60;

/** An error at character `position` of the query text. */
export function errorAt(source: string, position: number, errorCode: string, message: string): OrgError {
    const before = source.slice(0, position);
    const row = before.split('\n').length;
    const lineStart = before.lastIndexOf('\n') + 1;
    const lineEnd = source.indexOf('\n', position);
    const start = Math.max(lineStart, position - CONTEXT);
    const end = Math.min(lineEnd === -1 ? source.length : lineEnd, position + CONTEXT);
    const column = position - lineStart + 1;
    const excerpt = source.slice(start, end).replaceAll('\t', ' ');
    const caret = ' '.repeat(position - start) + '^';
    return new OrgError(
        400,
        errorCode,
        `\n${excerpt}\n${caret}\nERROR at Row:${row}:Column:${column}\n${message}`
    );
}

export function unexpectedToken(source: string, position: number, text: string): OrgError {
    return errorAt(source, position, 'MALFORMED_QUERY', `unexpected token: '${text}'`);
}

const SEE_DESCRIBE = 'Please reference your WSDL or the describe call for the appropriate names.';

export function noSuchColumn(source: string, position: number, field: string, entity: string): OrgError {
    return errorAt(
        source,
        position,
        'INVALID_FIELD',
        `No such column '${field}' on entity '${entity}'. If you are attempting to use a custom field, be sure to ` +
            `append the '__c' after the custom field name. ${SEE_DESCRIBE}`
    );
}

export function noSuchObject(source: string, position: number, name: string): OrgError {
    return errorAt(
        source,
        position,
        'INVALID_TYPE',
        `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append ` +
            `the '__c' after the entity name. ${SEE_DESCRIBE}`
    );
}

export function noSuchParent(source: string, position: number, relationship: string): OrgError {
    return errorAt(
        source,
        position,
        'INVALID_FIELD',
        `Didn't understand relationship '${relationship}' in field path. If you are attempting to use a custom ` +
            `relationship, be sure to append the '__r' after the custom relationship name. ${SEE_DESCRIBE}`
    );
}

export function noSuchChildren(source: string, position: number, relationship: string): OrgError {
    return errorAt(
        source,
        position,
        'INVALID_TYPE',
        `Didn't understand relationship '${relationship}' in FROM part of query call. If you are attempting to use ` +
            `a custom relationship, be sure to append the '__r' after the custom relationship name. ${SEE_DESCRIBE}`
    );
}
