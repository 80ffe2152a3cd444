// Runs as the org shows them: rows of Run__c, which the service writes while it works. Reading only.
import type { Connection } from '@salesforce/core';
import { quoted } from '../../../../service/src/salesforce/query.ts';
import type { Names } from '../../../../service/src/salesforce/names.ts';

const FIELDS = [
    'ExternalKey__c',
    'Kind__c',
    'Scope__c',
    'Status__c',
    'Stage__c',
    'ProgressPercent__c',
    'TriggerKind__c',
    'RequestedAt__c',
    'StartedAt__c',
    'FinishedAt__c',
    'DataAsOf__c',
    'ReadCount__c',
    'ComputedCount__c',
    'WrittenCount__c',
    'FailedCount__c',
    'ApiCallCount__c',
    'EngineVersion__c',
    'Warnings__c',
    'Errors__c'
] as const;

export interface RunInOrg {
    runKey: string;
    kind: string;
    scope: string | null;
    status: 'Queued' | 'Running' | 'Succeeded' | 'Partial' | 'Failed';
    stage: string | null;
    progressPercent: number;
    trigger: string | null;
    requestedAt: string | null;
    startedAt: string | null;
    finishedAt: string | null;
    dataAsOf: string | null;
    counts: { read: number; computed: number; written: number; failed: number; apiCalls: number };
    engineVersion: string | null;
    warnings: string | null;
    errors: string | null;
}

export const isUnderWay = ({ status }: RunInOrg): boolean => status === 'Queued' || status === 'Running';

/** Newest first. */
export async function newestRuns(connection: Connection, names: Names, limit: number): Promise<RunInOrg[]> {
    return runsWhere(connection, names, '', ` ORDER BY ${names.q('RequestedAt__c')} DESC LIMIT ${limit}`);
}

/** null while the service has not written it yet. */
export async function runOf(connection: Connection, names: Names, runKey: string): Promise<RunInOrg | null> {
    const [run] = await runsWhere(
        connection,
        names,
        ` WHERE ${names.q('ExternalKey__c')} = ${quoted(runKey)}`,
        ''
    );
    return run ?? null;
}

async function runsWhere(
    connection: Connection,
    { q }: Names,
    where: string,
    tail: string
): Promise<RunInOrg[]> {
    const { records } = await connection.query<Record<string, unknown>>(
        `SELECT ${FIELDS.map(q).join(', ')} FROM ${q('Run__c')}${where}${tail}`
    );
    return records.map((row) => runFrom((field) => row[q(field)]));
}

function runFrom(value: (field: (typeof FIELDS)[number]) => unknown): RunInOrg {
    const text = (field: (typeof FIELDS)[number]): string | null => (value(field) as string) ?? null;
    const count = (field: (typeof FIELDS)[number]): number => Number(value(field) ?? 0);
    return {
        runKey: text('ExternalKey__c') ?? '',
        kind: text('Kind__c') ?? '',
        scope: text('Scope__c'),
        status: text('Status__c') as RunInOrg['status'],
        stage: text('Stage__c'),
        progressPercent: count('ProgressPercent__c'),
        trigger: text('TriggerKind__c'),
        requestedAt: text('RequestedAt__c'),
        startedAt: text('StartedAt__c'),
        finishedAt: text('FinishedAt__c'),
        dataAsOf: text('DataAsOf__c'),
        counts: {
            read: count('ReadCount__c'),
            computed: count('ComputedCount__c'),
            written: count('WrittenCount__c'),
            failed: count('FailedCount__c'),
            apiCalls: count('ApiCallCount__c')
        },
        engineVersion: text('EngineVersion__c'),
        warnings: text('Warnings__c'),
        errors: text('Errors__c')
    };
}
