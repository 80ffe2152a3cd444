// Describe and SObject methods: what the schema says and what the running user may do with it.
import { apexError } from '../errors.ts';
import { notSupported, textIn } from '../objects.ts';
import { keyOf, ApexList, ApexMap, PlatformObject } from '../values.ts';
import { newRecord, readMember, writeMember } from '../sobjects.ts';
import type { FieldDef, ObjectDef, PicklistValue } from '../../schema/types.ts';
import type { Frame } from '../transaction.ts';
import { addError } from '../trigger-context.ts';
import { displayType } from './enums.ts';
import { OBJECT, STRING } from '../types.ts';
import type { Value, ApexSObject } from '../values.ts';
import type { InstanceTable, StaticTable } from './native.ts';
import { text } from './native.ts';
import { copyRecord } from './collections.ts';

type Token = PlatformObject<string>;

/** Tokens carry `Object` or `Object.Field` as their state. */
export const objectToken = (objectName: string): Token => new PlatformObject('SObjectType', objectName);
export const fieldToken = (objectName: string, field: string): Token =>
    new PlatformObject('SObjectField', `${objectName}.${field}`);
export const describeToken = (objectName: string): Token =>
    new PlatformObject('DescribeSObjectResult', objectName);
const fieldDescribe = (path: string): Token => new PlatformObject('DescribeFieldResult', path);

const objectOf = (frame: Frame, self: Token): ObjectDef => frame.tx.org.schema.object(self.state)!;

function fieldOf(frame: Frame, self: Token): FieldDef {
    const [objectName, field] = self.state.split('.');
    return frame.tx.org.schema.field(objectName, field)!;
}

const access = (frame: Frame, self: Token) => frame.tx.user.permissions.objectAccess(self.state);

function fieldAccess(frame: Frame, self: Token): { read: boolean; edit: boolean } {
    const [objectName, field] = self.state.split('.');
    return frame.tx.user.permissions.fieldAccess(objectName, field);
}

export const objectTypeMethods: InstanceTable<Token> = {
    'getdescribe/0': (self) => describeToken(self.state),
    'newsobject/0': (self, _args, frame) => newRecord(objectOf(frame, self)),
    'newsobject/1': (self, [id], frame) => {
        const record = newRecord(objectOf(frame, self));
        record.set('Id', id);
        return record;
    },
    'tostring/0': (self) => self.state
};

export const objectDescribeMethods: InstanceTable<Token> = {
    'getname/0': (self) => self.state,
    'getlocalname/0': (self) => self.state,
    'getlabel/0': (self, _args, frame) => objectOf(frame, self).label,
    'getlabelplural/0': (self, _args, frame) => objectOf(frame, self).labelPlural,
    'getkeyprefix/0': (self, _args, frame) => objectOf(frame, self).keyPrefix,
    'getsobjecttype/0': (self) => objectToken(self.state),
    'iscustom/0': (self, _args, frame) => objectOf(frame, self).custom,
    'isaccessible/0': (self, _args, frame) => access(frame, self).read,
    'isqueryable/0': (self, _args, frame) => access(frame, self).read,
    'iscreateable/0': (self, _args, frame) => access(frame, self).create,
    'isupdateable/0': (self, _args, frame) => access(frame, self).edit,
    'isdeletable/0': (self, _args, frame) => access(frame, self).delete
};

export const fieldsMethods: InstanceTable<Token> = {
    'getmap/0': (self, _args, frame) => {
        const map = new ApexMap(STRING, { kind: 'platform', name: 'SObjectField' }, true);
        for (const field of objectOf(frame, self).fields) {
            map.put(field.name.toLowerCase(), fieldToken(self.state, field.name));
        }
        return map;
    }
};

export const fieldTokenMethods: InstanceTable<Token> = {
    'getdescribe/0': (self) => fieldDescribe(self.state),
    'tostring/0': (self) => self.state.split('.')[1]
};

export const fieldDescribeMethods: InstanceTable<Token> = {
    'getname/0': (self, _args, frame) => fieldOf(frame, self).name,
    'getlocalname/0': (self, _args, frame) => fieldOf(frame, self).name,
    'getlabel/0': (self, _args, frame) => fieldOf(frame, self).label,
    'gettype/0': (self, _args, frame) => displayType(fieldOf(frame, self).type),
    'getlength/0': (self, _args, frame) => fieldOf(frame, self).length,
    'getscale/0': (self, _args, frame) => fieldOf(frame, self).scale,
    'getprecision/0': (self, _args, frame) => fieldOf(frame, self).precision,
    'getinlinehelptext/0': (self, _args, frame) => fieldOf(frame, self).helpText,
    'getsobjectfield/0': (self) => new PlatformObject('SObjectField', self.state),
    'isnillable/0': (self, _args, frame) => fieldOf(frame, self).nillable,
    'iscustom/0': (self, _args, frame) => fieldOf(frame, self).custom,
    'isaccessible/0': (self, _args, frame) => fieldAccess(frame, self).read,
    'isupdateable/0': (self, _args, frame) =>
        fieldAccess(frame, self).edit && fieldOf(frame, self).updateable,
    'iscreateable/0': (self, _args, frame) =>
        fieldAccess(frame, self).edit && fieldOf(frame, self).createable,
    'getpicklistvalues/0': (self, _args, frame) =>
        new ApexList(
            { kind: 'platform', name: 'PicklistEntry' },
            fieldOf(frame, self).picklistValues.map((entry) => new PlatformObject('PicklistEntry', entry))
        )
};

