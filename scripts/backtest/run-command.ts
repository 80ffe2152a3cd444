// How a command of this folder and its neighbours ends: its help where that is asked for, 0 when all is well, 1 when a file is wrong,
// 2 with the help when it is used wrongly. Anything else is a fault and is thrown on.
import { CommandError } from './csv-table.ts';
import { UsageError } from './options.ts';

export function runCommand(args: string[], help: string, run: (args: string[]) => void): number {
    if (args.includes('--help') || args.includes('-h')) {
        console.log(help);
        return 0;
    }
    try {
        run(args);
        return 0;
    } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        console.error(error.message);
        if (error instanceof UsageError) console.error(`\n${help}`);
        return error instanceof UsageError ? 2 : 1;
    }
}
