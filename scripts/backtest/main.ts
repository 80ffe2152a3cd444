// `npm run backtest`: predicts open deals as of past days from a folder of files, and tells how right it was where the
// folder knows. Figures go to files and stdout, warnings and problems to stderr.
import { assessOutcomes } from '../../service/src/domain/outcomes/pipeline-outcomes.ts';
import { TARGETS } from '../../service/src/domain/outcomes/targets.ts';
import { measureLater } from './measure-later.ts';
import { HELP, readOptions } from './options.ts';
import { readFolder } from './read-folder.ts';
import { runCommand } from './run-command.ts';
import { writeResults, type WrittenRun } from './write-results.ts';

function run(args: string[]): void {
    const options = readOptions(args);
    const { log, meaning, warnings } = readFolder(options.folder);
    for (const warning of warnings) console.error(`Warning: ${warning}`);
    const told = new Set<string>();
    const runs = options.asOf.map(({ text, at }): WrittenRun => {
        const outcomes = assessOutcomes(log, meaning, at);
        for (const warning of outcomes.warnings) {
            if (!told.has(warning)) console.error(`Warning as of ${text}: ${warning}`);
            told.add(warning);
        }
        console.log(`${text}: ${outcomes.dealIds.length} open deals`);
        for (const { key, words } of TARGETS) console.log(`    ${words}: ${stateOf(outcomes.models[key])}`);
        return { asOf: text, outcomes };
    });
    writeResults(options.out, runs, options.closeAs);
    for (const line of measureLater(
        log,
        meaning,
        runs.map(({ outcomes }) => outcomes)
    ))
        console.log(line);
}

function stateOf(model: WrittenRun['outcomes']['models']['win']): string {
    if (model.status === 'notEnoughHistory') return `not enough history (${model.why}); no probabilities`;
    const { record } = model;
    const best = record.candidates.find(({ key }) => key === record.winner)!;
    if (model.status === 'noSignal')
        return `no signal: nothing beats the base rate, ${(100 * best.shareYes).toFixed(1)} %, which is given`;
    return (
        `${record.winner} won the race (AUC ${best.auc?.toFixed(3) ?? 'none'}, Brier ${best.brier.toFixed(4)} on ` +
        `${best.rows} later rows), calibration ${record.calibration.kind}`
    );
}

process.exitCode = runCommand(process.argv.slice(2), HELP, run);
