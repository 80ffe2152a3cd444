// Measures anew what the page says, as a process: inside jest the same takes ten times as long.
import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PAGE, SEEDS } from './docs.ts';
import { BEGIN, END, withMeasured } from './detectors/page.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the page of early warnings', () => {
    test('says what is measured today on firms the detectors were not tuned on', () => {
        expect(SEEDS.some((seed) => seed <= 3)).toBe(false);
        const { stdout, stderr, status } = spawnSync(
            process.execPath,
            ['scripts/scorecards/main.ts', 'docs', '--check'],
            { cwd: root, encoding: 'utf8' }
        );
        expect([stdout, stderr, status]).toEqual([`${PAGE} as it was.\n`, '', 0]);
    }, 600_000);

    test('keeps what is written by hand, and says when its marks are gone', () => {
        const page = readFileSync(`${root}/${PAGE}`, 'utf8');
        const other = withMeasured(page, 'nothing');
        expect(other.slice(0, other.indexOf(BEGIN))).toBe(page.slice(0, page.indexOf(BEGIN)));
        expect(other.slice(other.indexOf(END))).toBe(page.slice(page.indexOf(END)));
        expect(() => withMeasured('no marks', 'nothing')).toThrow(/has lost its marks/);
    });
});
