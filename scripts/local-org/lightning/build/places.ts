// Where the page's pieces come from on disk, and where built ones are kept. Nothing here builds.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const buildFolder = dirname(fileURLToPath(import.meta.url));
export const browserFolder = join(buildFolder, '..', 'browser');
export const projectFolder = join(buildFolder, '..', '..', '..', '..');
export const cacheFolder = join(projectFolder, '.plumbline', 'cache', 'lightning');

export const baseComponentsFolder = packageFolder('lightning-base-components');
export const designSystemAssets = join(packageFolder('@salesforce-ux/design-system'), 'assets');

export function packageFolder(name: string): string {
    return join(projectFolder, 'node_modules', name);
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- other people's package.json, read by those who know it
export function packageJson(name: string): Record<string, any> {
    return JSON.parse(readFileSync(join(packageFolder(name), 'package.json'), 'utf8'));
}

/** The ES module build of a package; `require.resolve` would give CommonJS, which loses names under `export *`. */
export function moduleEntry(name: string): string {
    return join(packageFolder(name), packageJson(name)['module'] as string);
}

export function shortHash(...parts: (string | Buffer)[]): string {
    const hash = createHash('sha256');
    for (const part of parts) hash.update(part).update('\0');
    return hash.digest('hex').slice(0, 16);
}
