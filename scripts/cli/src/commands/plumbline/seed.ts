// `sf plumbline seed`: what a new customer's org begins with. Definitions of scorecards and, where asked for, published plans as drafts.
// Only rows that are not there yet are made, so that what people have changed stays.
import { Flags } from '@salesforce/sf-plugins-core';
import { SfError, type Connection } from '@salesforce/core';
import { connectionOf, packageIn, PlumblineCommand, targetOrg, wordsOf } from '../../command.ts';
import { missingRows, createRows } from '../../org/rows.ts';
import { importFolder, planFolder, planKeys, type ImportedFolder } from '../../plans.ts';
import { definitionRows, type DefinitionRow } from '../../../../scorecards/definition-rows.ts';
import type { Names } from '../../../../../service/src/salesforce/names.ts';

const words = wordsOf('plumbline.seed');

export interface SeedResult {
    created: Record<string, number>;
    kept: Record<string, number>;
    /** rules of deal health; they come with the package */
    rules: number;
    plans: ImportedFolder[];
}

export default class Seed extends PlumblineCommand<SeedResult> {
    static override readonly summary = words.getMessage('summary');
    static override readonly description = words.getMessage('description');
    static override readonly examples = words.getMessages('examples');
    static override readonly flags = {
        'target-org': targetOrg,
        plan: Flags.string({
            summary: words.getMessage('flags.plan.summary'),
            multiple: true,
            delimiter: ','
        }),
        'all-plans': Flags.boolean({ summary: words.getMessage('flags.all-plans.summary') })
    };

    override async run(): Promise<SeedResult> {
        const { flags } = await this.parse(Seed);
        const keys = flags['all-plans'] ? planKeys() : (flags.plan ?? []);
        const unknown = keys.filter((key) => !planKeys().includes(key));
        if (unknown.length > 0)
            throw new SfError(words.getMessage('error.plan', [unknown.join(', ')]), 'NoSuchPlan', [
                words.getMessage('next.plan')
            ]);
        const connection = connectionOf(flags['target-org']);
        const { isThere, names } = await packageIn(connection);
        if (!isThere)
            throw new SfError(words.getMessage('error.no-package'), 'NotInstalled', ['sf plumbline install']);
        const result: SeedResult = { created: {}, kept: {}, rules: 0, plans: [] };
        for (const [object, rows] of definitionRows())
            await this.#seed(connection, names, object, rows, result);
        result.rules = await countOf(connection, names.q('PipelineFlagRule__mdt'));
        for (const key of keys) {
            result.plans.push(
                await this.step(
                    words.getMessage('step.plan', [key]),
                    () => importFolder(connection, names, planFolder(key)),
                    ({ outcome }) => outcome
                )
            );
        }
        this.logSuccess(words.getMessage('done', [result.rules, result.plans.length]));
        return result;
    }

    async #seed(
        connection: Connection,
        names: Names,
        object: string,
        rows: DefinitionRow[],
        result: SeedResult
    ): Promise<void> {
        const missing = await this.step(
            words.getMessage('step.rows', [object]),
            async () => {
                const missing = await missingRows(connection, names, object, rows);
                await createRows(connection, names, object, missing);
                return missing;
            },
            (some) => `${some.length} new, ${rows.length - some.length} there already`
        );
        result.created[object] = missing.length;
        result.kept[object] = rows.length - missing.length;
    }
}

async function countOf(connection: Connection, object: string): Promise<number> {
    return (await connection.query(`SELECT COUNT() FROM ${object}`)).totalSize;
}
