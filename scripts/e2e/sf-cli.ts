// The official `sf` CLI for tests. It is 290 MB, so it is no dependency of the project: the first test that needs it
// installs the pinned version into the cache folder, later ones reuse it. Every call has a clean home folder of its own.
import { fileURLToPath } from 'node:url';
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const VERSION = '2.150.6';
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, '.plumbline', 'cache', `sf-cli-${VERSION}`);
const entry = join(folder, 'node_modules', '@salesforce', 'cli', 'bin', 'run.js');

export interface SfAnswer {
    status: number;
    result: any;
    stderr: string;
}

export interface SfCli {
    /** Runs `sf <args> --json` and returns its parsed answer, whatever its exit code. */
    run(args: string[], env?: Record<string, string>): Promise<SfAnswer>;
}

function installOnce(): void {
    if (existsSync(join(folder, 'installed'))) return;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
    const npm = spawnSync(
        'npm',
        [
            'install',
            `@salesforce/cli@${VERSION}`,
            '--ignore-scripts',
            '--no-audit',
            '--no-fund',
            '--loglevel=error'
        ],
        { cwd: folder, stdio: 'inherit' }
    );
    if (npm.status !== 0) throw new Error(`npm could not install @salesforce/cli@${VERSION} into ${folder}`);
    writeFileSync(join(folder, 'installed'), VERSION);
}

export function createSfCli(): SfCli {
    installOnce();
    const home = mkdtempSync(join(tmpdir(), 'plumbline-sf-'));
    const env = {
        PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
        HOME: home,
        SF_DISABLE_TELEMETRY: 'true',
        SF_AUTOUPDATE_DISABLE: 'true',
        SF_SKIP_NEW_VERSION_CHECK: 'true',
        SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
        SF_USE_PROGRESS_BAR: 'false',
        SF_DISABLE_LOG_FILE: 'true'
    };
    return {
        async run(args, extra = {}) {
            const options = { cwd: root, env: { ...env, ...extra }, maxBuffer: 64 * 1024 * 1024 };
            const { stdout, stderr } = await promisify(execFile)(
                process.execPath,
                [entry, ...args, '--json'],
                options
            ).catch((error: { stdout: string; stderr: string }) => error);
            try {
                const answer = JSON.parse(stdout) as { status: number; result?: unknown };
                return { status: answer.status, result: answer.result ?? answer, stderr };
            } catch {
                throw new Error(`sf ${args.join(' ')} printed no JSON:\n${stdout}\n${stderr}`);
            }
        }
    };
}
