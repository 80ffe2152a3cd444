// `sf plumbline plan export`: the canonical text of a plan of the org, to the screen or into a folder.
import { Args } from '@oclif/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { connectionOf, packageIn, PlumblineCommand, targetOrg, wordsOf } from '../../../command.ts';
import { exportToFolder, type ExportedFolder } from '../../../plans.ts';

const words = wordsOf('plumbline.plan.export');

export default class PlanExport extends PlumblineCommand<ExportedFolder> {
    static override readonly summary = words.getMessage('summary');
    static override readonly description = words.getMessage('description');
    static override readonly examples = words.getMessages('examples');
    static override readonly args = {
        key: Args.string({ description: words.getMessage('args.key.description'), required: true })
    };
    static override readonly flags = {
        'target-org': targetOrg,
        version: Flags.string({ summary: words.getMessage('flags.version.summary') }),
        'output-dir': Flags.string({ summary: words.getMessage('flags.output-dir.summary'), char: 'd' })
    };

    override async run(): Promise<ExportedFolder> {
        const { flags, args } = await this.parse(PlanExport);
        const connection = connectionOf(flags['target-org']);
        const { names } = await packageIn(connection);
        const { version, 'output-dir': folder } = flags;
        const exported = await exportToFolder(connection, names, args.key, {
            ...(version ? { version } : {}),
            ...(folder ? { folder } : {})
        });
        if (folder)
            this.logSuccess(words.getMessage('written', [exported.version, exported.files.join(', ')]));
        else this.log(exported.yaml);
        return exported;
    }
}
