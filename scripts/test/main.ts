// `npm test`: runs every check, one part after the other, and ends with `N passed, N failed`, and how many were skipped
// for want of something this machine does not have.
// `npm test -- types service` runs only those parts; `npm test -- --list` names them.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readOwnOutcome, type Ending, type Outcome } from './own-outcome.ts';
import { PARTS, type Part } from './parts.ts';
import { openRunFolder } from './run-folder.ts';

const root = join(import.meta.dirname, '../..');
const resultFolder = join(root, '.plumbline', 'test-results');

/** Shows what the command prints and keeps the end of it; `whole` shows it when it has ended, beside others. */
function runCommand(
    command: string[],
    env: Record<string, string>,
    show: 'as it comes' | 'whole'
): Promise<Ending> {
    const [file, ...args] = command;
    const isWhole = show === 'whole';
    const child = spawn(file === 'node' ? process.execPath : file!, args, {
        cwd: root,
        stdio: ['inherit', 'pipe', isWhole ? 'pipe' : 'inherit'],
        env: { ...process.env, ...env }
    });
    const printed: Buffer[] = [];
    let tail = '';
    child.stdout!.on('data', (chunk: Buffer) => {
        if (isWhole) printed.push(chunk);
        else process.stdout.write(chunk);
        tail = (tail + chunk.toString()).slice(-2000);
    });
    child.stderr?.on('data', (chunk: Buffer) => printed.push(chunk));
    child.once('close', () => process.stdout.write(Buffer.concat(printed)));
    return new Promise((resolve) => child.on('close', (code) => resolve({ code: code ?? 1, tail })));
}

/** A jest part counts its tests; how others count is own-outcome.ts. */
async function runPart(part: Part): Promise<Outcome> {
    if (!part.jest) {
        return readOwnOutcome(part, await runCommand(part.command, shared.env, 'whole'));
    }
    const resultFile = join(resultFolder, `${part.name}.json`);
    rmSync(resultFile, { force: true });
    const { code } = await runCommand(
        [
            'node',
            '--disable-warning=ExperimentalWarning',
            'node_modules/jest/bin/jest.js',
            ...part.command,
            '--json',
            `--outputFile=${resultFile}`
        ],
        { TZ: 'UTC', ...shared.env },
        'as it comes'
    );
    return readJestOutcome(resultFile, code);
}

function readJestOutcome(resultFile: string, code: number): Outcome {
    try {
        const result = JSON.parse(readFileSync(resultFile, 'utf8'));
        const brokenFiles = result.numRuntimeErrorTestSuites as number;
        const failed = (result.numFailedTests as number) + brokenFiles;
        return {
            passed: result.numPassedTests,
            failed: code !== 0 && failed === 0 ? 1 : failed,
            skipped: result.numPendingTests
        };
    } catch {
        return { passed: 0, failed: 1, skipped: 0 };
    }
}

const asked = process.argv.slice(2);
if (asked.includes('--list')) {
    for (const part of PARTS) console.log(`${part.name.padEnd(12)} ${part.what}`);
    process.exit(0);
}
const unknown = asked.filter((name) => !PARTS.some((part) => part.name === name));
if (unknown.length > 0) {
    console.error(
        `There is no part called ${unknown.join(', ')}. The parts are ${PARTS.map((part) => part.name).join(', ')}.`
    );
    process.exit(2);
}

mkdirSync(resultFolder, { recursive: true });
const shared = openRunFolder();
process.once('exit', () => shared.remove());
const told = ({ passed, failed, skipped }: Outcome): string =>
    `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
const total: Outcome = { passed: 0, failed: 0, skipped: 0 };
const lines: string[] = [];
const chosen = PARTS.filter((candidate) => asked.length === 0 || asked.includes(candidate.name));

async function runAndCount(part: Part): Promise<void> {
    if (part.jest) console.log(`\n=== ${part.name}: ${part.what}`);
    const startedAt = Date.now();
    const outcome = await runPart(part);
    total.passed += outcome.passed;
    total.failed += outcome.failed;
    total.skipped += outcome.skipped;
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    const line = `${part.name.padEnd(12)} ${told(outcome)}, ${seconds} s`;
    if (!part.jest) console.log(`=== ${part.name}: ${part.what}\n${line}\n`);
    lines.push(line);
}

async function oneAfterAnother(parts: Part[]): Promise<void> {
    for (let part = parts.shift(); part; part = parts.shift()) await runAndCount(part);
}

// Parts on jest use both cores of a small machine; the others one each, so two of them run side by side.
const onOneCore = chosen.filter(({ jest, isLast }) => !jest && !isLast);
await Promise.all([oneAfterAnother(onOneCore), oneAfterAnother(onOneCore)]);
await oneAfterAnother(chosen.filter(({ jest }) => jest));
await oneAfterAnother(chosen.filter(({ isLast }) => isLast));
console.log(`\n${lines.join('\n')}\n`);
console.log(told(total));
// Not process.exit: through a pipe the last lines would be lost.
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
