// The command line of the back-test: its help and its options. Owns reading them; wrong ones are refused with what to do.
import { CommandError, fromWhereTyped, timeOf } from './csv-table.ts';

export const HELP = `Usage: npm run --silent backtest -- <folder> --as-of <date,...> --out <folder> [--close dates|days]

  <folder>   deals.csv, stage_history.csv, activities.csv; stages.json names the stages of another pipeline
  --as-of    dates such as 2011-11-14 or "2011-11-14 09:30:00"; for each, only what happened before it is read
  --out      folder for predictions.csv, forecast.csv, reasons.csv and model-cards.json
  --close    close_p10, close_p50, close_p90 as dates (the default) or as days from the as-of date

Where the folder also holds what happened later, the record of the predictions is printed.
Ends with 0 when all is well, 1 when a file is wrong, 2 when used wrongly. See service/docs/outcome-models.md.`;

export class UsageError extends CommandError {}

export interface Options {
    folder: string;
    asOf: { text: string; at: number }[];
    out: string;
    closeAs: 'dates' | 'days';
}

const NAMES = ['--as-of', '--out', '--close'];

export function readOptions(args: string[]): Options {
    const named = new Map<string, string>();
    const folders: string[] = [];
    for (let i = 0; i < args.length; i++) {
        const arg = args[i]!;
        if (!arg.startsWith('--')) {
            folders.push(arg);
            continue;
        }
        if (!NAMES.includes(arg))
            throw new UsageError(`There is no option ${arg}; there are ${NAMES.join(', ')}.`);
        if (named.has(arg)) throw new UsageError(`${arg} is given twice.`);
        const value = args[++i];
        if (value === undefined || value.startsWith('--')) throw new UsageError(`${arg} needs a value.`);
        named.set(arg, value);
    }
    if (folders.length !== 1) throw new UsageError(`Name one folder to read; ${folders.length} were named.`);
    const closeAs = named.get('--close') ?? 'dates';
    if (closeAs !== 'dates' && closeAs !== 'days')
        throw new UsageError(`--close is dates or days, not ${closeAs}.`);
    return {
        folder: fromWhereTyped(folders[0]!),
        asOf: asOfDates(needed(named, '--as-of')),
        out: fromWhereTyped(needed(named, '--out')),
        closeAs
    };
}

function needed(named: Map<string, string>, name: string): string {
    const value = named.get(name);
    if (value === undefined) throw new UsageError(`${name} is missing.`);
    return value;
}

function asOfDates(text: string): Options['asOf'] {
    const dates = text.split(',').map((each) => ({ text: each.trim(), at: timeOf(each) }));
    const wrong = dates.find(({ at }) => Number.isNaN(at));
    if (wrong)
        throw new UsageError(`--as-of: "${wrong.text}" is no date. Write 2011-11-14, several with commas.`);
    return dates.filter(({ at }, i) => dates.findIndex((other) => other.at === at) === i);
}
