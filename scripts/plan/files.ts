// What the plan commands share: their help, files named on the command line, problems as lines for people.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Problem } from '../../service/src/domain/problem.ts';
import { parsePlan } from '../../service/src/domain/incentives/parse-plan.ts';

export const HELP = `Usage: npm run --silent plan -- <command> <files>

  run <plan.yaml> <input.json>     calculates, prints the result as JSON
  validate <plan.yaml> [<input.json>]
                                   every problem at once: where, value, what to do
  explain <plan.yaml>              the plan in words, with its complexity index
  test [<folder> ...]              runs cases.yaml against plan.yaml in each folder (default: config/plans)
  check <plan.yaml> <input.json> <result.json>
                                   derives every figure of the result anew and names what does not follow
  simulate <plan.yaml> <input.json> [--against <other.yaml>] [--profile <profile.yaml>]
           [--packs <key>,...] [--measure <key>] [--payee <id>]
                                   replays 12 months or more: cost, winners and losers, pay curve,
                                   cliffs, product bias, gates, what rule packs find
  import <folder> --org <address>  writes plan.yaml, cases.yaml and profile.yaml of the folder into an org, as a draft
  export <key> --org <address> [--version <version>] [--to <folder>]
                                   the canonical text of a plan of the org, to stdout or into the folder
  docs [--check]                   writes the page of every plan, or tells which are stale
  packs [--check]                  runs the cases of the rule packs and writes their page

Files are looked for from where you are; - reads the input from stdin. import and export sign in with the access token
in SF_ACCESS_TOKEN; --namespace names that of an installed package.
Ends with 0 when all is well, 1 when something is wrong with a plan, an input or a case, 2 when used wrongly.
The language: service/docs/plan-language.md.

  npm run --silent plan -- run config/plans/quarterly-accelerator/plan.yaml input.json
  npm run --silent plan -- validate my-plan.yaml
  npm run --silent plan -- test config/plans/quarterly-accelerator`;

/** The command line cannot be carried out; the message says why. */
export class UsageError extends Error {}

/** A file that is named cannot be read; the message says which and why. */
export class FileError extends Error {}

/** npm changes the folder; INIT_CWD is the one the command was typed in. */
export function fromWhereTyped(path: string): string {
    return resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
}

export function readText(path: string): string {
    const file = path === '-' ? 0 : fromWhereTyped(path);
    try {
        return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
    } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        throw new FileError(`${path} cannot be read: ${UNREADABLE[code ?? '']?.(file) ?? message}.`);
    }
}

const UNREADABLE: Record<string, (file: string | number) => string> = {
    ENOENT: (file) => `there is no file ${file}`,
    EISDIR: () => 'it is a folder; name a file in it',
    EACCES: () => 'you may not read it',
    ERR_ENCODING_INVALID_ENCODED_DATA: () => 'it is no UTF-8 text'
};

export function readPlanFile(path: string): ReturnType<typeof parsePlan> {
    return parsePlan(readText(path));
}

/** One line for what is wrong where, one for what to do. */
export function tellProblems(problems: Problem[], file: string): void {
    for (const { code, where, value, fix } of problems)
        console.error(`${file}: ${where}: ${code}${value === '' ? '' : ` "${value}"`}\n    ${fix}`);
    if (problems.length > 0) console.error(`${problems.length} problem${problems.length === 1 ? '' : 's'}.`);
}

/** `--name value` for the options known; everything else stays in order. */
export function optionsOf<const Name extends string>(
    args: string[],
    names: readonly Name[]
): { options: Partial<Record<Name, string>>; rest: string[] } {
    const options: Partial<Record<Name, string>> = {};
    const rest: string[] = [];
    for (let index = 0; index < args.length; index++) {
        const name = names.find((option) => `--${option}` === args[index]);
        if (name === undefined) {
            rest.push(args[index]!);
            continue;
        }
        const value = args[++index];
        if (value === undefined) throw new UsageError(`Say what comes after --${name}.`);
        options[name] = value;
    }
    return { options, rest };
}

export function argumentsOf(args: string[], names: string[], optional = 0): string[] {
    const unknown = args.find((arg) => arg.startsWith('-') && arg !== '-');
    if (unknown !== undefined) throw new UsageError(`There is no option ${unknown}.`);
    if (args.length < names.length - optional) throw new UsageError(`Name ${names[args.length]}.`);
    if (args.length > names.length) throw new UsageError(`${args[names.length]} is one file too many.`);
    return args;
}
