// `npm run plan`: calculates, checks, explains and tests plans from files. Figures go to stdout, words about problems to stderr.
import { join } from 'node:path';
import { checkCommand } from './check.ts';
import { docsCommand } from './docs.ts';
import { explainCommand } from './explain.ts';
import { FileError, HELP, UsageError } from './files.ts';
import { exportCommand, importCommand } from './org.ts';
import { packsCommand } from './packs.ts';
import { runCommand } from './run.ts';
import { simulateCommand } from './simulate.ts';
import { testCommand } from './test.ts';
import { validateCommand } from './validate.ts';

const ROOT = join(import.meta.dirname, '../..');

const COMMANDS: Record<string, (args: string[]) => number | Promise<number>> = {
    run: runCommand,
    validate: validateCommand,
    explain: explainCommand,
    test: testCommand,
    simulate: simulateCommand,
    check: checkCommand,
    import: importCommand,
    export: exportCommand,
    docs: (args) => docsCommand(args, ROOT),
    packs: (args) => packsCommand(args, ROOT)
};

/** 0: all is well; 1: something is wrong with a plan, an input or a case; 2: wrong usage. */
async function main([name = '', ...args]: string[]): Promise<number> {
    if (name === '--help' || name === '-h' || name === 'help' || args.includes('--help')) {
        console.log(HELP);
        return 0;
    }
    try {
        const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
        if (!command) throw new UsageError(name === '' ? 'Say what to do.' : `There is no command ${name}.`);
        return await command(args);
    } catch (error) {
        if (!(error instanceof UsageError || error instanceof FileError)) throw error;
        console.error(error instanceof UsageError ? `${error.message}\n\n${HELP}` : error.message);
        return 2;
    }
}

// A reader that has seen enough (`| head`) closes the pipe: no fault of anybody.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
});
process.exitCode = await main(process.argv.slice(2));
