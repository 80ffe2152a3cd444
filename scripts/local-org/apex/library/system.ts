// System, Assert, Test, UserInfo, FeatureManagement, Limits and the methods of exceptions.
import { apexError, exceptionBase, nullDereference } from '../errors.ts';
import { typeText } from '../model.ts';
import { textIn } from '../objects.ts';
import { equals } from '../operators.ts';
import { toStored } from '../sobjects.ts';
import type { Frame } from '../transaction.ts';
import { newLimits } from '../transaction.ts';
import { idOf, isOfType, STRING, typeOfValue } from '../types.ts';
import type { Value } from '../values.ts';
import { ApexInstance, ApexList, PlatformObject } from '../values.ts';
import { statusCode } from './database.ts';
import type { InstanceTable, StaticTable } from './native.ts';
import { datetime, text, whole } from './native.ts';
import { typeFrom } from './types.ts';

function fail(frame: Frame, what: string, message: Value | undefined): never {
    const said = message === undefined || message === null ? '' : `: ${textIn(frame, message)}`;
    throw apexError('AssertException', `Assertion Failed${said}${what}`);
}

function assertEqual(frame: Frame, [expected, actual, message]: Value[]): null {
    if (sameValue(expected, actual)) return null;
    return fail(frame, `: Expected: ${textIn(frame, expected)}, Actual: ${textIn(frame, actual)}`, message);
}

/** As `==`, but text with case. */
function sameValue(left: Value, right: Value): boolean {
    if (typeof left === 'string' && typeof right === 'string' && left.length === right.length)
        return left === right;
    return equals(left, right);
}

function assertDifferent(frame: Frame, [expected, actual, message]: Value[]): null {
    if (!sameValue(expected, actual)) return null;
    return fail(frame, `: Same value: ${textIn(frame, actual)}`, message);
}

function assertTrue(frame: Frame, [condition, message]: Value[]): null {
    if (condition === null) throw nullDereference();
    return condition === true ? null : fail(frame, '', message);
}

function assertInstance(frame: Frame, [value, type, message]: Value[], wanted: boolean): null {
    const is = value !== null && isOfType(value, typeFrom(type));
    if (is === wanted) return null;
    const actual = value === null ? 'null' : typeText(typeOfValue(value));
    return fail(
        frame,
        `: Expected ${wanted ? 'type' : 'another type than'}: ${typeText(typeFrom(type))}, Actual: ${actual}`,
        message
    );
}

function both(names: string[], counts: number[], native: StaticTable[string]): StaticTable {
    return Object.fromEntries(names.flatMap((name) => counts.map((count) => [`${name}/${count}`, native])));
}

const assertStatics: StaticTable = {
    ...both(['system.assertequals', 'assert.areequal'], [2, 3], assertEqual),
    ...both(['system.assertnotequals', 'assert.arenotequal'], [2, 3], assertDifferent),
    ...both(['system.assert', 'assert.istrue'], [1, 2], assertTrue),
    ...both(['assert.isfalse'], [1, 2], (frame, [condition, message]) =>
        condition === false ? null : fail(frame, '', message)
    ),
    ...both(['assert.isnull'], [1, 2], (frame, [value, message]) =>
        value === null ? null : fail(frame, `: Expected: null, Actual: ${textIn(frame, value)}`, message)
    ),
    ...both(['assert.isnotnull'], [1, 2], (frame, [value, message]) =>
        value !== null ? null : fail(frame, ': Expected: not null, Actual: null', message)
    ),
    ...both(['assert.isinstanceoftype'], [2, 3], (frame, args) => assertInstance(frame, args, true)),
    ...both(['assert.isnotinstanceoftype'], [2, 3], (frame, args) => assertInstance(frame, args, false)),
    ...both(['assert.fail'], [0, 1], (frame, [message]) => fail(frame, '', message))
};

const debug = (frame: Frame, value: Value): null => {
    frame.tx.debugLog.push(`${frame.cls.fullName}:${frame.line} ${textIn(frame, value)}`);
    return null;
};

