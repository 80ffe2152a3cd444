// `sf plumbline plan validate`: everything wrong with plans, at once, without an org.
import { resolve } from 'node:path';
import { Args } from '@oclif/core';
import type { Problem } from '../../../../../../service/src/domain/problem.ts';
import { readPlanFile } from '../../../../../plan/files.ts';
import { PlumblineCommand, wordsOf } from '../../../command.ts';
import { problemLines } from '../../../plans.ts';

const words = wordsOf('plumbline.plan.validate');

export interface ValidatedPlan {
    file: string;
    plan: string | null;
    problems: Problem[];
}

export default class PlanValidate extends PlumblineCommand<ValidatedPlan[]> {
    static override readonly summary = words.getMessage('summary');
    static override readonly description = words.getMessage('description');
    static override readonly examples = words.getMessages('examples');
    static override readonly strict = false;
    static override readonly args = {
        file: Args.string({ description: words.getMessage('args.file.description'), required: true })
    };

    override async run(): Promise<ValidatedPlan[]> {
        const { argv } = await this.parse(PlanValidate);
        const validated = (argv as string[]).map((file) => {
            const { plan, problems } = readPlanFile(resolve(file));
            return { file, plan: plan?.key ?? null, problems };
        });
        for (const { file, problems } of validated) {
            if (problems.length === 0) this.logSuccess(words.getMessage('fine', [file]));
            else this.log([file, ...problemLines(problems)].join('\n  '));
        }
        if (validated.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
        return validated;
    }
}
