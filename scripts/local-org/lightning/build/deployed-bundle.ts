// Compiles one deployed LightningComponentBundle to one ES module. Everything it imports from outside the bundle stays
// an import (base components, shims, other bundles) or is generated and checked here. Throws with the bundle's name.
import { build, type OnResolveResult, type Plugin } from 'esbuild';
import { posix } from 'node:path';
import { compileLwcFile } from './compile-lwc.ts';
import { deployedAuraMethod, generateModule, type Deployed } from './generated-modules.ts';
import { ABSENT, addAbsentModule } from './lwc-folder.ts';
import { isOnPage } from './modules.ts';

const BUNDLE = 'bundle';

export class BundleError extends Error {
    constructor(name: string, problems: string[]) {
        super(`c/${name}: ${problems.join('; ')}`);
        this.name = 'BundleError';
    }
}

export async function buildDeployedBundle(name: string, deployed: Deployed): Promise<string> {
    const files = bundleFiles(name, deployed);
    if (!files) throw new BundleError(name, ['no Lightning web component of this name is deployed']);
    const entry = [`${name}.js`, `${name}.html`, `${name}.css`].find((file) => files.has(file));
    if (!entry) throw new BundleError(name, [`the bundle has no ${name}.js`]);
    const result = await build({
        entryPoints: [entry],
        bundle: true,
        write: false,
        format: 'esm',
        target: 'es2022',
        outdir: '/bundle',
        logLevel: 'silent',
        plugins: [bundlePlugin(name, files, deployed)]
    }).catch((error: { errors?: { text: string }[]; message: string }) => {
        throw new BundleError(name, error.errors?.map(({ text }) => text) ?? [error.message]);
    });
    return result.outputFiles[0]!.text;
}

/** Files by path inside the bundle folder. */
function bundleFiles(name: string, { metadata }: Deployed): Map<string, string> | undefined {
    const files = metadata.files('LightningComponentBundle', name);
    if (!files) return undefined;
    const marker = `lwc/${name}/`;
    return new Map(
        [...files]
            .filter(([path]) => path.includes(marker))
            .map(([path, content]) => [
                path.slice(path.indexOf(marker) + marker.length),
                content.toString('utf8')
            ])
    );
}

function bundlePlugin(name: string, files: Map<string, string>, deployed: Deployed): Plugin {
    const apiVersion =
        Number(deployed.metadata.content('LightningComponentBundle', name)?.['apiVersion']) || undefined;
    return {
        name: `bundle-${name}`,
        setup(builder) {
            addAbsentModule(builder);
            builder.onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
                if (kind === 'entry-point') return { path, namespace: BUNDLE };
                if (path.startsWith('.')) return insideBundle(path, importer, files);
                return outsideBundle(path, deployed);
            });
            builder.onLoad({ filter: /.*/, namespace: BUNDLE }, ({ path, suffix }) => {
                const source = files.get(path)!;
                if (path.endsWith('.js')) checkWires(source, deployed);
                return {
                    contents: compileLwcFile({
                        namespace: 'c',
                        name,
                        path,
                        source,
                        scoped: suffix === '?scoped=true',
                        ...(apiVersion ? { apiVersion } : {})
                    })
                };
            });
            builder.onLoad({ filter: /.*/, namespace: 'generated' }, ({ path }) => ({
                contents: generateModule(path, deployed)
            }));
        }
    };
}

function insideBundle(path: string, importer: string, files: Map<string, string>): OnResolveResult {
    const [target, query] = posix.join(posix.dirname(importer), path).split('?') as [string, string?];
    const found = [target, `${target}.js`].find((candidate) => files.has(candidate));
    if (found) return { path: found, namespace: BUNDLE, suffix: query ? `?${query}` : '' };
    if (/\.(html|css)$/.test(target)) return { path: ABSENT, namespace: ABSENT };
    return { errors: [{ text: `${path} is imported by ${importer} and is not in the bundle` }] };
}

function outsideBundle(path: string, deployed: Deployed): OnResolveResult {
    if (isOnPage(path)) return { path, external: true };
    if (path.startsWith('c/')) {
        if (deployed.metadata.files('LightningComponentBundle', path.slice(2)))
            return { path, external: true };
        return { errors: [{ text: `${path} is not deployed` }] };
    }
    if (path.startsWith('@salesforce/')) return { path, namespace: 'generated' };
    return { errors: [{ text: `${path} is not provided by the local org` }] };
}

/** A wired Apex method must be cacheable; the platform refuses such a bundle at deploy. */
function checkWires(source: string, deployed: Deployed): void {
    for (const [, local, reference] of source.matchAll(
        /import\s+(\w+)\s+from\s+['"]@salesforce\/apex\/([\w.]+)['"]/g
    )) {
        const wired = new RegExp(`@wire\\(\\s*${local}\\b`).test(source);
        if (wired && !deployedAuraMethod(reference!, deployed).cacheable) {
            throw new Error(`@salesforce/apex/${reference} is wired but not @AuraEnabled(cacheable=true)`);
        }
    }
}
