// The list of all parts (SBOM) as npm writes it from the lock file, and whether it really names every locked package.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Sbom {
    bomFormat: string;
    specVersion: string;
    components: { name: string; group?: string; version: string; purl: string }[];
}

export function sbomOf(root: string): Sbom {
    const text = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
        cwd: root,
        encoding: 'utf8',
        maxBuffer: 1e8,
        stdio: ['ignore', 'pipe', 'ignore'],
        shell: process.platform === 'win32'
    });
    return JSON.parse(text) as Sbom;
}

interface Lock {
    packages: Record<
        string,
        {
            version?: string;
            name?: string;
            link?: boolean;
            inBundle?: boolean;
            integrity?: string;
            resolved?: string;
        }
    >;
}

export function lockedPackages(
    root: string
): { id: string; integrity: string | null; resolved: string | null }[] {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
    return (
        Object.entries(packages)
            // What lies inside of another package is covered by the checksum of that one.
            .filter(([path, { link, inBundle }]) => path !== '' && !link && !inBundle)
            .map(([path, { name, version, integrity, resolved }]) => ({
                id: `${name ?? path.slice(path.lastIndexOf('node_modules/') + 13)}@${version}`,
                integrity: integrity ?? null,
                resolved: resolved ?? null
            }))
    );
}

/** Locked packages the list does not name. */
export function missingIn(sbom: Sbom, root: string): string[] {
    const named = new Set(
        sbom.components.map(({ group, name, version }) => `${group ? `${group}/` : ''}${name}@${version}`)
    );
    return [...new Set(lockedPackages(root).map(({ id }) => id))].filter((id) => !named.has(id));
}
