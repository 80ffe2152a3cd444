// `sf plumbline plan test`: the cases beside plans, run by the engine, without an org.
import { resolve } from 'node:path';
import { Args } from '@oclif/core';
import { runPlanCases, planFolders, type TestedPlan } from '../../../../../plan/test.ts';
import { PlumblineCommand, wordsOf } from '../../../command.ts';
import { problemLines } from '../../../plans.ts';

const words = wordsOf('plumbline.plan.test');

export default class PlanTest extends PlumblineCommand<TestedPlan[]> {
    static override readonly summary = words.getMessage('summary');
    static override readonly description = words.getMessage('description');
    static override readonly examples = words.getMessages('examples');
    static override readonly strict = false;
    static override readonly args = {
        folder: Args.string({ description: words.getMessage('args.folder.description'), required: true })
    };

    override async run(): Promise<TestedPlan[]> {
        const { argv } = await this.parse(PlanTest);
        const tested = (argv as string[]).flatMap((path) => planFolders(resolve(path)).map(runPlanCases));
        for (const one of tested) this.#tell(one);
        const outcomes = tested.flatMap((one) => one.outcomes);
        const failed = outcomes.filter(({ differences }) => differences.length > 0).length;
        this.log(words.getMessage('total', [outcomes.length - failed, failed]));
        if (failed > 0 || tested.some(({ wrong }) => wrong.length > 0)) process.exitCode = 1;
        return tested;
    }

    #tell({ plan, wrong, outcomes }: TestedPlan): void {
        for (const { file, problems } of wrong) this.log([file, ...problemLines(problems)].join('\n  '));
        for (const { name, differences } of outcomes) {
            this.log(`${differences.length === 0 ? 'ok    ' : 'not ok'} ${plan}: ${name}`);
            for (const { path, expected, actual } of differences)
                this.log(`         ${path}: expected ${expected}, is ${actual}`);
        }
    }
}
