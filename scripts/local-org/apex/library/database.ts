// Database: dynamic queries, saves with results, savepoints; the results' and DmlException's own methods.
import type { SaveResult } from '../../org.ts';
import type { BindLookup } from '../binds.ts';
import { bindNames } from '../binds.ts';
import type { Verb } from '../dml.ts';
import { countStatement, recordsOf, save } from '../dml.ts';
import { apexError } from '../errors.ts';
import { EnumConstant } from '../model.ts';
import { notSupported } from '../objects.ts';
import { runQuery } from '../query.ts';
import type { Frame } from '../transaction.ts';
import { STRING } from '../types.ts';
import type { Value } from '../values.ts';
import { ApexList, ApexMap, ApexSObject, PlatformObject } from '../values.ts';
import { ACCESS_LEVEL, STATUS_CODE } from './enums.ts';
import type { InstanceTable, StaticTable } from './native.ts';
import { text } from './native.ts';

type Asked = 'user' | 'system' | null;

function askedBy(level: Value | undefined): Asked {
    if (level === undefined) return null;
    if (!(level instanceof EnumConstant) || level.of !== ACCESS_LEVEL) {
        throw apexError('NullPointerException', 'Argument cannot be null.');
    }
    return level.name === 'USER_MODE' ? 'user' : 'system';
}

function dynamicQuery(frame: Frame, soql: string, lookup: (name: string) => Value, level: Value | undefined) {
    const names = bindNames(soql);
    const clause = /\bWITH\s+(USER_MODE|SYSTEM_MODE)\b/i.exec(soql);
    const asked = clause ? (clause[1].toUpperCase() === 'USER_MODE' ? 'user' : 'system') : askedBy(level);
    const values = new Map(names.map((name) => [name, lookup(name)]));
    return runQuery(frame, clause ? soql.replace(clause[0], '') : soql, values, asked);
}

function visible(frame: Frame, extra: unknown): (name: string) => Value {
    const binds = extra as BindLookup;
    return (name) => binds(frame, name);
}

function fromMap(map: Value): (name: string) => Value {
    if (!(map instanceof ApexMap)) throw apexError('NullPointerException', 'Argument cannot be null.');
    return (name) => {
        const entry = [...map.entries.values()].find(
            (one) => String(one.key).toLowerCase() === name.toLowerCase()
        );
        if (!entry) throw apexError('QueryException', `Key '${name}' does not exist in the bindMap`);
        return entry.value;
    };
}

/** Arguments after the records: (allOrNone?, level?) or (level). */
function saveWith(frame: Frame, verb: Verb, records: Value, externalId: string | null, rest: Value[]): Value {
    const flags = rest.filter((one) => typeof one === 'boolean');
    const level = rest.find((one) => one instanceof EnumConstant);
    if (rest.length > flags.length + (level ? 1 : 0))
        throw notSupported(frame, `Database.${verb} with options`);
    const allOrNone = flags.length === 0 || flags[0] === true;
    const rows = isIds(records) ? recordsOfIds(frame, records) : recordsOf(records);
    const results = save(frame, { verb, records: rows, asked: askedBy(level), externalId, allOrNone });
    const name = RESULT_NAMES[verb];
    const wrapped = results.map((result): Value => new PlatformObject(name, result));
    return records instanceof ApexList ? new ApexList({ kind: 'platform', name }, wrapped) : wrapped[0];
}

const RESULT_NAMES: Record<Verb, string> = {
    insert: 'Database.SaveResult',
    update: 'Database.SaveResult',
    upsert: 'Database.UpsertResult',
    delete: 'Database.DeleteResult',
    undelete: 'Database.UndeleteResult'
};

const isIds = (records: Value): boolean =>
    typeof records === 'string' || (records instanceof ApexList && typeof records.items[0] === 'string');

function recordsOfIds(frame: Frame, ids: Value): ApexSObject[] {
    const list = ids instanceof ApexList ? ids.items : [ids];
    return list.map((id) => {
        const object = frame.tx.org.schema.objectByKeyPrefix(text(id).slice(0, 3));
        if (!object) throw apexError('StringException', `Invalid id: ${text(id)}`);
        const record = new ApexSObject(object.name, object);
        record.set('Id', id);
        return record;
    });
}

