// `npm run scorecards`: what is made from the definitions of scorecards. Each command takes --check to compare without writing.
import { join } from 'node:path';
import { definitionsCommand } from './definitions/command.ts';
import { docsCommand } from './docs.ts';

const ROOT = join(import.meta.dirname, '../..');
const HELP = `npm run --silent scorecards -- docs [--check]
    Measures early warnings and the search for manufactured numbers on planted declines and writes the figures into
    service/docs/early-warnings.md. Takes about a minute.
npm run --silent scorecards -- definitions [--check]
    Writes signals, metrics, standards, templates and cases of config/scorecards into
    service/docs/scorecard-definitions.md.`;

const COMMANDS: Record<string, (args: readonly string[]) => number> = {
    docs: (args) => docsCommand(args, ROOT),
    definitions: (args) => definitionsCommand(args, ROOT)
};

function main([name = '', ...args]: string[]): number {
    const unknown = args.filter((arg) => arg !== '--check');
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (command && unknown.length === 0) return command(args);
    if (name === '--help' || name === '-h') {
        console.log(HELP);
        return 0;
    }
    console.error(
        `${command ? `${unknown.join(' ')} is no option of ${name}.` : `There is no command ${name}.`}\n\n${HELP}`
    );
    return 2;
}

process.exitCode = main(process.argv.slice(2));
