// Faults for tests in other processes: POST /local-org/faults switches one on, GET lists what has yet to strike, DELETE
// clears. The same faults as `org.faults.add`, in JSON: a path is the text of a regular expression, `where` of a row
// lock is an object of field values.
import type { FastifyInstance } from 'fastify';
import type { Fault, FaultKind } from '../faults.ts';
import type { LocalOrg } from '../local-org.ts';
import { OrgError } from '../org.ts';
import { objectBody } from './json-body.ts';

type Type = 'string' | 'number' | 'object';

const REQUEST: Record<string, Type> = { path: 'string', method: 'string' };
const JOB: Record<string, Type> = { job: 'string', object: 'string' };
/** What each fault may say, next to `kind` and `times`; an exclamation mark: must say. */
const PROPERTIES: Record<FaultKind, Record<string, Type | `${Type}!`>> = {
    unavailable: { ...REQUEST, status: 'number', errorCode: 'string' },
    requestLimit: { ...REQUEST, status: 'number', retryAfterSeconds: 'number' },
    killSession: { ...REQUEST, userId: 'string' },
    slowAnswer: { ...REQUEST, ms: 'number!' },
    dropConnection: { ...REQUEST, afterBytes: 'number' },
    brokenGzip: REQUEST,
    rowLock: { object: 'string!', where: 'object' },
    slowJob: { ...JOB, ms: 'number!' },
    failedJob: { ...JOB, afterRows: 'number', errorMessage: 'string' },
    abortedJob: { ...JOB, afterRows: 'number' },
    slowDeploy: { ms: 'number!' }
};

export function registerFaultDoor(app: FastifyInstance, org: LocalOrg): void {
    app.post('/local-org/faults', async (request, reply) => {
        org.faults.add(readFault(objectBody(request.body)));
        return reply.code(201).send(shown(org));
    });
    app.get('/local-org/faults', async () => shown(org));
    app.delete('/local-org/faults', async (_request, reply) => {
        org.faults.clear();
        return reply.code(204).send();
    });
}

function shown(org: LocalOrg): object[] {
    return org.faults.pending().map(({ fault, left }) => ({
        ...fault,
        ...('path' in fault && fault.path ? { path: fault.path.source } : {}),
        ...('where' in fault && fault.where ? { where: 'picked rows' } : {}),
        left
    }));
}

function readFault(given: Record<string, unknown>): Fault {
    const { kind, times, ...rest } = given;
    const isKind = typeof kind === 'string' && Object.hasOwn(PROPERTIES, kind);
    const known = isKind ? (PROPERTIES[kind as FaultKind] as Record<string, string>) : undefined;
    if (!known)
        throw wrong(`There is no fault of kind ${kind}; there are ${Object.keys(PROPERTIES).join(', ')}`);
    if (times !== undefined && !(Number.isInteger(times) && Number(times) > 0))
        throw wrong('times is a whole number above 0');
    for (const [name, value] of Object.entries(rest)) {
        const type = known[name]?.replace('!', '');
        if (!type)
            throw wrong(`A ${kind} has no ${name}; it has ${['times', ...Object.keys(known)].join(', ')}`);
        if (typeof value !== type || value === null) throw wrong(`${name} of ${kind} is a ${type}`);
    }
    const missing = Object.keys(known).find((name) => known[name]!.endsWith('!') && !(name in rest));
    if (missing) throw wrong(`A ${kind} needs ${missing}`);
    return {
        ...given,
        ...(typeof rest['path'] === 'string' ? { path: pattern(rest['path']) } : {}),
        ...(rest['where'] ? { where: rowsWith(rest['where'] as Record<string, unknown>) } : {})
    } as Fault;
}

function pattern(source: string): RegExp {
    try {
        return new RegExp(source);
    } catch (error) {
        throw wrong(`path is no regular expression: ${(error as Error).message}`);
    }
}

function rowsWith(values: Record<string, unknown>): (row: Record<string, unknown>) => boolean {
    return (row) => Object.entries(values).every(([name, value]) => row[name] === value);
}

function wrong(message: string): OrgError {
    return new OrgError(400, 'INVALID_INPUT', message);
}
