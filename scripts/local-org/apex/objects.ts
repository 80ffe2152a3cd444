// Objects of Apex classes at run time: creating them, initialising classes, choosing overloads, reading members.
import { ApexNotSupported, apexError, exceptionBase, nullDereference } from './errors.ts';
import type { ClassInfo, FieldInfo, MethodInfo } from './model.ts';
import { signature } from './model.ts';
import { equals, textOf } from './operators.ts';
import type { Frame, Transaction } from './transaction.ts';
import { callMethod, inFrame } from './transaction.ts';
import { assign, fit } from './types.ts';
import type { Value } from './values.ts';
import { ApexInstance } from './values.ts';

/** Runs the static initialisers of a class, superclass first, the first time the transaction uses it. */
export function initialiseClass(tx: Transaction, cls: ClassInfo): void {
    if (tx.initialised.has(cls)) return;
    tx.initialised.add(cls);
    if (cls.superclass) initialiseClass(tx, cls.superclass);
    if (cls.staticInitialisers.length === 0) return;
    inFrame(tx, cls, '<clinit>', null, cls.initialiserSlots, (frame) => {
        for (const run of cls.staticInitialisers) run(frame);
    });
}

export function newInstance(cls: ClassInfo): ApexInstance {
    const isException = cls.isSubclassOf(exceptionBase);
    const error = isException ? { message: null, cause: null, line: 0, stack: '', problems: [] } : null;
    return new ApexInstance(cls, error);
}

/** `new Class(args)`; `chosen`: the constructor, where the declared types of the arguments say which. */
export function construct(frame: Frame, cls: ClassInfo, args: Value[], chosen?: MethodInfo): ApexInstance {
    if (cls.isAbstract)
        throw apexError('TypeException', `Abstract classes cannot be constructed: ${cls.fullName}`);
    initialiseClass(frame.tx, cls);
    const instance = newInstance(cls);
    if (chosen) callMethod(frame.tx, chosen, instance, assignArguments(chosen, args));
    else runConstructor(frame, cls, instance, args);
    return instance;
}

/** Runs the constructor of `cls` on an instance of it or of a subclass: super first, then initialisers, then its body. */
export function runConstructor(frame: Frame, cls: ClassInfo, instance: ApexInstance, args: Value[]): void {
    if (cls.constructors.length === 0) {
        if (cls.superclass) {
            runConstructor(
                frame,
                cls.superclass,
                instance,
                cls.superclass.constructors.length === 0 ? args : []
            );
        } else if (instance.error && cls === exceptionBase) {
            fillException(frame, instance, args);
        } else if (args.length > 0) {
            throw notSupported(
                frame,
                `new ${cls.fullName} with ${args.length} arguments (no such constructor)`
            );
        }
        runInitialisers(frame.tx, cls, instance);
        return;
    }
    const constructor =
        overload(frame, cls.constructors, args) ?? inheritedException(frame, cls, instance, args);
    if (constructor) callMethod(frame.tx, constructor, instance, assignArguments(constructor, args));
}

/** An exception class with constructors of its own keeps those of Exception. */
function inheritedException(frame: Frame, cls: ClassInfo, instance: ApexInstance, args: Value[]): undefined {
    if (!instance.error) throw notSupported(frame, `new ${cls.fullName} with these ${args.length} arguments`);
    fillException(frame, instance, args);
    runInitialisers(frame.tx, cls, instance);
}

/** Exception(), Exception(message), Exception(cause), Exception(message, cause) */
function fillException(frame: Frame, instance: ApexInstance, args: Value[]): void {
    const error = instance.error!;
    for (const argument of args) {
        if (argument instanceof ApexInstance) error.cause = argument;
        else error.message = argument === null ? null : textIn(frame, argument);
    }
    if (instance.cls.name !== 'AuraHandledException') return;
    error.clientMessage = error.message;
    error.message = 'Script-thrown exception';
}

export function runInitialisers(tx: Transaction, cls: ClassInfo, instance: ApexInstance): void {
    for (const field of cls.fields.values()) if (!field.isStatic) instance.fields.set(field, null);
    if (cls.instanceInitialisers.length === 0) return;
    inFrame(tx, cls, '<init>', instance, cls.initialiserSlots, (frame) => {
        for (const run of cls.instanceInitialisers) run(frame);
    });
}

