// What a class owes its parents: open methods implemented, overriding said and allowed.
import { exceptionBase } from '../errors.ts';
import type { ClassInfo, MethodInfo } from '../model.ts';
import { signature } from '../model.ts';
import type { Program } from '../program.ts';

/** Every object has these, whatever its class extends. */
const OF_EVERY_OBJECT = new Set(['tostring()', 'equals(object)', 'hashcode()']);

export function checkInheritance(program: Program, cls: ClassInfo): void {
    const parent = cls.superclass;
    const report = (line: number, message: string): void => {
        program.problems.push({ className: cls.fullName, line, message });
    };
    if (parent && !parent.isVirtual && !parent.isAbstract && !parent.isSubclassOf(exceptionBase))
        report(cls.line, `Non-virtual and non-abstract type cannot be extended: ${parent.fullName}`);
    if (!cls.isInterface)
        for (const method of [...cls.methods.values()].flat()) checkOverride(cls, method, report);
    if (!cls.isAbstract) checkImplemented(cls, report);
}

type Report = (line: number, message: string) => void;

function checkOverride(cls: ClassInfo, method: MethodInfo, report: Report): void {
    const name = signature(method);
    if (method.isStatic || OF_EVERY_OBJECT.has(name) || cls.isSubclassOf(exceptionBase)) return;
    const inherited = cls.superclass
        ?.findMethods(method.name.toLowerCase())
        .find((one) => !one.isStatic && one.access !== 'private' && signature(one) === name);
    if (!inherited) {
        if (method.isOverride && !implementsInterface(cls, name, method))
            report(method.line, `Method does not override an ancestor method: ${name}`);
        return;
    }
    if (inherited.cls.isInterface) return;
    if (!inherited.isVirtual && !inherited.isAbstract && !inherited.isOverride)
        report(method.line, `Non-virtual, non-abstract methods cannot be overridden: ${name}`);
    else if (!method.isOverride) report(method.line, `Method must use the override keyword: ${name}`);
}

function implementsInterface(cls: ClassInfo, name: string, method: MethodInfo): boolean {
    return cls.interfaces
        .flatMap((one) => one.findMethods(method.name.toLowerCase()))
        .some((one) => signature(one) === name);
}

/** A class that can be created must implement what its parents leave open. */
function checkImplemented(cls: ClassInfo, report: Report): void {
    const names = new Set<string>();
    for (const one of ancestors(cls)) for (const name of one.methods.keys()) names.add(name);
    for (const name of names) {
        const methods = cls.findMethods(name);
        const open = methods.find((method) => {
            const implemented = (other: MethodInfo) =>
                !other.isAbstract && signature(other) === signature(method);
            return method.isAbstract && !methods.some(implemented);
        });
        if (!open) continue;
        report(
            cls.line,
            `Class ${cls.fullName} must implement the method: ${signature(open)} of ${open.cls.fullName}`
        );
    }
}

function ancestors(cls: ClassInfo): ClassInfo[] {
    const parents = [cls.superclass, ...cls.interfaces].filter((one) => one !== null);
    return [cls, ...parents.flatMap(ancestors)];
}
