// Options of a command that all take a value or none. What cannot be read ends the process with 2 and says how the command is
// used; `--help` says it too. What the values mean is the command's own.
import { parseArgs, type ParseArgsConfig } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;
type Values<T extends Options> = ReturnType<typeof parseArgs<{ options: T }>>['values'];

export function readOptions<T extends Options>(options: T, usage: string): Values<T> {
    try {
        const { help, ...values } = parseArgs({
            options: { ...options, help: { type: 'boolean', short: 'h' } }
        }).values as Record<string, unknown>;
        if (!help) return values as Values<T>;
    } catch (error) {
        refuse((error as Error).message, usage);
    }
    console.log(usage);
    process.exit(0);
}

export function refuse(why: string, usage: string): never {
    console.error(`${why}\n\n${usage}`);
    process.exit(2);
}
