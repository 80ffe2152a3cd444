// How running Apex fails: with an Apex exception that Apex may catch, or with a refusal that it may not.
import { OrgError } from '../org.ts';
import { ClassInfo } from './model.ts';
import type { DmlProblem } from './values.ts';
import { ApexInstance } from './values.ts';

/** An Apex exception on its way up. */
export class ApexThrown extends Error {
    readonly exception: ApexInstance;
    constructor(exception: ApexInstance) {
        super(`${exception.cls.fullName}: ${exception.error?.message ?? ''}`);
        this.name = 'ApexThrown';
        this.exception = exception;
    }
}

/** Not catchable by Apex, like a limit on the platform. */
export class ApexFatal extends ApexThrown {}

export interface SourcePlace {
    className: string;
    line: number;
}

/** A construct outside the stated subset, found while loading or while running. */
export class ApexNotSupported extends OrgError {
    constructor(construct: string, place: SourcePlace) {
        super(
            400,
            'LOCAL_ORG_NOT_SUPPORTED',
            `Apex construct not supported by the local org: ${construct} at ${place.className}:${place.line}`
        );
        this.name = 'ApexNotSupported';
    }
}

/** What a compiler would have said. */
export interface ApexProblem extends SourcePlace {
    message: string;
}

export class ApexCompileError extends OrgError {
    readonly problems: ApexProblem[];
    constructor(problems: ApexProblem[]) {
        const [first] = problems;
        const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
        super(400, 'INVALID_APEX', `${first.message} at ${first.className}:${first.line}${more}`);
        this.name = 'ApexCompileError';
        this.problems = problems;
    }
}

const EXCEPTION_NAMES = [
    'AssertException',
    'AsyncException',
    'CalloutException',
    'DmlException',
    'EmailException',
    'FinalException',
    'HandledException',
    'IllegalArgumentException',
    'InvalidParameterValueException',
    'JSONException',
    'LimitException',
    'ListException',
    'MathException',
    'NoAccessException',
    'NoDataFoundException',
    'NullPointerException',
    'QueryException',
    'RequiredFeatureMissingException',
    'SecurityException',
    'SerializationException',
    'SObjectException',
    'StringException',
    'TypeException',
    'UnexpectedException',
    'XmlException'
];

const exceptionClasses = new Map<string, ClassInfo>();

class PlatformException extends ClassInfo {
    override get fullName(): string {
        return `System.${this.name}`;
    }
}

export const exceptionBase: ClassInfo = new PlatformException('Exception', null, '');
exceptionClasses.set('exception', exceptionBase);
for (const name of [...EXCEPTION_NAMES, 'AuraHandledException']) {
    const cls = new PlatformException(name, null, '');
    cls.superclass = exceptionBase;
    exceptionClasses.set(name.toLowerCase(), cls);
}

/** The platform's own exception class of that name. */
export function platformException(name: string): ClassInfo | undefined {
    return exceptionClasses.get(name.toLowerCase());
}

export function newException(
    cls: ClassInfo,
    message: string | null,
    cause: ApexInstance | null = null,
    problems: DmlProblem[] = []
): ApexInstance {
    return new ApexInstance(cls, { message, cause, line: 0, stack: '', problems });
}

/** `throw apexError('QueryException', '...')`; line and stack are filled in where it passes the first statement. */
export function apexError(name: string, message: string, problems: DmlProblem[] = []): ApexThrown {
    const cls = platformException(name);
    if (!cls) throw new Error(`${name} is not an exception class of the platform`);
    const exception = newException(cls, message, null, problems);
    return name === 'LimitException' || name === 'AssertException'
        ? new ApexFatal(exception)
        : new ApexThrown(exception);
}

export const nullDereference = (): ApexThrown =>
    apexError('NullPointerException', 'Attempt to de-reference a null object');
