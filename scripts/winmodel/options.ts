// The command line of the win model on attributes: its help and its options. Owns reading them.
import { fromWhereTyped, timeOf } from '../backtest/csv-table.ts';
import { UsageError } from '../backtest/options.ts';

export const HELP = `Usage: npm run --silent winmodel -- --train <csv> --score <csv> --out <csv> [options]

  --train    one row per opportunity with its attributes and its outcome
  --score    the rows to score; columns it does not have are not used
  --out      id, p_win, basis, zombie, age_days and three reasons of each row to score
  --id       column of the id       (default: the first column that ends in id)
  --label    column of the outcome  (default: outcome or status); Won, Lost, anything else is open
  --created  column of the beginning (default: engage_date, created_at or created_date, if there)
  --closed   column of the end      (default: close_date or closed_at, if there)
  --ignore   columns not to use, with commas
  --as-of    the day to count ages to (default: the latest day in the files)

Where won and lost cannot be told apart it says so, and p_win is the base rate.
Ends with 0 when all is well, 1 when a file is wrong, 2 when used wrongly. See service/docs/outcome-models.md.`;

export interface Options {
    train: string;
    score: string;
    out: string;
    id: string | null;
    label: string | null;
    created: string | null;
    closed: string | null;
    ignore: string[];
    asOf: number | null;
}

const NEEDED = ['--train', '--score', '--out'];
const NAMES = [...NEEDED, '--id', '--label', '--created', '--closed', '--ignore', '--as-of'];

export function readOptions(args: string[]): Options {
    const named = new Map<string, string>();
    for (let i = 0; i < args.length; i += 2) {
        const name = args[i]!;
        const value = args[i + 1];
        if (!NAMES.includes(name))
            throw new UsageError(`There is no option ${name}; there are ${NAMES.join(', ')}.`);
        if (named.has(name)) throw new UsageError(`${name} is given twice.`);
        if (value === undefined || value.startsWith('--')) throw new UsageError(`${name} needs a value.`);
        named.set(name, value);
    }
    const missing = NEEDED.filter((name) => !named.has(name));
    if (missing.length > 0) throw new UsageError(`${missing.join(', ')} missing.`);
    const asOf = named.has('--as-of') ? timeOf(named.get('--as-of')!) : null;
    if (Number.isNaN(asOf))
        throw new UsageError(`--as-of: "${named.get('--as-of')}" is no date. Write 2017-09-01.`);
    const column = (name: string): string | null => named.get(name) ?? null;
    return {
        train: fromWhereTyped(named.get('--train')!),
        score: fromWhereTyped(named.get('--score')!),
        out: fromWhereTyped(named.get('--out')!),
        id: column('--id'),
        label: column('--label'),
        created: column('--created'),
        closed: column('--closed'),
        ignore: (named.get('--ignore') ?? '').split(',').filter((name) => name !== ''),
        asOf
    };
}
