// Lines are gathered before they are written; none may be lost when a process ends.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { logDestination } from '../src/log-destination.ts';

const MODULE = fileURLToPath(new URL('../src/log-destination.ts', import.meta.url));

describe('the log', () => {
    let folder: string;
    beforeAll(() => {
        folder = mkdtempSync(join(tmpdir(), 'plumbline-log-'));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    const linesOf = (path: string) =>
        readFileSync(path, 'utf8')
            .trimEnd()
            .split('\n')
            .map((line) => (JSON.parse(line) as { msg: string }).msg);
    const numbers = (count: number) => Array.from({ length: count }, (_, at) => `line ${at}`);

    test.each([
        ['by itself', ''],
        ['by exit', 'process.exit(0);'],
        ['by an error nobody caught', "setImmediate(() => { throw new Error('at the end'); });"]
    ])('has every line in its order when a process ends %s', (_how, end) => {
        const path = join(folder, `${end.length}.log`);
        const script = `
            const { pino } = await import('pino');
            const { logDestination } = await import(${JSON.stringify(MODULE)});
            const logger = pino({}, logDestination(${JSON.stringify(path)}));
            for (let at = 0; at < 500; at++) logger.info('line ' + at);
            ${end}`;
        spawnSync(process.execPath, ['--input-type=module', '-e', script]);
        expect(linesOf(path)).toEqual(numbers(500));
    });

    test('is written within a moment though few lines come', async () => {
        const path = join(folder, 'few.log');
        pino({}, logDestination(path)).info('line 0');
        while (readFileSync(path, 'utf8') === '') await new Promise((resolve) => setTimeout(resolve, 20));
        expect(linesOf(path)).toEqual(numbers(1));
    });

    test('is written at once when the process is about to die', async () => {
        const path = join(folder, 'fatal.log');
        const logger = pino({}, logDestination(path));
        await new Promise((resolve) => setTimeout(resolve, 50));
        logger.info('line 0');
        logger.fatal('line 1');
        expect(linesOf(path)).toEqual(numbers(2));
    });
});
