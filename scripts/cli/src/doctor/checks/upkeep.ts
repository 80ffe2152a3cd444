// Checks of daily life: calls and storage left, and how fresh the figures are.
import { newestRuns } from '../../org/runs.ts';
import { failed, passed, warning, type Check } from '../check.ts';

const HOUR_MS = 3_600_000;
/** As the pages call figures stale. */
const STALE_HOURS = 26;
const SLOWED_AT = 0.7;
const STOPPED_AT = 0.85;

interface Limits {
    DailyApiRequests?: { Max: number; Remaining: number };
    DataStorageMB?: { Max: number; Remaining: number };
}

const apiBudget: Check = {
    name: 'api-budget',
    about: 'The org has calls left today: the service takes a tenth of them at most.',
    async look({ connection }) {
        const { DailyApiRequests: calls } = await limitsOf(connection);
        if (!calls) return warning('The org tells no limits.', 'Run the doctor as an administrator.');
        const used = (calls.Max - calls.Remaining) / calls.Max;
        const found = `${calls.Max - calls.Remaining} of ${calls.Max} calls used.`;
        if (used >= STOPPED_AT)
            return failed(
                `${found} Scheduled runs stop.`,
                'Find who uses them (Setup > Company Information), or ask Salesforce for more.'
            );
        return used >= SLOWED_AT
            ? warning(`${found} Runs are slowed.`, 'Find who uses them: Setup > Company Information.')
            : passed(found);
    }
};

const storage: Check = {
    name: 'storage',
    about: 'There is room for results: about 2 KB a row.',
    async look({ connection }) {
        const { DataStorageMB: data } = await limitsOf(connection);
        if (!data) return warning('The org tells no limits.', 'Run the doctor as an administrator.');
        const found = `${data.Remaining} of ${data.Max} MB are free.`;
        const left = data.Remaining / data.Max;
        if (left < 0.02) return failed(found, 'Delete records, or ask Salesforce for storage.');
        return left < 0.1 ? warning(found, 'Delete records, or ask Salesforce for storage.') : passed(found);
    }
};

async function limitsOf(connection: { request<T>(path: string): Promise<T> }): Promise<Limits> {
    return connection.request<Limits>('/limits');
}

const runs: Check = {
    name: 'runs',
    about: `Figures are not older than ${STALE_HOURS} hours, and the last run ended well.`,
    async look({ connection, found }) {
        if (!found.isThere) return warning('There are no runs.', 'Run sf plumbline install.');
        const newest = await newestRuns(connection, found.names, 20);
        const [last] = newest.filter(({ status }) => status !== 'Queued' && status !== 'Running');
        if (!last) return warning('No run has ended yet.', 'Run sf plumbline run.');
        if (last.status === 'Failed')
            return failed(
                `The last run failed: ${last.errors ?? 'without a reason'}.`,
                'Do what its error says.'
            );
        const asOf = newest.find(({ dataAsOf }) => dataAsOf !== null)?.dataAsOf;
        const hours = asOf ? (Date.now() - Date.parse(asOf)) / HOUR_MS : Infinity;
        if (hours > STALE_HOURS)
            return warning(
                `The figures are ${Math.round(hours)} hours old.`,
                'Ask whoever runs the service whether its schedule is on; sf plumbline run brings them up to date.'
            );
        return last.status === 'Partial'
            ? warning('The last run left out some rows.', 'sf plumbline status --json tells which codes.')
            : passed(`As of ${asOf}.`);
    }
};

export const UPKEEP_CHECKS: Check[] = [apiBudget, storage, runs];
