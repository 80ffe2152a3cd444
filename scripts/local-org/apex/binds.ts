// The variables a dynamic query may name with a colon: locals around the call and fields of its class.
import type { Local } from './compile/scope.ts';
import { apexError } from './errors.ts';
import type { ClassInfo } from './model.ts';
import { readField } from './objects.ts';
import type { Frame } from './transaction.ts';
import type { Value } from './values.ts';

export type BindLookup = (frame: Frame, name: string) => Value;

export function dynamicBinds(locals: ReadonlyMap<string, Local>, cls: ClassInfo): BindLookup {
    return (frame, name) => {
        const local = locals.get(name.toLowerCase());
        if (local) return frame.locals[local.slot];
        const field = cls.findField(name.toLowerCase());
        if (field) return readField(frame, frame.self, field);
        throw apexError('QueryException', `Variable does not exist: ${name}`);
    };
}

/** Names after a colon in a dynamic query, outside of its text literals. */
export function bindNames(soql: string): string[] {
    const withoutText = soql.replace(/'(?:[^'\\]|\\.)*'/g, "''");
    return [...withoutText.matchAll(/:\s*([A-Za-z_]\w*)/g)].map((match) => match[1]);
}
