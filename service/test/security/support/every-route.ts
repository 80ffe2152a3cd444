// Every route of the service, from the document it publishes, with a request that would succeed: tests of security walk
// through all of them, so that a new route is never forgotten.
import fc from 'fast-check';
import { operationsOf, type OpenApi, type Operation } from '../../../../scripts/security/fuzz/operations.ts';
import { validValue } from '../../../../scripts/security/fuzz/values.ts';
import type { Answer, Ask, TestApp } from '../../support/test-app.ts';

export async function everyRoute(service: TestApp): Promise<Operation[]> {
    const documents = [];
    for (const door of ['orgs', 'operator'] as const)
        documents.push((await service.askAt(door, { url: '/openapi.json' })).json() as OpenApi);
    return documents.flatMap(operationsOf);
}

/** @param values what stands for the names in the path; a name that is not among them is an error of the test */
export function requestTo(operation: Operation, values: Record<string, string>): Ask {
    const { method, path, body } = operation;
    const url = path.replace(/\{(\w+)\}/g, (_all, name: string) => {
        if (values[name] === undefined) throw new Error(`${path}: say in the test what {${name}} is.`);
        return values[name];
    });
    return { method, url, ...(body ? { payload: sampleOf(operation) } : {}) };
}

const samples = new Map<string, object>();

/** Drawn once for each route: drawing takes longer than asking. */
function sampleOf(operation: Operation): object {
    const name = nameOf(operation);
    if (!samples.has(name)) {
        const values = validValue(operation.body!).filter((value) => value !== null);
        samples.set(name, fc.sample(values, { seed: 7, numRuns: 1 })[0] as object);
    }
    return samples.get(name)!;
}

export function nameOf({ method, path }: Operation): string {
    return `${method} ${path}`;
}

/** An answer without what differs from request to request. */
export function comparable({ statusCode, body }: Answer): string {
    return `${statusCode} ${body.replace(/"requestId":"[^"]*"/, '')}`;
}
