// The deployed Apex, compiled as far as it was needed: classes of one metadata version and the names in them. Loading (declarations,
// then members, then bodies) is in compile/; this file owns lookup by name and the resolution of types.
import type { Org, UserContext } from '../org.ts';
import type { ApexProblem } from './errors.ts';
import { platformException } from './errors.ts';
import type { ApexType, EnumInfo, TriggerInfo } from './model.ts';
import { ClassInfo } from './model.ts';
import { platformEnum } from './library/enums.ts';
import { isPlatformClass, platformClassName } from './library/platform-classes.ts';
import { primitive, SOBJECT } from './types.ts';

const GENERIC_INTERFACES = new Map(
    ['Iterable', 'Iterator', 'Comparator'].map((name) => [name.toLowerCase(), name])
);

export type NamedType = ClassInfo | EnumInfo;

/** A type as written: `Map<Id, List<Account>>`, `Outer.Inner`. */
export interface WrittenType {
    path: string[];
    /** Arguments of the last name. */
    arguments: WrittenType[];
    line: number;
}

export class Program {
    readonly org: Org;
    readonly types = new Map<string, NamedType>();
    readonly triggers: TriggerInfo[] = [];
    readonly problems: ApexProblem[] = [];

    readonly #missing: (lowerName: string) => void;

    /** `missing` compiles a class that is named only while Apex runs, if there is one. */
    constructor(org: Org, missing: (lowerName: string) => void) {
        this.org = org;
        this.#missing = missing;
    }

    /** Who runs what nobody in particular asked for: tests, and checks while loading. */
    administrator(): UserContext {
        return findAdministrator(this.org);
    }

    findClass(name: string): ClassInfo | undefined {
        const [outer, inner] = name.toLowerCase().split('.');
        const found = this.#topLevel(outer);
        const type = inner && found instanceof ClassInfo ? found.inner.get(inner) : inner ? undefined : found;
        return type instanceof ClassInfo ? type : undefined;
    }

    *classes(): Iterable<ClassInfo> {
        for (const type of this.types.values()) {
            if (!(type instanceof ClassInfo)) continue;
            yield type;
            for (const inner of type.inner.values()) if (inner instanceof ClassInfo) yield inner;
        }
    }

    /** Own inner types, those of superclasses and of the outer class, then top-level classes. */
    findTypeFrom(cls: ClassInfo | null, lowerName: string): NamedType | undefined {
        for (let scope = cls; scope; scope = scope.outer) {
            if (scope.name.toLowerCase() === lowerName) return scope;
            for (let one: ClassInfo | null = scope; one; one = one.superclass) {
                const inner = one.inner.get(lowerName);
                if (inner) return inner;
            }
        }
        return this.#topLevel(lowerName);
    }

    #topLevel(lowerName: string): NamedType | undefined {
        if (!this.types.has(lowerName)) this.#missing(lowerName);
        return this.types.get(lowerName);
    }

    /** Undefined when nothing has that name. */
    resolve(written: WrittenType, from: ClassInfo | null): ApexType | undefined {
        const path = written.path.map((part) => part.toLowerCase());
        if (path.length > 1 && (path[0] === 'system' || path[0] === 'schema')) path.shift();
        if (written.arguments.length > 0) return this.resolveGeneric(path[0], written.arguments, from);
        const named = this.resolveNamed(path, from);
        if (named)
            return named instanceof ClassInfo ? { kind: 'class', cls: named } : { kind: 'enum', of: named };
        const name = path.join('.');
        if (isPlatformClass(name)) return { kind: 'platform', name: platformClassName(name) };
        if (path.length > 1) return undefined;
        if (name === 'sobject') return SOBJECT;
        if (name === 'aggregateresult') return { kind: 'sobject', name: 'AggregateResult' };
        const exception = platformException(name);
        if (exception) return { kind: 'class', cls: exception };
        const platform = platformEnum(name);
        if (platform) return { kind: 'enum', of: platform };
        const known = primitive(name);
        if (known) return known;
        const object = this.org.schema.object(name);
        return object && { kind: 'sobject', name: object.name };
    }

    private resolveNamed(path: string[], from: ClassInfo | null): NamedType | undefined {
        let found = this.findTypeFrom(from, path[0]);
        for (const part of path.slice(1)) {
            found = found instanceof ClassInfo ? found.inner.get(part) : undefined;
        }
        return found;
    }

    private resolveGeneric(
        name: string,
        written: WrittenType[],
        from: ClassInfo | null
    ): ApexType | undefined {
        const inner = written.map((one) => this.resolve(one, from));
        if (inner.some((one) => one === undefined)) return undefined;
        const types = inner as ApexType[];
        if (types.length === 1 && (name === 'list' || name === 'set')) return { kind: name, of: types[0] };
        if (types.length === 1 && GENERIC_INTERFACES.has(name))
            return { kind: 'platform', name: GENERIC_INTERFACES.get(name)! };
        return name === 'map' && types.length === 2
            ? { kind: 'map', key: types[0], of: types[1] }
            : undefined;
    }
}

function findAdministrator(org: Org): UserContext {
    const row = org.db
        .prepare(
            `SELECT u."Id" AS id FROM "User" u JOIN "Profile" p ON p."Id" = u."ProfileId"
             WHERE p."Name" = 'System Administrator' AND u."IsActive" = 1 ORDER BY u."CreatedDate", u."Id" LIMIT 1`
        )
        .get() as { id: string } | undefined;
    if (!row) throw new Error('The org has no active System Administrator to run Apex as.');
    return org.users.context(row.id);
}
