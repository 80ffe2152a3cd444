// Every command a document gives people to type is carried out by a test, or the document says that none does and why.
import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PARTS } from '../parts.ts';
import { notCarriedOut } from './not-carried-out.ts';
import { NOT_RUN, RUN_BY, type NotRun, type RunBy } from './run-by.ts';
import { commandsIn, partsOf, typedCommands, type TypedCommand } from './typed-commands.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const typed = typedCommands(root);
/** Of every command of sf; the tests ask for JSON in one place. */
const EVERYWHERE = ['--json', '--help', '--target-org'];
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The row with the most words that has all options; what is run goes before what is not. */
function rowOf({ text }: TypedCommand): RunBy | NotRun | undefined {
    const { words, options } = partsOf(text);
    const fitting = [...RUN_BY, ...NOT_RUN].filter((row) => {
        const known = [...(row.options ?? []), ...EVERYWHERE];
        const isSame = words.startsWith(row.command) && /^([ /]|$)/.test(words.slice(row.command.length));
        return isSame && options.every((option) => known.includes(option) || row.options?.includes(option));
    });
    return fitting.sort((a, b) => b.command.length - a.command.length)[0];
}

/** The test and what it imports from beside it: helpers that type for it. */
function sourceOf({ file }: RunBy): string {
    const source = textOf(file);
    const imported = [...source.matchAll(/from '(\.[^']+\.ts)'/g)].map(([, path]) =>
        join(dirname(file), path!)
    );
    return [source, ...imported.filter((path) => existsSync(join(root, path))).map(textOf)].join('\n');
}

describe('a command that is typed in a document', () => {
    test('is carried out by a test, or it is known why not', () => {
        expect(typed.length).toBeGreaterThan(150);
        expect(typed.filter((one) => !rowOf(one))).toEqual([]);
    });

    test('that no test carries out is marked where it stands, with the reason', () => {
        const unmarked = typed.flatMap((one) => {
            const row = rowOf(one);
            if (!row || !('why' in row)) return [];
            const said = textOf(one.document).replace(/\s+/g, ' ');
            const mark = `\`${row.command}${row.options?.length === 1 ? ` ${row.options[0]}` : ''}\` (${row.why})`;
            return said.includes('Not run by a test: ') && said.includes(mark)
                ? []
                : [`${one.document}: ${mark}`];
        });
        expect([...new Set(unmarked)]).toEqual([]);
    });

    test.each(RUN_BY.map((row) => [row.command, row.options?.join(' ') ?? '', row] as const))(
        '%s %s is in the test that is named for it, with its options',
        (_command, _options, row) => {
            const source = sourceOf(row);
            expect(textOf(row.file)).toContain(`'${row.test.replaceAll("'", "\\'")}'`);
            expect((row.options ?? []).filter((option) => !source.includes(option))).toEqual([]);
        }
    );

    test('is still typed somewhere: no row is left over', () => {
        const used = new Set(typed.map(rowOf));
        const left = [...RUN_BY, ...NOT_RUN].filter((row) => !used.has(row));
        expect(left.map(({ command, options = [] }) => [command, ...options].join(' '))).toEqual([]);
    });
});

describe('reading a document', () => {
    test('finds commands in blocks, between backticks, in choices and behind settings', () => {
        const text = [
            'Type `sf org list metadata[-types]`, or `npm run --silent plan -- test|check x`; `sf` alone is a name.',
            '',
            "    KEY='a b' node scripts/main.ts --file x   # says so",
            '    const no = 1;',
            '```sh',
            'npm test -- lint',
            '```'
        ].join('\n');
        expect(commandsIn(text).sort()).toEqual([
            'node scripts/main.ts --file x',
            'npm run plan -- check x',
            'npm run plan -- test x',
            'npm test -- lint',
            'sf org list metadata',
            'sf org list metadata-types'
        ]);
    });

    test('knows the words and the options of a command', () => {
        expect(partsOf('npm run plan -- import x --org https://y')).toEqual({
            words: 'npm run plan -- import x',
            options: ['--org']
        });
        expect(partsOf("curl -X PUT http://127.0.0.1:8800/local-org/limits -d '{}'").words).toBe(
            'curl /local-org/limits'
        );
    });
});

test('a command counts as carried out when its test has passed, in its own file', () => {
    const rows = ['passes', 'is left out', 'is nowhere'].map((test, at) => ({
        command: `do ${at}`,
        options: ['--well'],
        file: 'scripts/a.test.ts',
        test
    }));
    const told = (name: string, title: string, status: string) => ({
        name,
        assertionResults: [{ title, status }]
    });
    expect(
        notCarriedOut(rows, [
            told('/home/x/scripts/a.test.ts', 'passes', 'passed'),
            told('/home/x/scripts/a.test.ts', 'is left out', 'pending'),
            told('/home/x/scripts/b.test.ts', 'is nowhere', 'passed')
        ])
    ).toEqual([
        'do 1 --well: "is left out" in scripts/a.test.ts pending',
        'do 2 --well: "is nowhere" in scripts/a.test.ts was not run'
    ]);
});

test('npm test names the parts it runs', () => {
    const { stdout, status } = spawnSync(process.execPath, ['scripts/test/main.ts', '--list'], {
        cwd: root,
        encoding: 'utf8'
    });
    expect([status, stdout.trim().split('\n').length]).toEqual([0, PARTS.length]);
});