function inTest(frame: Frame, name: string): void {
    if (!frame.tx.isTest) throw apexError('TypeException', `${name} can only be called in tests`);
}

/** A fresh set of limits until stopTest; rows written before it count as committed. */
function startTest({ tx }: Frame): null {
    if (tx.limitsOutside !== 'not started') throw apexError('FinalException', 'Testing already started');
    tx.limitsOutside = tx.limits;
    tx.limits = newLimits();
    tx.uncommitted = false;
    return null;
}

function stopTest({ tx }: Frame): null {
    if (tx.limitsOutside === 'not started' || tx.limitsOutside === 'stopped')
        throw apexError('FinalException', 'Testing has not started');
    tx.limits = tx.limitsOutside;
    tx.limitsOutside = 'stopped';
    return null;
}

function setCreatedDate(frame: Frame, [id, at]: Value[]): null {
    inTest(frame, 'Test.setCreatedDate');
    const object = frame.tx.org.schema.objectByKeyPrefix(idOf(text(id)).slice(0, 3))!;
    const update = frame.tx.org.db.prepare(`UPDATE "${object.name}" SET "CreatedDate" = ? WHERE "Id" = ?`);
    update.run(toStored(datetime(at)), idOf(text(id)));
    return null;
}

const testStatics: StaticTable = {
    'test.isrunningtest/0': (frame) => frame.tx.isTest,
    'test.starttest/0': (frame) => {
        inTest(frame, 'Test.startTest');
        return startTest(frame);
    },
    'test.stoptest/0': (frame) => {
        inTest(frame, 'Test.stopTest');
        return stopTest(frame);
    },
    'test.setmock/2': (frame, [type, mock]) => {
        inTest(frame, 'Test.setMock');
        const isHttp = typeText(typeFrom(type)).toLowerCase() === 'httpcalloutmock';
        if (!isHttp || !(mock instanceof ApexInstance))
            throw apexError('TypeException', 'Only HttpCalloutMock is supported');
        frame.tx.calloutMock = mock;
        return null;
    },
    'test.setcreateddate/2': setCreatedDate
};

function userField(frame: Frame, name: string): Value {
    const user = frame.tx.org.db.prepare(`SELECT "${name}" AS value FROM "User" WHERE "Id" = ?`);
    const row = user.get(frame.tx.user.userId) as { value: string | null } | undefined;
    return row?.value ?? null;
}

function organizationName(frame: Frame): Value {
    const row = frame.tx.org.db.prepare('SELECT "Name" AS name FROM "Organization" LIMIT 1').get() as
        { name: string } | undefined;
    return row?.name ?? null;
}

/** The user's own currency in an org with several, else the org's. */
function defaultCurrency(frame: Frame): Value {
    const hasOwn = frame.tx.org.schema.field('User', 'DefaultCurrencyIsoCode') !== undefined;
    return (hasOwn ? userField(frame, 'DefaultCurrencyIsoCode') : null) ?? frame.tx.org.currency;
}

const userStatics: StaticTable = {
    'userinfo.getuserid/0': (frame) => frame.tx.user.userId,
    'userinfo.getusername/0': (frame) => frame.tx.user.username,
    'userinfo.getname/0': (frame) => frame.tx.user.name,
    'userinfo.getfirstname/0': (frame) => userField(frame, 'FirstName'),
    'userinfo.getlastname/0': (frame) => userField(frame, 'LastName'),
    'userinfo.getuseremail/0': (frame) => userField(frame, 'Email'),
    'userinfo.getprofileid/0': (frame) => userField(frame, 'ProfileId'),
    'userinfo.getuserroleid/0': (frame) => frame.tx.user.roleId,
    'userinfo.getlocale/0': () => 'en_US',
    'userinfo.getlanguage/0': () => 'en_US',
    'userinfo.getorganizationid/0': (frame) => frame.tx.org.orgId,
    'userinfo.getorganizationname/0': organizationName,
    'userinfo.gettimezone/0': (frame) => new PlatformObject('TimeZone', frame.tx.user.timeZone),
    'userinfo.ismulticurrencyorganization/0': (frame) =>
        frame.tx.org.schema.object('CurrencyType') !== undefined,
    'userinfo.getdefaultcurrency/0': defaultCurrency,
    'featuremanagement.checkpermission/1': (frame, [name]) =>
        frame.tx.user.permissions.customPermission(text(name))
};

