// Saves of running Apex: records to rows and back, results per row, DmlException for statements.
import { OrgError } from '../org.ts';
import type { InputRow, SaveResult } from '../org.ts';
import { TAKEN_BACK } from '../records/all-or-none.ts';
import { apexError, nullDereference } from './errors.ts';
import { apexTypeOf, toStored } from './sobjects.ts';
import { callingFrom } from './running.ts';
import type { Frame } from './transaction.ts';
import { assign } from './types.ts';
import type { DmlProblem, Value } from './values.ts';
import { ApexList, ApexSObject } from './values.ts';

export type Verb = 'insert' | 'update' | 'upsert' | 'delete' | 'undelete';

const MAX_STATEMENTS = 150;
const MAX_ROWS = 10_000;

export interface SaveRequest {
    verb: Verb;
    records: ApexSObject[];
    asked: 'user' | 'system' | null;
    externalId: string | null;
    allOrNone: boolean;
}

/** `insert x;` and its like: all or nothing, failing with a DmlException. */
export function dmlStatement(
    frame: Frame,
    verb: Verb,
    value: Value,
    asked: 'user' | 'system' | null,
    externalId: string | null
): void {
    save(frame, { verb, records: recordsOf(value), asked, externalId, allOrNone: true });
}

export function recordsOf(value: Value): ApexSObject[] {
    if (value === null) throw nullDereference();
    if (value instanceof ApexSObject) return [value];
    if (value instanceof ApexList) {
        if (value.items.includes(null)) throw apexError('NullPointerException', 'Argument cannot be null.');
        return value.items as ApexSObject[];
    }
    throw apexError('TypeException', 'DML requires SObject or SObject list type');
}

/** Saves the records and gives one result each; with allOrNone a failure is thrown. */
export function save(frame: Frame, request: SaveRequest): SaveResult[] {
    const { tx } = frame;
    const { verb, records, allOrNone } = request;
    if (records.length === 0) return [];
    countStatement(frame);
    tx.limits.dmlRows += records.length;
    if (tx.limits.dmlRows > MAX_ROWS)
        throw apexError('LimitException', `Too many DML rows: ${tx.limits.dmlRows}`);
    tx.uncommitted = true;
    const results = withIdsChecked(request, (fit) => saveByType(frame, { ...request, records: fit }));
    if (allOrNone && results.some((one) => !one.success)) throw dmlException(verb, records, results);
    if (verb === 'insert' || verb === 'upsert') {
        results.forEach((one, index) => one.success && records[index].set('Id', one.id));
    }
    return results;
}

/** Savepoints, rollbacks and System.runAs count as statements too. */
export function countStatement({ tx }: Frame): void {
    if (tx.readOnly) throw apexError('LimitException', 'Too many DML statements: 1');
    if (++tx.limits.dmlStatements > MAX_STATEMENTS) {
        throw apexError('LimitException', `Too many DML statements: ${tx.limits.dmlStatements}`);
    }
}

/** Rows that must have an id and have none, or the other way round, fail; the others are saved. */
function withIdsChecked(
    { verb, records, allOrNone }: SaveRequest,
    saveFit: (records: ApexSObject[]) => SaveResult[]
): SaveResult[] {
    const isFit = (record: ApexSObject): boolean =>
        verb === 'upsert' || (verb === 'insert') === (record.id === null);
    const failed = failedId(verb);
    if (allOrNone && !records.every(isFit))
        return records.map((one) => (isFit(one) ? TAKEN_BACK_RESULT : failed));
    const saved = saveFit(records.filter(isFit)).values();
    return records.map((one) => (isFit(one) ? saved.next().value! : failed));
}

const TAKEN_BACK_RESULT: SaveResult = {
    id: null,
    success: false,
    errors: [{ statusCode: TAKEN_BACK, message: 'Record rolled back', fields: [] }]
};

function failedId(verb: Verb): SaveResult {
    const error =
        verb === 'insert'
            ? {
                  statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
                  message: 'cannot specify Id in an insert call',
                  fields: ['Id']
              }
            : {
                  statusCode: 'MISSING_ARGUMENT',
                  message: `Id not specified in ${verb === 'delete' ? 'a' : 'an'} ${verb} call`,
                  fields: []
              };
    return { id: null, success: false, errors: [error] };
}

