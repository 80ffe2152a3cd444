// Runs one engine in this process alone and reports what it cost: CPU time of all its threads, wall time, peak memory.
import type { Checksums } from './checksums.ts';
import type { Size } from './data.ts';

export interface Measurement {
    cpuMs: number;
    wallMs: number;
    peakMb: number;
    checksums: Checksums;
}

const ENGINES: Record<string, (root: string, size: Size, url: string) => Promise<Checksums>> = {
    files: async (root, size) => (await import('./engines/plumbline.ts')).fromFiles(root, size),
    gzip: async (root, size) => (await import('./engines/plumbline.ts')).fromGzip(root, size),
    gunzip: async (root, size) => (await import('./engines/plumbline.ts')).gunzipAlone(root, size),
    loopback: async (_root, _size, url) => (await import('./engines/plumbline.ts')).fromLoopback(url),
    duckdb: async (root, size) => (await import('./engines/duckdb.ts')).fromDuckDb(root, size),
    jsforce: async (_root, _size, url) => (await import('./engines/jsforce.ts')).fromJsforce(url)
};

const [engine, root, size, url = ''] = process.argv.slice(2) as [string, string, Size, string?];
const started = performance.now();
const checksums = await ENGINES[engine]!(root, size, url);
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
const measurement: Measurement = {
    cpuMs: (userCPUTime + systemCPUTime) / 1000,
    wallMs: performance.now() - started,
    peakMb: maxRSS / 1024,
    checksums
};
process.send!(measurement, () => process.exit(0));
