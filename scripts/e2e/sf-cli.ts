// The official `sf` CLI for tests. It is 290 MB, so it is no dependency of the project: the first test that needs it
// installs the pinned version into the cache folder, later ones reuse it. It works as on a developer's machine, but in a home
// folder and a project folder made for the test, so that neither this project nor the person's own sf logins are touched.
import { fileURLToPath } from 'node:url';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { cachedPackages } from '../cached-packages.ts';
import { compiledBefore } from '../test/run-folder.ts';

const VERSION = '2.150.6';
const root = fileURLToPath(new URL('../..', import.meta.url));

export interface SfAnswer {
    status: number;
    result: any;
    stderr: string;
}

export interface SfText {
    status: number;
    stdout: string;
    stderr: string;
}

export interface SfCli {
    /** The folder in which sf is run; relative paths of its flags start here. */
    project: string;
    /** Runs `sf <args> --json` and returns its parsed answer, whatever its exit code. */
    run(args: string[], env?: Record<string, string>): Promise<SfAnswer>;
    /** Runs `sf <args>` as a person types it, whatever its exit code. */
    type(args: string[], env?: Record<string, string>): Promise<SfText>;
    /** Removes the folders of the test. */
    close(): void;
}

function projectFile(packageFolders: string[]): string {
    return JSON.stringify({
        packageDirectories: packageFolders.map((path, index) => ({ path, default: index === 0 })),
        namespace: '',
        sourceApiVersion: '65.0'
    });
}

/** `packageFolders` are copied from this project, under their own paths, into the project sf works in. */
export function createSfCli(packageFolders: string[]): SfCli {
    const cli = cachedPackages({ name: `sf-cli-${VERSION}`, dependencies: { '@salesforce/cli': VERSION } });
    const entry = join(cli, 'node_modules', '@salesforce', 'cli', 'bin', 'run.js');
    const made = mkdtempSync(join(tmpdir(), 'plumbline-sf-'));
    const home = join(made, 'home');
    const project = join(made, 'project');
    mkdirSync(home);
    mkdirSync(project);
    for (const path of packageFolders) cpSync(join(root, path), join(project, path), { recursive: true });
    if (packageFolders.length) writeFileSync(join(project, 'sfdx-project.json'), projectFile(packageFolders));
    const env = {
        ...compiledBefore(),
        PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
        HOME: home,
        SF_DISABLE_TELEMETRY: 'true',
        SF_AUTOUPDATE_DISABLE: 'true',
        SF_SKIP_NEW_VERSION_CHECK: 'true',
        SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
        SF_USE_PROGRESS_BAR: 'false',
        SF_DISABLE_LOG_FILE: 'true'
    };
    const type = async (args: string[], extra: Record<string, string> = {}): Promise<SfText> => {
        const options = { cwd: project, env: { ...env, ...extra }, maxBuffer: 64 * 1024 * 1024 };
        const run = promisify(execFile)(process.execPath, [entry, ...args], options);
        const ended = await run.catch((error: SfText & { code?: number }) => error);
        return { status: ('code' in ended && ended.code) || 0, stdout: ended.stdout, stderr: ended.stderr };
    };
    return {
        project,
        type,
        async run(args, extra = {}) {
            const { stdout, stderr } = await type([...args, '--json'], extra);
            try {
                const answer = JSON.parse(stdout) as { status: number; result?: unknown };
                return { status: answer.status, result: answer.result ?? answer, stderr };
            } catch {
                throw new Error(`sf ${args.join(' ')} printed no JSON:\n${stdout}\n${stderr}`);
            }
        },
        close: () => rmSync(made, { recursive: true, force: true })
    };
}
