// The commands of `npm run security` as processes. `audit` needs a registry that answers, `graph` minutes and Java: neither is run here.
import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';
import { notFollowed } from './checks/graph-engine.ts';
import { graphRows } from './checks/graph-exceptions.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

function security(name: string): { status: number | null; stdout: string; stderr: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/security/main.ts', name], {
        cwd: root,
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024
    });
    return { status, stdout, stderr };
}

test('says how many files it has read and finds nothing: secrets', () => {
    const { status, stdout } = security('secrets');
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^\d{4,} tracked files, 0 findings\n$/)]);
});

test('prints a list of parts that a program can read: sbom', () => {
    const { status, stdout, stderr } = security('sbom');
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ bomFormat: 'CycloneDX' });
});

test('a path that Graph Engine gives up on is a finding, by file and line', () => {
    const error = `Internal execution error while scanning entry point: ${root}force-app/main/core/classes/A.cls:63:34: Path evaluation timed out after 30000 ms`;
    expect(notFollowed(root, error)).toEqual({
        rule: 'NotFollowed',
        file: 'force-app/main/core/classes/A.cls',
        line: 63,
        message: 'Path evaluation timed out after 30000 ms'
    });
    expect(notFollowed(root, 'the engine broke')).toMatchObject({
        rule: 'NotFollowed',
        message: 'the engine broke'
    });
});

test('what Graph Engine finds and is right all the same stands in the page for reviewers', () => {
    const page = readFileSync(`${root}service/docs/security.md`, 'utf8');
    expect(graphRows().filter((row) => !page.includes(row))).toEqual([]);
});