/** The overload that fits the arguments best; undefined when none does. */
export function overload(frame: Frame, candidates: MethodInfo[], args: Value[]): MethodInfo | undefined {
    const sameCount = candidates.filter((one) => one.parameters.length === args.length);
    if (sameCount.length === 1) return sameCount[0];
    let best: MethodInfo | undefined;
    let bestFit = -1;
    for (const candidate of sameCount) {
        const fits = candidate.parameters.map((parameter, index) => fit(args[index], parameter.type));
        const total = fits.every((one) => one > 0) ? fits.reduce((sum, one) => sum + one, 0) : -1;
        if (total > bestFit) [best, bestFit] = [candidate, total];
    }
    return best;
}

/** What an object of `cls` runs for `method`: its own overriding one, or the method itself. */
export function overriding(cls: ClassInfo, method: MethodInfo): MethodInfo {
    const wanted = signature(method);
    const candidates = cls.findMethods(method.name.toLowerCase());
    return candidates.find((one) => !one.isAbstract && signature(one) === wanted) ?? method;
}

export function assignArguments(method: MethodInfo, args: Value[]): Value[] {
    return args.map((argument, index) => assign(argument, method.parameters[index].type));
}

/** Calls `name` on an object of a class of the program; undefined when its classes have no such method. */
export function invoke(
    frame: Frame,
    self: ApexInstance,
    name: string,
    args: Value[]
): { value: Value } | undefined {
    const method = overload(frame, self.cls.findMethods(name.toLowerCase()), args);
    if (!method) return undefined;
    const target = method.isStatic ? null : self;
    const value = callMethod(frame.tx, method, target, assignArguments(method, args));
    return { value: assign(value, method.returnType) };
}

/** Calls a method that an interface of the platform promises. */
export function invokePromised(frame: Frame, self: ApexInstance, name: string, args: Value[]): Value {
    const called = invoke(frame, self, name, args);
    if (!called) throw notSupported(frame, `${self.cls.fullName} without its method ${name}`);
    return called.value;
}

export function readStatic(frame: Frame, field: FieldInfo): Value {
    initialiseClass(frame.tx, field.cls);
    if (field.getter) return assign(callMethod(frame.tx, field.getter, null, []), field.type);
    return frame.tx.statics.get(field) ?? null;
}

export function writeStatic(frame: Frame, field: FieldInfo, value: Value): Value {
    initialiseClass(frame.tx, field.cls);
    const assigned = assign(value, field.type);
    if (field.setter) callMethod(frame.tx, field.setter, null, [assigned]);
    else frame.tx.statics.set(field, assigned);
    return assigned;
}

export function readField(frame: Frame, self: ApexInstance | null, field: FieldInfo): Value {
    if (field.isStatic) return readStatic(frame, field);
    if (self === null) throw nullDereference();
    if (field.getter) return assign(callMethod(frame.tx, field.getter, self, []), field.type);
    return self.fields.get(field) ?? null;
}

export function writeField(frame: Frame, self: ApexInstance | null, field: FieldInfo, value: Value): Value {
    if (field.isStatic) return writeStatic(frame, field, value);
    if (self === null) throw nullDereference();
    const assigned = assign(value, field.type);
    if (field.setter) callMethod(frame.tx, field.setter, self, [assigned]);
    else self.fields.set(field, assigned);
    return assigned;
}

/** `==`: objects by their own equals where their class has one. */
export function equalsIn(frame: Frame, left: Value, right: Value): boolean {
    const own =
        left instanceof ApexInstance && right !== null ? invoke(frame, left, 'equals', [right]) : undefined;
    return own ? own.value === true : equals(left, right);
}

/** Text of any value, with toString() of the program's classes. */
export function textIn(frame: Frame, value: Value): string {
    return textOf(value, frame.tx.user.timeZone, (instance) => instanceText(frame, instance));
}

function instanceText(frame: Frame, instance: ApexInstance): string {
    const own = invoke(frame, instance, 'toString', []);
    if (own) return textIn(frame, own.value);
    if (instance.error) return `${instance.cls.fullName}: ${instance.error.message ?? ''}`;
    const fields = [...instance.fields].map(([field, value]) => `${field.name}=${textIn(frame, value)}`);
    return `${instance.cls.name}:[${fields.join(', ')}]`;
}

export function notSupported(frame: Frame, construct: string): ApexNotSupported {
    return new ApexNotSupported(construct, { className: frame.cls.fullName, line: frame.line });
}
