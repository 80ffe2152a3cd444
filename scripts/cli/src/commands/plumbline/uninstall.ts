// `sf plumbline uninstall`: says what would go. With --confirm it goes: the key, the assignments, the components with their rows, and the
// org's place in the service. An installed package is Salesforce's to remove; then the steps by hand are named.
import { Flags } from '@salesforce/sf-plugins-core';
import type { Connection } from '@salesforce/core';
import {
    connectionOf,
    packageIn,
    PlumblineCommand,
    targetOrg,
    wordsOf,
    type PackageInOrg
} from '../../command.ts';
import { forgetKey } from '../../org/credential.ts';
import { assignmentsOf, setIds, unassign } from '../../org/people.ts';
import { componentNames, removeComponents, type ComponentName } from '../../org/remove.ts';
import { packageObjects, PACKAGE_FOLDER, SUBSCRIBER_FOLDER } from '../../project.ts';
import { operatorHere, removeTenant, tenantOf } from '../../service/tenants.ts';

const words = wordsOf('plumbline.uninstall');

export interface UninstallResult {
    isRemoved: boolean;
    /** what goes, or would go */
    components: number;
    byType: Record<string, number>;
    assignments: number;
    /** rows that go with our objects, by object; empty ones are left out */
    rows: Record<string, number>;
    /** what is left for people */
    byHand: string[];
}

export default class Uninstall extends PlumblineCommand<UninstallResult> {
    static override readonly summary = words.getMessage('summary');
    static override readonly description = words.getMessage('description');
    static override readonly examples = words.getMessages('examples');
    static override readonly flags = {
        'target-org': targetOrg,
        confirm: Flags.boolean({ summary: words.getMessage('flags.confirm.summary') })
    };

    override async run(): Promise<UninstallResult> {
        const { flags } = await this.parse(Uninstall);
        const connection = connectionOf(flags['target-org']);
        const found = await packageIn(connection);
        const isSource = found.namespace === '';
        const names = componentNames(isSource ? [PACKAGE_FOLDER, SUBSCRIBER_FOLDER] : [SUBSCRIBER_FOLDER]);
        const ids = await setIds(connection, found.namespace);
        const assigned = await assignmentsOf(connection, [...ids.values()]);
        const result: UninstallResult = {
            isRemoved: false,
            components: names.length,
            byType: countByType(names),
            assignments: assigned.size,
            rows: found.isThere ? await rowsOf(connection, found) : {},
            byHand: []
        };
        if (!flags.confirm) return this.#wouldGo(result, found);
        await this.#remove(connection, found, names, [...ids.values()]);
        result.isRemoved = isSource;
        result.byHand = [
            ...(isSource ? [] : [words.getMessage('hand.package', [found.namespace])]),
            ...(await this.#leaveService(connection)),
            words.getMessage('hand.app'),
            words.getMessage('hand.user')
        ];
        this.logSuccess(words.getMessage(isSource ? 'removed' : 'prepared', [result.components]));
        for (const step of result.byHand) this.log(`  - ${step}`);
        return result;
    }

    #wouldGo(result: UninstallResult, found: PackageInOrg): UninstallResult {
        this.log(words.getMessage('would.components', [result.components, result.assignments]));
        for (const [type, count] of Object.entries(result.byType))
            this.log(`  ${String(count).padStart(5)} ${type}`);
        const rows = Object.entries(result.rows);
        if (rows.length > 0) this.warn(words.getMessage('would.rows'));
        for (const [object, count] of rows) this.log(`  ${String(count).padStart(9)} rows of ${object}`);
        if (found.namespace !== '') this.log(words.getMessage('hand.package', [found.namespace]));
        this.log(words.getMessage('would.confirm'));
        return result;
    }

    async #remove(
        connection: Connection,
        found: PackageInOrg,
        names: readonly ComponentName[],
        sets: readonly string[]
    ): Promise<void> {
        // First what lets anybody in; should a later step be refused, nothing works with half of it.
        if (found.isThere)
            await this.step(
                words.getMessage('step.key'),
                () => forgetKey(connection, found.namespace),
                (was) => (was ? 'done' : 'there was none')
            );
        await this.step(
            words.getMessage('step.assignments'),
            () => unassign(connection, sets),
            (count) => `${count}`
        );
        await this.step(
            words.getMessage('step.components'),
            () =>
                removeComponents(connection, names, (done, total) => {
                    if (total > 0) this.spinner.status = `${done} of ${total}`;
                }),
            (count) => `${count}`
        );
    }

    /** The operator's key lets us tell the service as well; without it somebody else must. */
    async #leaveService(connection: Connection): Promise<string[]> {
        const { organization_id: orgId } = await connection.identity();
        const operator = operatorHere();
        if (!operator || !(await tenantOf(operator, orgId)))
            return operator ? [] : [words.getMessage('hand.service', [orgId])];
        await this.step(
            words.getMessage('step.service'),
            () => removeTenant(operator, orgId),
            () => 'done'
        );
        return [];
    }
}

function countByType(names: readonly ComponentName[]): Record<string, number> {
    return Object.fromEntries(
        [...Map.groupBy(names, ({ type }) => type)].map(([type, some]) => [type, some.length])
    );
}

async function rowsOf(connection: Connection, { names }: PackageInOrg): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    const { sobjects } = await connection.describeGlobal();
    const there = new Set(sobjects.map(({ name }) => name));
    for (const object of packageObjects()) {
        if (!object.endsWith('__c') || !there.has(names.q(object))) continue;
        const { totalSize } = await connection.query(`SELECT COUNT() FROM ${names.q(object)}`);
        if (totalSize > 0) counts[object] = totalSize;
    }
    return counts;
}
