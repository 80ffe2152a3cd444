// Apex as the browser sees it: parameters by name, results as Aura writes them (no nulls, no attributes, only
// @AuraEnabled members of classes), exceptions as the error body of a failed action.
import { ApexDate, ApexDatetime, ApexTime } from './dates.ts';
import { ApexThrown, apexError } from './errors.ts';
import { fromPlain, instanceFields } from './library/json.ts';
import type { ClassInfo, MethodInfo } from './model.ts';
import { EnumConstant, typeText } from './model.ts';
import { notSupported, readField } from './objects.ts';
import { isNumber, toNumber } from './operators.ts';
import type { Program } from './program.ts';
import type { Frame } from './transaction.ts';
import { typeOfValue } from './types.ts';
import type { Value } from './values.ts';
import { ApexInstance, ApexList, ApexMap, ApexSet, ApexSObject } from './values.ts';
import { OrgError } from '../org.ts';
import type { UserContext } from '../org.ts';

export interface AuraErrorBody {
    message: string;
    exceptionType: string;
    isUserDefinedException: boolean;
    stackTrace: string;
}

/** A failed @AuraEnabled call. */
export class AuraError extends Error {
    readonly body: AuraErrorBody;
    readonly exception: ApexInstance;
    constructor(thrown: ApexThrown) {
        const { exception } = thrown;
        const state = exception.error!;
        super(state.clientMessage ?? state.message ?? 'Script-thrown exception');
        this.name = 'AuraError';
        this.exception = exception;
        state.message = this.message;
        this.body = {
            message: this.message,
            exceptionType: exception.cls.fullName,
            isUserDefinedException: exception.cls.file !== '',
            stackTrace: state.stack
        };
    }
}

export interface AuraMethod {
    method: MethodInfo;
    cacheable: boolean;
}

/** The method a component names; refuses classes the user may not use and methods that are not offered. */
export function findAuraMethod(
    program: Program,
    user: UserContext,
    className: string,
    name: string
): AuraMethod {
    const cls = program.findClass(className);
    if (!cls) throw new OrgError(404, 'NOT_FOUND', `The Apex class ${className} is not deployed in this org`);
    if (!user.permissions.apexClass(cls.name)) {
        throw new OrgError(
            403,
            'INSUFFICIENT_ACCESS',
            `You do not have access to the Apex class named '${cls.name}'.`
        );
    }
    const method = offered(cls, name);
    if (!method)
        throw new OrgError(
            404,
            'NOT_FOUND',
            `Unable to find action '${name}' on the controller of ${cls.name}`
        );
    const cacheable = method.annotations.get('auraenabled')?.get('cacheable')?.toLowerCase() === 'true';
    return { method, cacheable };
}

function offered(cls: ClassInfo, name: string): MethodInfo | undefined {
    return cls.methods
        .get(name.toLowerCase())
        ?.find(
            (method) =>
                method.isStatic && method.annotations.has('auraenabled') && method.access !== 'private'
        );
}

export function auraArguments(frame: Frame, method: MethodInfo, params: Record<string, unknown>): Value[] {
    return method.parameters.map(({ name, type }) => {
        try {
            return fromPlain(frame, params[name], type);
        } catch (error) {
            if (!(error instanceof ApexThrown)) throw error;
            throw apexError(
                'IllegalArgumentException',
                `Value provided is invalid for action parameter '${name}' of type '${typeText(type)}'`
            );
        }
    });
}

/** Plain JSON for the browser. Members without a value are left out, as Aura does. */
export function auraResult(frame: Frame, value: Value): unknown {
    const inner = (one: Value): unknown => auraResult(frame, one);
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (isNumber(value)) return toNumber(value);
    if (value instanceof ApexDatetime) return value.toIso();
    if (value instanceof ApexDate || value instanceof ApexTime) return value.toString();
    if (value instanceof EnumConstant) return value.name;
    if (value instanceof ApexList) return value.items.map(inner);
    if (value instanceof ApexSet) return [...value.members.values()].map(inner);
    if (value instanceof ApexMap) {
        return withoutNulls(
            [...value.entries.values()].map(({ key, value: one }) => [String(inner(key)), inner(one)])
        );
    }
    if (value instanceof ApexSObject) {
        return withoutNulls([...value.fields.values()].map((field) => [field.name, inner(field.value)]));
    }
    if (value instanceof ApexInstance && !value.error) {
        const members = instanceFields(value.cls).filter((field) => field.annotations.has('auraenabled'));
        return withoutNulls(members.map((field) => [field.name, inner(readField(frame, value, field))]));
    }
    throw notSupported(frame, `a result of type ${typeText(typeOfValue(value))} for a component`);
}

function withoutNulls(members: [string, unknown][]): Record<string, unknown> {
    return Object.fromEntries(members.filter(([, value]) => value !== null));
}
