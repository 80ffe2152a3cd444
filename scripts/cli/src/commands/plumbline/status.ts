// `sf plumbline status`: what runs where, in which version, how old the figures are, and how the last runs ended.
import { Flags } from '@salesforce/sf-plugins-core';
import { SfError } from '@salesforce/core';
import { connectionOf, packageIn, PlumblineCommand, targetOrg, wordsOf } from '../../command.ts';
import { namedCredential } from '../../org/credential.ts';
import { newestRuns, type RunInOrg } from '../../org/runs.ts';
import { serviceState, type ServiceState } from '../../service/state.ts';

const words = wordsOf('plumbline.status');

export interface StatusResult {
    orgId: string;
    namespace: string;
    plugin: string;
    serviceUrl: string | null;
    service: ServiceState | null;
    /** of the newest run that wrote something; null before the first */
    dataAsOf: string | null;
    /** that computed what is there */
    engineVersion: string | null;
    runs: RunInOrg[];
}

export default class Status extends PlumblineCommand<StatusResult> {
    static override readonly summary = words.getMessage('summary');
    static override readonly description = words.getMessage('description');
    static override readonly examples = words.getMessages('examples');
    static override readonly flags = {
        'target-org': targetOrg,
        limit: Flags.integer({
            summary: words.getMessage('flags.limit.summary'),
            default: 5,
            min: 1,
            max: 200
        })
    };

    override async run(): Promise<StatusResult> {
        const { flags } = await this.parse(Status);
        const connection = connectionOf(flags['target-org']);
        const { isThere, namespace, names } = await packageIn(connection);
        if (!isThere)
            throw new SfError(words.getMessage('error.no-package'), 'NotInstalled', ['sf plumbline install']);
        const named = await namedCredential(connection, namespace);
        const runs = await newestRuns(connection, names, flags.limit);
        const { organization_id: orgId } = await connection.identity();
        const newest = runs.find(({ dataAsOf }) => dataAsOf !== null);
        const result: StatusResult = {
            orgId,
            namespace,
            plugin: this.config.plugins.get('@plumbline/sf-plugin')?.version ?? '',
            serviceUrl: named?.url ?? null,
            service: named ? await serviceState(named.url) : null,
            dataAsOf: newest?.dataAsOf ?? null,
            engineVersion: newest?.engineVersion ?? null,
            runs
        };
        this.#show(result);
        return result;
    }

    #show({ service, serviceUrl, dataAsOf, engineVersion, runs }: StatusResult): void {
        const state = !service ? 'none' : service.isReady ? 'ready' : 'not-ready';
        this.log(
            words.getMessage(`service.${state}`, [
                serviceUrl ?? '',
                service?.version ?? '?',
                service?.problem ?? ''
            ])
        );
        this.log(
            dataAsOf
                ? words.getMessage('as-of', [dataAsOf, engineVersion ?? '?'])
                : words.getMessage('no-runs')
        );
        if (runs.length === 0) return;
        this.table({
            data: runs.map(({ kind, status, requestedAt, finishedAt, counts, runKey }) => ({
                kind,
                status,
                requestedAt,
                finishedAt,
                read: counts.read,
                written: counts.written,
                failed: counts.failed,
                runKey
            }))
        });
    }
}
