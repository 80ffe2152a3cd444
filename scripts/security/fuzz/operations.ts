// What may be asked of the service, read from the OpenAPI document it publishes: whoever works through these operations
// works through every route, also one that is added later.

export interface Schema {
    type?: string;
    const?: unknown;
    anyOf?: Schema[];
    properties?: Record<string, Schema>;
    required?: string[];
    patternProperties?: Record<string, Schema>;
    additionalProperties?: boolean | Schema;
    maxProperties?: number;
    items?: Schema;
    minItems?: number;
    maxItems?: number;
    pattern?: string;
    minLength?: number;
    maxLength?: number;
    minimum?: number;
    maximum?: number;
}

export interface Operation {
    method: string;
    /** with names in braces: `/v1/runs/{runKey}` */
    path: string;
    parameters: { name: string; in: 'path' | 'query' | 'header'; schema: Schema }[];
    body: Schema | null;
    /** names of the ways to sign in, one of which is needed; none: open to everybody */
    signedInBy: string[];
}

interface PathItem {
    parameters?: Operation['parameters'];
    requestBody?: { content: Record<string, { schema: Schema }> };
    security?: Record<string, string[]>[];
}

export interface OpenApi {
    paths: Record<string, Record<string, PathItem>>;
    security?: Record<string, string[]>[];
}

export function operationsOf(document: OpenApi): Operation[] {
    return Object.entries(document.paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, item]) => ({
            method: method.toUpperCase(),
            path,
            parameters: item.parameters ?? [],
            body: item.requestBody?.content['application/json']?.schema ?? null,
            signedInBy: (item.security ?? document.security ?? []).flatMap((one) => Object.keys(one))
        }))
    );
}