function upsert(frame: Frame, args: Value[]): Value {
    const [records, second, ...others] = args;
    const isField = second instanceof PlatformObject && second.name === 'SObjectField';
    const field = isField ? String(second.state).split('.')[1] : null;
    const rest = isField || second === undefined ? others : [second, ...others];
    return saveWith(frame, 'upsert', records, field, rest);
}

const saving =
    (verb: Verb) =>
    (frame: Frame, [records, ...rest]: Value[]): Value =>
        saveWith(frame, verb, records, null, rest);

function each(name: string, count: number[], native: StaticTable[string]): StaticTable {
    return Object.fromEntries(count.map((one) => [`database.${name}/${one}`, native]));
}

function rollback(frame: Frame, savepoint: Value): null {
    if (!(savepoint instanceof PlatformObject))
        throw apexError('NullPointerException', 'Argument cannot be null.');
    countStatement(frame);
    frame.tx.org.db.exec(`ROLLBACK TO ${savepoint.state}`);
    return null;
}

export const databaseStatics: StaticTable = {
    ...each('insert', [1, 2, 3], saving('insert')),
    ...each('update', [1, 2, 3], saving('update')),
    ...each('delete', [1, 2, 3], saving('delete')),
    ...each('undelete', [1, 2, 3], saving('undelete')),
    ...each('upsert', [1, 2, 3, 4], upsert),
    'database.query/1': (frame, [soql], extra) =>
        dynamicQuery(frame, text(soql), visible(frame, extra), undefined).rows,
    'database.query/2': (frame, [soql, level], extra) =>
        dynamicQuery(frame, text(soql), visible(frame, extra), level).rows,
    'database.countquery/1': (frame, [soql], extra) =>
        dynamicQuery(frame, text(soql), visible(frame, extra), undefined).count,
    'database.countquery/2': (frame, [soql, level], extra) =>
        dynamicQuery(frame, text(soql), visible(frame, extra), level).count,
    'database.querywithbinds/3': (frame, [soql, map, level]) =>
        dynamicQuery(frame, text(soql), fromMap(map), level).rows,
    'database.countquerywithbinds/3': (frame, [soql, map, level]) =>
        dynamicQuery(frame, text(soql), fromMap(map), level).count,
    'database.setsavepoint/0': (frame) => {
        countStatement(frame);
        const name = `apex_savepoint_${++frame.tx.savepoints}`;
        frame.tx.org.db.exec(`SAVEPOINT ${name}`);
        frame.tx.uncommitted = true;
        return new PlatformObject('Savepoint', name);
    },
    'database.rollback/1': (frame, [savepoint]) => rollback(frame, savepoint),
    'database.releasesavepoint/1': (frame, [savepoint]) => {
        if (savepoint instanceof PlatformObject) frame.tx.org.db.exec(`RELEASE ${savepoint.state}`);
        return null;
    }
};

type Saved = PlatformObject<SaveResult>;

export const saveResultMethods: InstanceTable<Saved> = {
    'issuccess/0': ({ state }) => state.success,
    'iscreated/0': ({ state }) => state.created ?? false,
    'getid/0': ({ state }) => state.id,
    'geterrors/0': ({ state }) =>
        new ApexList(
            { kind: 'platform', name: 'Database.Error' },
            state.errors.map((error) => new PlatformObject('Database.Error', error))
        )
};

export const saveErrorMethods: InstanceTable<PlatformObject<SaveResult['errors'][number]>> = {
    'getmessage/0': ({ state }) => state.message,
    'getstatuscode/0': ({ state }, _args, frame) => statusCode(frame, state.statusCode),
    'getfields/0': ({ state }) => new ApexList(STRING, [...state.fields])
};

export function statusCode(frame: Frame, name: string): Value {
    const constant = STATUS_CODE.find(name);
    if (!constant) throw notSupported(frame, `StatusCode.${name}`);
    return constant;
}