const limit =
    (value: (frame: Frame) => number) =>
    (frame: Frame): Value =>
        value(frame);

const limitStatics: StaticTable = {
    'limits.getqueries/0': limit((frame) => frame.tx.limits.queries),
    'limits.getqueryrows/0': limit((frame) => frame.tx.limits.queryRows),
    'limits.getdmlstatements/0': limit((frame) => frame.tx.limits.dmlStatements),
    'limits.getdmlrows/0': limit((frame) => frame.tx.limits.dmlRows),
    'limits.getcallouts/0': limit((frame) => frame.tx.limits.callouts),
    'limits.getlimitqueries/0': () => 100,
    'limits.getlimitqueryrows/0': () => 50_000,
    'limits.getlimitdmlstatements/0': () => 150,
    'limits.getlimitdmlrows/0': () => 10_000,
    'limits.getlimitcallouts/0': () => 100
};

export const systemStatics: StaticTable = {
    ...assertStatics,
    ...testStatics,
    ...userStatics,
    ...limitStatics,
    'system.debug/1': (frame, [value]) => debug(frame, value),
    'system.debug/2': (frame, [, value]) => debug(frame, value),
    'url.getorgdomainurl/0': (frame) => new PlatformObject('Url', frame.tx.org.address ?? UNSERVED),
    'uuid.randomuuid/0': (frame) =>
        new PlatformObject(
            'UUID',
            frame.tx.journal.next('random', 'uuid', () => crypto.randomUUID())
        )
};

export const uuidMethods: InstanceTable<PlatformObject<string>> = { 'tostring/0': ({ state }) => state };

/** What Apex reads as the My Domain of an org that nobody serves. */
const UNSERVED = 'https://local.my.salesforce.com';

export const urlMethods: InstanceTable<PlatformObject<string>> = {
    'toexternalform/0': ({ state }) => state,
    'gethost/0': ({ state }) => new URL(state).hostname
};

const problemOf = (self: ApexInstance, index: Value) => {
    const problem = self.error!.problems[whole(index)];
    if (!problem) throw apexError('ListException', `List index out of bounds: ${whole(index)}`);
    return problem;
};

function rootCause(self: ApexInstance): ApexInstance {
    return self.error!.cause ? rootCause(self.error!.cause) : self;
}

export const exceptionMethods: InstanceTable<ApexInstance> = {
    'getmessage/0': (self) =>
        self.error!.message ?? (self.cls.superclass === exceptionBase ? 'Script-thrown exception' : null),
    'setmessage/1': (self, [message]) => {
        self.error!.message = text(message);
        return null;
    },
    'getcause/0': (self) => self.error!.cause,
    'initcause/1': (self, [cause]) => {
        self.error!.cause = cause as ApexInstance;
        return null;
    },
    'getrootcause/0': rootCause,
    'gettypename/0': (self) => self.cls.fullName,
    'getlinenumber/0': (self) => self.error!.line,
    'getstacktracestring/0': (self) => self.error!.stack,
    'tostring/0': (self) => `${self.cls.fullName}: ${self.error!.message ?? ''}`
};

export const dmlExceptionMethods: InstanceTable<ApexInstance> = {
    'getnumdml/0': (self) => self.error!.problems.length,
    'getdmlmessage/1': (self, [index]) => problemOf(self, index).message,
    'getdmltype/1': (self, [index], frame) => statusCode(frame, problemOf(self, index).statusCode),
    'getdmlstatuscode/1': (self, [index]) => problemOf(self, index).statusCode,
    'getdmlid/1': (self, [index]) => problemOf(self, index).id,
    'getdmlindex/1': (self, [index]) => problemOf(self, index).index,
    'getdmlfieldnames/1': (self, [index]) => new ApexList(STRING, [...problemOf(self, index).fields])
};
