// `sf plumbline run`: asks for a run and follows it in the org until it ends.
import { setTimeout as wait } from 'node:timers/promises';
import { Flags } from '@salesforce/sf-plugins-core';
import { SfError, type Connection } from '@salesforce/core';
import {
    connectionOf,
    packageIn,
    PlumblineCommand,
    targetOrg,
    wordsOf,
    type PackageInOrg
} from '../../command.ts';
import { isUnderWay, runOf, type RunInOrg } from '../../org/runs.ts';
import { doorFor } from '../../service/door-for.ts';

const words = wordsOf('plumbline.run');
const KINDS = ['pipeline', 'forecast', 'scorecards', 'pay', 'publication'] as const;
const OF_A_PERIOD: readonly string[] = ['pay', 'publication'];
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5_000;
/** As `sf project deploy start` ends when some of it was done and some was refused. */
const SOME_REFUSED = 68;

export interface RunResult {
    runKey: string;
    /** a run was under way, so no second one was begun */
    alreadyRunning: boolean;
    run: RunInOrg | null;
}

export default class Run extends PlumblineCommand<RunResult> {
    static override readonly summary = words.getMessage('summary');
    static override readonly description = words.getMessage('description');
    static override readonly examples = words.getMessages('examples');
    static override readonly flags = {
        'target-org': targetOrg,
        kind: Flags.option({
            summary: words.getMessage('flags.kind.summary'),
            options: KINDS,
            default: 'pipeline' as const
        })(),
        scope: Flags.option({
            summary: words.getMessage('flags.scope.summary'),
            options: ['full', 'delta'] as const
        })(),
        period: Flags.string({ summary: words.getMessage('flags.period.summary') }),
        wait: Flags.integer({ summary: words.getMessage('flags.wait.summary'), default: 30, min: 0 })
    };

    override async run(): Promise<RunResult> {
        const { flags } = await this.parse(Run);
        const body = workOf(flags);
        const connection = connectionOf(flags['target-org']);
        const found = await packageIn(connection);
        const door = await doorFor(connection, found);
        const asked = await this.step(
            words.getMessage('step.ask', [flags.kind]),
            () => door.post<{ runKey: string; alreadyRunning: boolean }>('/v1/runs', body),
            ({ runKey, alreadyRunning }) => (alreadyRunning ? `${runKey} is under way` : runKey)
        );
        if (flags.wait === 0) return { ...asked, run: null };
        const run = await this.#follow(connection, found, asked.runKey, flags.wait * 60_000);
        this.#tell(run);
        return { ...asked, run };
    }

    async #follow(
        connection: Connection,
        { names }: PackageInOrg,
        runKey: string,
        patienceMs: number
    ): Promise<RunInOrg> {
        const until = Date.now() + patienceMs;
        this.spinner.start(words.getMessage('step.follow'));
        for (let pause = FIRST_WAIT_MS; ; pause = Math.min(pause * 1.5, LONGEST_WAIT_MS)) {
            const run = await runOf(connection, names, runKey);
            if (run && !isUnderWay(run)) {
                this.spinner.stop(run.status);
                return run;
            }
            if (run) this.spinner.status = `${run.stage ?? run.status}, ${run.progressPercent} %`;
            if (Date.now() + pause > until) {
                this.spinner.stop('still under way');
                throw new SfError(words.getMessage('error.slow', [runKey]), 'StillRunning', [
                    'It goes on by itself: sf plumbline status shows how it ends.'
                ]);
            }
            await wait(pause);
        }
    }

    #tell(run: RunInOrg): void {
        const { read, computed, written, failed, apiCalls } = run.counts;
        this.log(words.getMessage('counts', [read, computed, written, failed, apiCalls]));
        if (run.warnings) this.warn(run.warnings);
        if (run.status === 'Partial') process.exitCode = SOME_REFUSED;
        if (run.status === 'Failed') process.exitCode = 1;
        if (run.status === 'Succeeded') this.logSuccess(words.getMessage('succeeded', [run.dataAsOf ?? '']));
        else if (run.errors) this.warn(run.errors);
    }
}

/** The body of the request, or what the flags lack. */
function workOf(flags: { kind: string; scope?: string; period?: string }): object {
    const { kind, scope, period } = flags;
    const needsPeriod = OF_A_PERIOD.includes(kind);
    if (needsPeriod && !period)
        throw new SfError(words.getMessage('error.no-period', [kind]), 'NoPeriod', ['--period 2026-Q3']);
    if (!needsPeriod && period)
        throw new SfError(words.getMessage('error.period', [kind]), 'NotOfAPeriod', ['Leave --period out.']);
    if (scope && kind !== 'pipeline')
        throw new SfError(words.getMessage('error.scope', [kind]), 'NoScope', ['Leave --scope out.']);
    return { kind, ...(scope ? { scope } : {}), ...(needsPeriod ? { period } : {}) };
}