export const picklistMethods: InstanceTable<PlatformObject<PicklistValue>> = {
    'getvalue/0': ({ state }) => state.value,
    'getlabel/0': ({ state }) => state.label,
    'isactive/0': ({ state }) => state.active,
    'isdefaultvalue/0': ({ state }) => state.defaultValue
};

/** `X.fields`, `X.fields.Name` and `describe.name` written as members. */
export function readSchemaMember(frame: Frame, from: PlatformObject, name: string): Value {
    const token = from as Token;
    const lower = name.toLowerCase();
    if (from.name === 'DescribeSObjectResult' && lower === 'fields')
        return new PlatformObject('Fields', token.state);
    if (from.name === 'DescribeSObjectResult' && lower === 'name') return token.state;
    if (from.name === 'Fields') {
        const field = frame.tx.org.schema.field(token.state, name);
        if (field) return fieldDescribe(`${token.state}.${field.name}`);
        throw apexError('SObjectException', `Invalid field ${name} for ${token.state}`);
    }
    throw notSupported(frame, `${from.name}.${name}`);
}

/** `record.get(x)`: a field name or a token. */
const nameIn = (value: Value): string =>
    value instanceof PlatformObject ? String(value.state).split('.')[1] : text(value);

export const sobjectMethods: InstanceTable<ApexSObject> = {
    'get/1': (self, [name], frame) => {
        if (!self.def && !self.fields.has(nameIn(name).toLowerCase())) {
            throw apexError('SObjectException', `Invalid field ${nameIn(name)} for AggregateResult`);
        }
        return readMember(frame.tx.org.schema, self, nameIn(name));
    },
    'put/2': (self, [name, value], frame) => {
        const before = self.get(nameIn(name));
        writeMember(frame.tx.org.schema, self, nameIn(name), value);
        return before;
    },
    'getsobject/1': (self, [name], frame) => readMember(frame.tx.org.schema, self, nameIn(name)),
    'getsobjects/1': (self, [name], frame) => readMember(frame.tx.org.schema, self, nameIn(name)),
    'putsobject/2': (self, [name, value], frame) => {
        writeMember(frame.tx.org.schema, self, nameIn(name), value);
        return null;
    },
    'getsobjecttype/0': (self) => objectToken(self.type),
    'getpopulatedfieldsasmap/0': (self) => {
        const map = new ApexMap(STRING, OBJECT);
        for (const { name, value } of self.fields.values()) map.put(name, value);
        return map;
    },
    'isset/1': (self, [name]) => self.fields.has(nameIn(name).toLowerCase()),
    'clone/0': (self) => copyRecord(self, false),
    'clone/1': (self, [keepsId]) => copyRecord(self, keepsId === true),
    'clone/2': (self, [keepsId]) => copyRecord(self, keepsId === true),
    'clear/0': (self) => {
        self.fields.clear();
        return null;
    },
    'equals/1': (self, [other]) => keyOf(self) === keyOf(other),
    'adderror/1': (self, [message], frame) => recordError(frame, self, message, []),
    'adderror/2': (self, [first, second], frame) =>
        // (message, escape) or (field, message)
        typeof second === 'boolean'
            ? recordError(frame, self, first, [])
            : recordError(frame, self, second, [fieldName(frame, self, first)]),
    'adderror/3': (self, [field, message], frame) =>
        recordError(frame, self, message, [fieldName(frame, self, field)])
};

/** `message`: text, or an exception. */
export function recordError(frame: Frame, record: ApexSObject, message: Value, fields: string[]): null {
    addError(frame.tx, record, message === null ? 'null' : textIn(frame, message), fields);
    return null;
}

function fieldName(frame: Frame, record: ApexSObject, given: Value): string {
    const field = frame.tx.org.schema.field(record.type, nameIn(given));
    if (!field) throw apexError('SObjectException', `Invalid field ${nameIn(given)} for ${record.type}`);
    return field.name;
}

export const schemaStatics: StaticTable = {
    'schema.getglobaldescribe/0': (frame) => {
        const map = new ApexMap(STRING, { kind: 'platform', name: 'SObjectType' }, true);
        for (const object of frame.tx.org.schema.objects())
            map.put(object.name.toLowerCase(), objectToken(object.name));
        return map;
    }
};
