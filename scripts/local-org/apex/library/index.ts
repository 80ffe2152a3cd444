// The platform's classes, as far as the local org has them: finds a static method, an instance method or a constant by
// name and number of arguments. No entry means a refusal by name.
import { exceptionBase } from '../errors.ts';
import type { ApexType, Code } from '../model.ts';
import { typeText } from '../model.ts';
import { notSupported } from '../objects.ts';
import type { Frame } from '../transaction.ts';
import { typeOfValue } from '../types.ts';
import type { Value } from '../values.ts';
import { keyOf } from '../values.ts';
import { iteratorMethods, listMethods, mapMethods, setMethods } from './collections.ts';
import { databaseStatics, saveErrorMethods, saveResultMethods } from './database.ts';
import { dateMethods, dateStatics, datetimeMethods, timeMethods, timeZoneMethods } from './dates.ts';
import { platformEnum } from './enums.ts';
import { httpMethods, httpStatics, requestMethods, responseMethods } from './http.ts';
import { jsonStatics } from './json.ts';
import type { InstanceTable, StaticNative, StaticTable } from './native.ts';
import {
    blobMethods,
    booleanMethods,
    decimalMethods,
    doubleMethods,
    numberMethods,
    numberStatics
} from './numbers.ts';
import {
    fieldDescribeMethods,
    fieldsMethods,
    fieldTokenMethods,
    objectDescribeMethods,
    objectTypeMethods,
    picklistMethods,
    readSchemaMember,
    schemaStatics,
    sobjectMethods
} from './schema.ts';
import { stringMethods, stringStatics } from './strings.ts';
import { dmlExceptionMethods, exceptionMethods, systemStatics, urlMethods, uuidMethods } from './system.ts';
import { enumMethods, typeMethods, typeStatics } from './types.ts';

const statics: StaticTable = {
    ...stringStatics,
    ...numberStatics,
    ...dateStatics,
    ...jsonStatics,
    ...databaseStatics,
    ...schemaStatics,
    ...httpStatics,
    ...systemStatics,
    ...typeStatics
};

type AnyTable = InstanceTable<never>;

const byTypeName: Record<string, AnyTable> = {
    String: stringMethods,
    Id: stringMethods,
    Integer: numberMethods,
    Long: numberMethods,
    Decimal: decimalMethods,
    Double: doubleMethods,
    Boolean: booleanMethods,
    Blob: blobMethods,
    Date: dateMethods,
    Datetime: datetimeMethods,
    Time: timeMethods,
    TimeZone: timeZoneMethods,
    Iterator: iteratorMethods,
    Type: typeMethods,
    UUID: uuidMethods,
    Url: urlMethods,
    Http: httpMethods,
    HttpRequest: requestMethods,
    HttpResponse: responseMethods,
    SObjectType: objectTypeMethods,
    SObjectField: fieldTokenMethods,
    DescribeSObjectResult: objectDescribeMethods,
    Fields: fieldsMethods,
    DescribeFieldResult: fieldDescribeMethods,
    PicklistEntry: picklistMethods,
    'Database.SaveResult': saveResultMethods,
    'Database.UpsertResult': saveResultMethods,
    'Database.DeleteResult': saveResultMethods,
    'Database.UndeleteResult': saveResultMethods,
    'Database.Error': saveErrorMethods
};

function tableOf(type: ApexType): AnyTable {
    switch (type.kind) {
        case 'primitive':
        case 'platform':
            return byTypeName[type.name] ?? {};
        case 'list':
            return listMethods;
        case 'set':
            return setMethods;
        case 'map':
            return mapMethods;
        case 'sobject':
            return sobjectMethods;
        case 'enum':
            return enumMethods;
        case 'class':
            return type.cls.isSubclassOf(exceptionBase) ? allExceptionMethods : {};
        case 'void':
            return {};
    }
}

/** DmlException's own methods are on Exception too, as on the platform. */
const allExceptionMethods: AnyTable = { ...exceptionMethods, ...dmlExceptionMethods };

const COMMON = new Set(['tostring/0', 'equals/1', 'hashcode/0']);

const keyFor = (name: string, count: number): string => `${name.toLowerCase()}/${count}`;

export function findStatic(className: string, name: string, count: number): StaticNative | undefined {
    return statics[`${className.toLowerCase()}.${keyFor(name, count)}`];
}

const classNames = new Set([
    ...Object.keys(statics).map((key) => key.slice(0, key.lastIndexOf('.'))),
    'label',
    'schema',
    'system',
    'trigger',
    'schema.sobjecttype'
]);
classNames.delete('new');
classNames.delete('enum');

/** Whether `lowerName` (with or without `system.`) is a platform class with static members. */
export function isStaticClass(lowerName: string): boolean {
    const name = lowerName.replace(/^system\./, '');
    return classNames.has(name) || platformEnum(name) !== undefined;
}

/** Static and instance members by class, as `name/arguments`. */
export function platformMembers(): Record<string, string[]> {
    const members: Record<string, string[]> = {};
    const add = (name: string, keys: string[]): void => {
        members[name] = [...(members[name] ?? []), ...keys];
    };
    for (const key of Object.keys(statics)) {
        const dot = key.lastIndexOf('.');
        add(`${key.slice(0, dot)} (static)`, [key.slice(dot + 1)]);
    }
    const tables = {
        ...byTypeName,
        List: listMethods,
        Set: setMethods,
        Map: mapMethods,
        SObject: sobjectMethods
    };
    for (const [name, table] of Object.entries(tables)) add(name, Object.keys(table));
    add('Enum', Object.keys(enumMethods));
    add('Exception', Object.keys(allExceptionMethods));
    return members;
}

/** A constant such as AccessLevel.USER_MODE. */
export function platformConstant(className: string, lowerName: string): Code | undefined {
    const constant = platformEnum(className.replace(/^system\./, ''))?.find(lowerName);
    return constant && (() => constant);
}

export function hasInstanceMethod(type: ApexType, name: string, count: number): boolean {
    const key = keyFor(name, count);
    // Interfaces of the platform are answered by the classes that implement them.
    if (type.kind === 'platform' && !(type.name in byTypeName)) return true;
    return key in tableOf(type) || COMMON.has(key);
}

/** Calls a method of a platform value. */
export function callInstance(frame: Frame, self: Exclude<Value, null>, name: string, args: Value[]): Value {
    const type = typeOfValue(self);
    const key = keyFor(name, args.length);
    const native = (tableOf(type) as InstanceTable<unknown>)[key] ?? commonMethod(key);
    if (!native) throw notSupported(frame, `${typeText(type)}.${name}() with ${args.length} arguments`);
    return native(self, args, frame);
}

function commonMethod(key: string): InstanceTable<unknown>[string] | undefined {
    if (key === 'equals/1') return (self, [other]) => keyOf(self as Value) === keyOf(other);
    if (key === 'tostring/0')
        return (self, _args, frame) => statics['string.valueof/1'](frame, [self as Value]);
    if (key === 'hashcode/0') {
        return (self) => stringMethods['hashcode/0'](String(keyOf(self as Value)), [], undefined as never);
    }
    return undefined;
}

export { readSchemaMember as readPlatformMember };
