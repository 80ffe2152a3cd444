// What the README and the documents tell people to type: every `npm run` and `npm test` in them is a command there is, with options
// and parts it takes. Lines of `sf plumbline` are held by scripts/cli/commands.test.ts.
import { describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PARTS } from './parts.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
    scripts: Record<string, string>;
};
const documents = ['README.md', ...globSync(['service/docs/**/*.md', 'scripts/**/README.md'], { cwd: root })];

interface Typed {
    document: string;
    script: string;
    words: string[];
}

const typed: Typed[] = documents.flatMap((document) =>
    [
        ...readFileSync(root + document, 'utf8').matchAll(
            /\bnpm (?:run (?:--silent )?([\w-]+)|test)\b(?: -- ([^`|)#\n]+))?/g
        )
    ].map(([, script = 'test', rest = '']) => ({
        document,
        script,
        // A quoted name is one word.
        words:
            rest
                .trim()
                .match(/"[^"]*"|\S+/g)
                ?.map((word) => word.replaceAll('"', '')) ?? []
    }))
);

/** Commands that explain themselves when asked, by what they say then. */
const EXPLAINED = ['demo', 'bench', 'faults', 'fuzz', 'package', 'plan', 'scorecards', 'security'];
const helpOf = new Map(
    EXPLAINED.map((script) => {
        const file = scripts[script]!.split(' ').at(-1)!;
        const said = execFileSync(
            process.execPath,
            ['--disable-warning=ExperimentalWarning', file, '--help'],
            {
                cwd: root,
                encoding: 'utf8'
            }
        );
        return [script, said];
    })
);

describe('what documents tell people to type', () => {
    test('is there', () => {
        expect(typed.length).toBeGreaterThan(40);
        expect(typed.filter(({ script }) => !Object.hasOwn(scripts, script))).toEqual([]);
    });

    test('names parts of the tests that there are', () => {
        const parts = ['--list', ...PARTS.map(({ name }) => name)];
        const strays = typed.filter(
            ({ script, words }) => script === 'test' && words.some((word) => !parts.includes(word))
        );
        expect(strays).toEqual([]);
    });

    test.each(EXPLAINED)('takes the options and names it is given: %s', (script) => {
        const help = helpOf.get(script)!;
        const known = (word: string): boolean =>
            new RegExp(`(^|[\\s,|[])${word}($|[\\s,|\\]])`, 'm').test(help);
        for (const { document, words } of typed.filter((one) => one.script === script)) {
            const flags = words.filter((word) => word.startsWith('--'));
            const only = words[words.indexOf('--only') + 1];
            const names = ['plan', 'scorecards', 'security'].includes(script) ? words.slice(0, 1) : [];
            const said = [...flags.filter((word) => word !== '-->'), ...names];
            if (words.includes('--only') && only) said.push(...only.split(','));
            for (const word of said)
                expect([document, script, word, known(word)]).toEqual([document, script, word, true]);
        }
    });
});
