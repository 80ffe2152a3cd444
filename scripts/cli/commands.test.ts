// The commands as documents promise them: every one is explained, and every line of the guides and of the help that begins with
// `sf plumbline` names a command and flags that there are.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Command {
    summary: string;
    description: string;
    examples: string[];
    flags: Record<string, string>;
    args: string[];
}

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const EVERYWHERE = ['json', 'help'];
let commands: Record<string, Command>;

beforeAll(() => {
    const run = ['--disable-warning=ExperimentalWarning', path('./list-commands.ts')];
    commands = JSON.parse(execFileSync(process.execPath, run, { encoding: 'utf8' }));
});

/** `sf plumbline ...` of code and of tables; a placeholder behind it does not matter. */
function typedIn(text: string): string[] {
    return [...text.matchAll(/sf (plumbline [a-z][^`\n,;:]*)/g)].map(([, line]) => line!.trim());
}

/** What is wrong with the line; null when it can be typed. */
function problemOf(line: string): string | null {
    const words = line.split(/\s+/);
    const name = [3, 2].map((count) => words.slice(0, count).join(' ')).find((one) => commands[one]);
    if (!name) return `${line}: there is no such command`;
    const known = [...EVERYWHERE, ...Object.keys(commands[name]!.flags)];
    const typed = words.flatMap((word) => /^--([a-z-]+)/.exec(word)?.[1] ?? []);
    const unknown = typed.filter((flag) => !known.includes(flag));
    return unknown.length > 0 ? `${line}: ${name} has no --${unknown.join(', --')}` : null;
}

describe('the commands', () => {
    test('are those that the admin guide goes through', () => {
        const names =
            'connect,doctor,install,plan export,plan import,plan test,plan validate,run,seed,status,uninstall';
        expect(Object.keys(commands).sort()).toEqual(names.split(',').map((name) => `plumbline ${name}`));
    });

    test('say what they are for, with examples, and what each flag does', () => {
        for (const [name, { summary, description, examples, flags }] of Object.entries(commands)) {
            expect([name, summary.length > 10, description.length > 40]).toEqual([name, true, true]);
            expect([name, examples.length]).not.toEqual([name, 0]);
            for (const [flag, told] of Object.entries(flags)) expect([name, flag, told]).not.toContain('');
        }
    });

    test('can be typed as their examples show them', () => {
        const lines = Object.entries(commands).flatMap(([name, { examples }]) =>
            examples.flatMap((one) =>
                typedIn(one.replaceAll('<%= config.bin %> <%= command.id %>', `sf ${name}`))
            )
        );
        expect(lines.length).toBeGreaterThan(15);
        expect(lines.flatMap((line) => problemOf(line) ?? [])).toEqual([]);
    });
});

describe.each(['admin-guide.md', 'release-checklist.md', 'operations.md'])('%s', (page) => {
    test('names commands and flags that there are', () => {
        const lines = typedIn(readFileSync(path(`../../service/docs/${page}`), 'utf8'));
        expect(lines.flatMap((line) => problemOf(line) ?? [])).toEqual([]);
    });
});

test('a command or flag that there is not is found', () => {
    expect(problemOf('plumbline dance')).toContain('no such command');
    expect(problemOf('plumbline run --fast')).toContain('has no --fast');
    expect(problemOf('plumbline plan export key --output-dir x')).toBeNull();
});
