// A person's terminal for tests of the demo: starts it as `npm run demo` does, each in a process group of its own, with
// data folders and ports of its own, and can look for what an ended demo left behind.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const PATIENCE_MS = 240_000;
/** From Ctrl-C or kill to the end; a demo still there then is a failure. */
const END_PATIENCE_MS = 10_000;

export interface RunningDemo {
    output(): string;
    errors(): string;
    /** Throws with all it printed when the demo ends first. */
    untilPrinted(text: RegExp): Promise<void>;
    /** the exit code; null after a kill */
    ended(): Promise<number | null>;
    /** SIGINT to every process of the group, as a terminal does */
    pressCtrlC(): void;
    /** to start.mjs alone */
    signal(name: NodeJS.Signals): void;
}

export interface Terminal {
    folder: string;
    orgUrl: string;
    serviceUrl: string;
    start(args: string[], options?: { home?: string; onOtherPorts?: boolean }): RunningDemo;
    untilServiceAnswers(): Promise<void>;
    killService(): void;
    freePort(): Promise<number>;
    portsInUse(): Promise<number[]>;
    /** command lines of processes that were started from here, or by those */
    processesLeft(): string[];
    killAll(): void;
    close(): void;
}

export async function createTerminal(): Promise<Terminal> {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-demo-'));
    const [orgPort, servicePort, ...otherPorts] = [
        await freePort(),
        await freePort(),
        await freePort(),
        await freePort()
    ] as [number, number, number, number];
    const serviceUrl = `http://127.0.0.1:${servicePort}`;
    const killAll = (): void => {
        for (const { pid } of processesOf(folder)) killQuietly(pid);
    };
    return {
        folder,
        orgUrl: `http://127.0.0.1:${orgPort}`,
        serviceUrl,
        freePort,
        start(args, { home = 'home', onOtherPorts = false } = {}) {
            const [org, service] = onOtherPorts ? otherPorts : [orgPort, servicePort];
            const ports = ['--port', String(org), '--service-port', String(service)];
            const child = spawn(
                process.execPath,
                ['scripts/start.mjs', 'scripts/demo/main.ts', ...ports, ...args],
                {
                    cwd: root,
                    detached: true,
                    stdio: ['ignore', 'pipe', 'pipe'],
                    env: { ...process.env, INIT_CWD: folder, PLUMBLINE_HOME: join(folder, home) }
                }
            );
            return watch(child);
        },
        async untilServiceAnswers() {
            const answers = async (): Promise<boolean> =>
                (await fetch(`${serviceUrl}/health/live`).catch(() => null))?.ok === true;
            while (!(await answers())) await wait(20);
        },
        killService() {
            const service = processesOf(folder).filter(({ command }) =>
                command.includes('service/src/main.ts')
            );
            if (service.length !== 1) throw new Error(`${service.length} services run, not one.`);
            killQuietly(service[0]!.pid);
        },
        async portsInUse() {
            const taken = [];
            for (const port of [orgPort, servicePort]) if (!(await isFree(port))) taken.push(port);
            return taken;
        },
        processesLeft: () => processesOf(folder).map(({ command }) => command),
        killAll,
        close() {
            killAll();
            rmSync(folder, { recursive: true, force: true });
        }
    };
}

function watch(child: ChildProcess): RunningDemo {
    let output = '';
    let errors = '';
    child.stdout!.on('data', (chunk) => (output += chunk));
    child.stderr!.on('data', (chunk) => (errors += chunk));
    // `exit` and not `close`: after a kill -9 the grandchildren hold the pipes a moment longer.
    let hasEnded = false;
    const end = new Promise<number | null>((resolve) =>
        child.on('exit', (code) => {
            hasEnded = true;
            // What it printed last may still be in the pipe.
            setTimeout(() => resolve(code), 100);
        })
    );
    let wasAskedToEnd = false;
    const said = (): string => `It printed:\n${output}\n${errors}`;
    return {
        output: () => output,
        errors: () => errors,
        async untilPrinted(text) {
            const deadline = Date.now() + PATIENCE_MS;
            while (!text.test(output)) {
                if (hasEnded) throw new Error(`The demo ended before ${text}. ${said()}`);
                if (Date.now() > deadline) throw new Error(`The demo did not print ${text}. ${said()}`);
                await wait(5);
            }
        },
        async ended() {
            const patience = wasAskedToEnd ? END_PATIENCE_MS : PATIENCE_MS;
            const tooLate = new AbortController();
            const code = await Promise.race([
                end,
                wait(patience, 'still running' as const, { signal: tooLate.signal }).catch(() => null)
            ]);
            tooLate.abort();
            if (code === 'still running')
                throw new Error(`The demo did not end in ${patience} ms. ${said()}`);
            return code;
        },
        pressCtrlC() {
            wasAskedToEnd = true;
            process.kill(-child.pid!, 'SIGINT');
        },
        signal(name) {
            wasAskedToEnd = true;
            child.kill(name);
        }
    };
}

/** Every process that has `folder` in its environment: what is started hands it on. Linux only; elsewhere none is found. */
function processesOf(folder: string): { pid: number; command: string }[] {
    const read = (pid: string, name: string): string => {
        try {
            return readFileSync(`/proc/${pid}/${name}`, 'utf8');
        } catch {
            return '';
        }
    };
    const pids =
        process.platform === 'linux' ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [];
    return pids
        .filter((pid) => Number(pid) !== process.pid && read(pid, 'environ').includes(folder))
        .map((pid) => ({ pid: Number(pid), command: read(pid, 'cmdline').replaceAll('\0', ' ').trim() }));
}

function killQuietly(pid: number): void {
    try {
        process.kill(pid, 'SIGKILL');
    } catch {
        // It ended by itself in the meantime.
    }
}

function isFree(port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const probe = createServer();
        probe.once('error', () => resolve(false));
        probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
}

function freePort(): Promise<number> {
    return new Promise((resolve) => {
        const server = createServer();
        server.listen(0, '127.0.0.1', () => {
            const { port } = server.address() as AddressInfo;
            server.close(() => resolve(port));
        });
    });
}
