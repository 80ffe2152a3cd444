// The words after `npm run demo --`.
import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import { SIZES, type SizeName } from './firm/firm.ts';
import { DemoProblem } from './problem.ts';

export interface DemoOptions {
    /** folder of the loan pipeline; null = the generated firm */
    dataFolder: string | null;
    size: SizeName;
    orgPort: number;
    servicePort: number;
    /** throw away what an earlier start left */
    fresh: boolean;
    /** deal health and pay only: forecast and scorecards are what takes longest */
    quick: boolean;
    /** stop as soon as everything runs */
    exit: boolean;
    /** print the help and do nothing else */
    help: boolean;
}

export class OptionError extends DemoProblem {}

export const HELP = `npm run demo [-- options]
  --data FOLDER        a folder with deals.csv, stage_history.csv and activities.csv instead of the generated firm
  --size NAME          size of the generated firm: ${Object.keys(SIZES).join(', ')} (small)
  --port N             port of the local org (8800)
  --service-port N     port of the service (8787)
  --fresh              begin anew instead of reusing what the last start left
  --quick              without forecast and scorecards, which take longest
  --exit               stop once everything runs
  --help               print this

Everything it makes lies in .plumbline, or in the folder that PLUMBLINE_HOME names.`;

export function parseDemoOptions(args: string[]): DemoOptions {
    let values: Record<string, string | boolean | undefined>;
    try {
        values = parseArgs({
            args,
            options: {
                data: { type: 'string' },
                size: { type: 'string' },
                port: { type: 'string' },
                'service-port': { type: 'string' },
                fresh: { type: 'boolean' },
                quick: { type: 'boolean' },
                exit: { type: 'boolean' },
                help: { type: 'boolean', short: 'h' }
            }
        }).values;
    } catch (error) {
        throw new OptionError(`${(error as Error).message}\n\n${HELP}`);
    }
    const size = (values['size'] ?? 'small') as SizeName;
    if (!Object.hasOwn(SIZES, size))
        throw new OptionError(`--size ${size} is not one of ${Object.keys(SIZES).join(', ')}.`);
    return {
        dataFolder: values['data'] ? fromWhereTyped(String(values['data'])) : null,
        size,
        orgPort: portOf('--port', values['port'], 8800),
        servicePort: portOf('--service-port', values['service-port'], 8787),
        fresh: values['fresh'] === true,
        quick: values['quick'] === true,
        exit: values['exit'] === true,
        help: values['help'] === true
    };
}

/** npm runs scripts in the project folder; INIT_CWD is where the person typed the command. */
export function fromWhereTyped(path: string): string {
    return resolve(process.env['INIT_CWD'] ?? '.', path);
}

function portOf(name: string, text: string | boolean | undefined, fallback: number): number {
    const port = text === undefined ? fallback : Number(text);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
        throw new OptionError(`${name} ${text} is no port number (1 to 65535).`);
    return port;
}
