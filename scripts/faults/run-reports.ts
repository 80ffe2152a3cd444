// Whether what the runs say of themselves in the org is true: each is over, says how it ended as the service does, the last one
// succeeded, and one that did not says why.
import type { ConnectedOrg } from '../../service/test/support/local-org.ts';

export interface EndedRun {
    runKey: string;
    status: string;
}

/** In sentences; none when all of it is true. */
export function untrueReports(crm: ConnectedOrg, asked: readonly EndedRun[]): string[] {
    const rows = crm.query(
        'SELECT ExternalKey__c, Status__c, Stage__c, Errors__c, FinishedAt__c, FailedCount__c FROM Run__c'
    );
    const last = asked.at(-1);
    return [
        ...asked.flatMap(({ runKey, status }) => {
            const held = rows.filter((row) => row.ExternalKey__c === runKey);
            if (held.length !== 1) return [`the org has ${held.length} rows of run ${runKey}`];
            const [row] = held as [Record<string, unknown>];
            return [
                ...(String(row.Status__c).toLowerCase() === status.toLowerCase()
                    ? []
                    : [`the org says of run ${runKey} ${String(row.Status__c)}, the service ${status}`]),
                ...(row.Stage__c === 'Done' && row.FinishedAt__c
                    ? []
                    : [`run ${runKey} is not over in the org`]),
                ...(status === 'succeeded' || row.Errors__c
                    ? []
                    : [`run ${runKey} is ${status} and does not say why`]),
                ...(status === 'succeeded' && row.FailedCount__c !== 0
                    ? [`run ${runKey} succeeded with failed rows`]
                    : [])
            ];
        }),
        ...(last?.status === 'succeeded' ? [] : [`the last run ended as ${last?.status ?? 'nothing'}`])
    ];
}
