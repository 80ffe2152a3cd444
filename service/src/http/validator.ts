// Says whether what was sent has the shape of its schema, and if not, where the first fault is. Stops at the first: the
// library's list of faults walks the whole value, and a full body of nothing but faults would hold the process for seconds.
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

interface Shape {
    type?: string;
    properties?: Record<string, TSchema>;
    items?: TSchema;
    maxItems?: number;
    anyOf?: TSchema[];
    const?: unknown;
}

/** What is not a body is text, which the library makes numbers of where the schema asks for some. */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = (route) => {
    const { schema } = route;
    if (route.httpPart !== 'body' && !isAllText(schema)) return TypeBoxValidatorCompiler(route as never);
    isOfShape(schema, undefined);
    return (value: unknown) => {
        if (isOfShape(schema, value)) return { value };
        const instancePath = placeOfFault(schema, value);
        const error = {
            instancePath,
            schemaPath: '',
            keyword: '',
            params: {},
            message: 'is not as expected'
        };
        return { error: [error] as unknown as Error };
    };
};

function isAllText(schema: TSchema): boolean {
    const parts = Object.values((schema as Shape).properties ?? {});
    return parts.every((part) => (part as Shape).type === 'string');
}

const checks = new WeakMap<TSchema, (value: unknown) => boolean>();

function isOfShape(schema: TSchema, value: unknown): boolean {
    let check = checks.get(schema);
    if (!check) {
        const compiled = Compile(schema);
        check = (one) => compiled.Check(one);
        checks.set(schema, check);
    }
    return check(value);
}

/** As a JSON pointer, '' for the value itself. */
function placeOfFault(schema: TSchema, value: unknown): string {
    const { properties, items, maxItems = Infinity, anyOf } = schema as Shape;
    if (anyOf) {
        const meant = anyOf.find((one) => isMeant(one, value));
        return meant ? placeOfFault(meant, value) : '';
    }
    if (typeof value !== 'object' || value === null) return '';
    if (Array.isArray(value)) {
        if (!items || value.length > maxItems) return '';
        const row = value.findIndex((item) => !isOfShape(items, item));
        return row < 0 ? '' : `/${row}${placeOfFault(items, value[row])}`;
    }
    for (const [name, part] of Object.entries(properties ?? {})) {
        if (!Object.hasOwn(value, name)) continue;
        const given = (value as Record<string, unknown>)[name];
        if (!isOfShape(part, given)) return `/${name}${placeOfFault(part, given)}`;
    }
    return '';
}

/** Of several shapes the one whose fixed words are those of the value. */
function isMeant(schema: TSchema, value: unknown): boolean {
    const fixed = Object.entries((schema as Shape).properties ?? {}).filter(
        ([, part]) => 'const' in part || 'anyOf' in part
    );
    if (fixed.length === 0 || typeof value !== 'object' || value === null) return false;
    return fixed.some(
        ([name, part]) =>
            Object.hasOwn(value, name) && isOfShape(part, (value as Record<string, unknown>)[name])
    );
}
