// `sf plumbline plan import`: folders with plan.yaml and cases.yaml into an org, as drafts.
import { Args } from '@oclif/core';
import { connectionOf, packageIn, PlumblineCommand, targetOrg, wordsOf } from '../../../command.ts';
import { importFolder, type ImportedFolder } from '../../../plans.ts';

const words = wordsOf('plumbline.plan.import');

export default class PlanImport extends PlumblineCommand<ImportedFolder[]> {
    static override readonly summary = words.getMessage('summary');
    static override readonly description = words.getMessage('description');
    static override readonly examples = words.getMessages('examples');
    static override readonly strict = false;
    static override readonly args = {
        folder: Args.string({ description: words.getMessage('args.folder.description'), required: true })
    };
    static override readonly flags = { 'target-org': targetOrg };

    override async run(): Promise<ImportedFolder[]> {
        const { flags, argv } = await this.parse(PlanImport);
        const connection = connectionOf(flags['target-org']);
        const { names } = await packageIn(connection);
        const imported: ImportedFolder[] = [];
        for (const folder of argv as string[]) {
            const one = await this.step(
                folder,
                () => importFolder(connection, names, folder),
                ({ version, outcome }) => `${version} ${outcome}`
            );
            imported.push(one);
            for (const name of one.failingCases) this.warn(words.getMessage('case', [folder, name]));
            if (one.failingCases.length > 0) process.exitCode = 1;
        }
        return imported;
    }
}