/** One call of the org per run of records of the same type; their results in the order given. */
function saveByType(frame: Frame, request: SaveRequest): SaveResult[] {
    const results: SaveResult[] = [];
    const runs: ApexSObject[][] = [];
    for (const record of request.records) {
        const last = runs.at(-1);
        if (last && last[0].type === record.type) last.push(record);
        else runs.push([record]);
    }
    inSavepoint(frame, () => {
        for (const run of runs) results.push(...saveRun(frame, request, run));
        return request.allOrNone && results.some((one) => !one.success);
    });
    return results;
}

/** Undoes the work when it says so or fails. */
function inSavepoint(frame: Frame, work: () => boolean): void {
    const { db } = frame.tx.org;
    db.exec('SAVEPOINT apex_dml');
    let undo = true;
    try {
        undo = work();
    } finally {
        if (undo) db.exec('ROLLBACK TO apex_dml');
        db.exec('RELEASE apex_dml');
    }
}

function saveRun(frame: Frame, request: SaveRequest, records: ApexSObject[]): SaveResult[] {
    const { org } = frame.tx;
    const context = frame.tx.callContext(request.asked);
    const options = { allOrNone: request.allOrNone };
    const { type } = records[0];
    const rows = () => records.map((record) => toRow(frame, record));
    const ids = () => records.map((record) => record.id!);
    const saveRows = (): SaveResult[] => {
        switch (request.verb) {
            case 'insert':
                return org.records.insert(context, type, rows(), options);
            case 'update':
                return org.records.update(context, type, rows(), options);
            case 'delete':
                return org.records.delete(context, ids(), options);
            case 'undelete':
                return org.records.undelete(context, ids(), options);
            case 'upsert':
                return org.records.upsert(context, type, request.externalId ?? 'Id', rows(), options);
        }
    };
    try {
        return callingFrom(frame.tx, saveRows);
    } catch (error) {
        if (!(error instanceof OrgError) || error.errorCode === 'LOCAL_ORG_NOT_SUPPORTED') throw error;
        const { errorCode, message, fields } = error;
        return records.map(() => ({
            id: null,
            success: false,
            errors: [{ statusCode: errorCode, message, fields }]
        }));
    }
}

/** Stored fields only; a parent record with an external id names the parent. */
function toRow(frame: Frame, record: ApexSObject): InputRow {
    const { schema } = frame.tx.org;
    const row: InputRow = {};
    for (const { name, value } of record.fields.values()) {
        const field = schema.field(record.type, name);
        if (field) {
            if (!isKept(record, field.name, field.formula, field.createable || field.updateable)) continue;
            row[field.name] = toStored(assign(value, apexTypeOf(field)));
        } else if (value instanceof ApexSObject && value.id === null && value.fields.size > 0) {
            row[name] = Object.fromEntries(
                [...value.fields.values()].map((one) => [one.name, toStored(one.value)])
            );
        }
    }
    return row;
}

/** Formula and system fields that a query brought along are not sent back. */
function isKept(record: ApexSObject, name: string, formula: string | null, writeable: boolean): boolean {
    return name === 'Id' || (formula === null && (writeable || !record.queried));
}

function dmlException(verb: Verb, records: ApexSObject[], results: SaveResult[]): Error {
    const problems = results.flatMap((result, index) =>
        result.errors
            .filter((error) => error.statusCode !== TAKEN_BACK)
            .map((error) => ({ index, id: records[index].id, ...error }))
    );
    return problemException(verb, problems);
}

function problemException(verb: Verb, problems: DmlProblem[]): Error {
    const [first] = problems;
    const where = first.id ? `row ${first.index} with id ${first.id}` : `row ${first.index}`;
    const fields = `[${first.fields.join(', ')}]`;
    const name = verb[0].toUpperCase() + verb.slice(1);
    const message = `${name} failed. First exception on ${where}; first error: ${first.statusCode}, ${first.message}: ${fields}`;
    return apexError('DmlException', message, problems);
}
