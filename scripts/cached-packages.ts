// Heavy npm packages that only one check needs: no dependencies of the project, but installed once, at pinned versions,
// into the cache folder by the first run that needs them. Says nothing of what is done with them.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';

const LONGEST_INSTALL_MS = 600_000;
const cache = fileURLToPath(new URL('../.plumbline/cache', import.meta.url));

export interface CachedPackages {
    /** name of the folder in the cache, with a version: another version is another folder */
    name: string;
    dependencies: Record<string, string>;
    overrides?: Record<string, string>;
}

/** The folder that holds the packages' `node_modules`, filled if this is the first time. */
export function cachedPackages({ name, dependencies, overrides }: CachedPackages): string {
    const folder = join(cache, name);
    if (existsSync(folder)) return folder;
    mkdirSync(cache, { recursive: true });
    // Who comes meanwhile waits: two npm on one machine take longer than one after the other.
    const lock = new Database(join(cache, 'installing.lock'), { timeout: LONGEST_INSTALL_MS });
    try {
        lock.exec('BEGIN EXCLUSIVE');
        if (!existsSync(folder)) install(folder, { name, dependencies, overrides });
    } finally {
        lock.close();
    }
    return folder;
}

function install(folder: string, { name, dependencies, overrides = {} }: CachedPackages): void {
    // Installed aside and moved into place whole: a run cut short leaves nothing that looks finished.
    const aside = mkdtempSync(join(cache, `${name}-`));
    writeFileSync(join(aside, 'package.json'), JSON.stringify({ private: true, dependencies, overrides }));
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
    const npm = spawnSync('npm', ['install', ...flags], {
        cwd: aside,
        stdio: 'inherit',
        shell: process.platform === 'win32'
    });
    if (npm.status !== 0) {
        rmSync(aside, { recursive: true, force: true });
        const wanted = Object.entries(dependencies).map(([one, version]) => `${one}@${version}`);
        throw new Error(
            `npm could not install ${wanted.join(', ')} into ${folder}; run it again when online`
        );
    }
    renameSync(aside, folder);
}
