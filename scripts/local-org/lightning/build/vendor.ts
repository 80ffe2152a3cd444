// Builds lwc, the synthetic shadow and every base component once into ES modules for the import map. This is the slow
// part (about 11 CPU seconds), so the result stays on disk under a key of all versions that shape it.
import { build, type Plugin } from 'esbuild';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { lwcFolder } from './lwc-folder.ts';
import { baseComponentFile, platformModules, vendorModules } from './modules.ts';
import { perUser } from './per-user.ts';
import {
    baseComponentsFolder,
    buildFolder,
    cacheFolder,
    moduleEntry,
    packageJson,
    shortHash
} from './places.ts';

export interface Vendor {
    /** Folder that holds `lwc.js`, `lightning/<name>.js`, chunks and `synthetic-shadow.js`. */
    folder: string;
    /** Changes when anything in the folder would; part of the URL, so browsers may keep the files for ever. */
    key: string;
}

/** Versions and our own build code decide the outcome. */
function vendorKey(): string {
    const versions = [
        '@lwc/compiler',
        '@lwc/engine-dom',
        '@lwc/synthetic-shadow',
        'lightning-base-components',
        'esbuild'
    ];
    const ours = ['vendor.ts', 'per-user.ts', 'compile-lwc.ts', 'lwc-folder.ts', 'modules.ts'];
    return shortHash(
        ...versions.map((name) => `${name}@${packageJson(name)['version']}`),
        ...ours.map((file) => readFileSync(join(buildFolder, file)))
    );
}

let underWay: Promise<Vendor> | undefined;

/** The folder, built when it is not there yet; callers in one process share one build. */
export function prepareVendor(): Promise<Vendor> {
    underWay ??= findOrBuild().catch((error: unknown) => {
        underWay = undefined;
        throw error;
    });
    return underWay;
}

async function findOrBuild(): Promise<Vendor> {
    const key = vendorKey();
    const folder = join(cacheFolder, `vendor-${key}`);
    if (existsSync(folder)) return { folder, key };
    // Another process may build the same folder: each works in its own, and whoever renames first has won.
    const draft = `${folder}.${process.pid}.draft`;
    await mkdir(draft, { recursive: true });
    await Promise.all([buildModules(draft), buildSyntheticShadow(draft)]);
    await rename(draft, folder).catch(async (error: unknown) => {
        await rm(draft, { recursive: true, force: true });
        if (!existsSync(folder)) throw error;
    });
    return { folder, key };
}

async function buildModules(outdir: string): Promise<void> {
    await build({
        entryPoints: Object.fromEntries(vendorModules.map((name) => [name, `vendor:${name}`])),
        outdir,
        bundle: true,
        splitting: true,
        minify: true,
        format: 'esm',
        target: 'es2022',
        chunkNames: 'chunks/[name]-[hash]',
        define: { 'process.env.NODE_ENV': '"development"', 'import.meta.env': '{"SSR":false}' },
        logLevel: 'error',
        plugins: [
            vendorNames(),
            lwcFolder({
                root: join(baseComponentsFolder, 'src', 'lightning'),
                namespace: 'lightning',
                // Stylesheets that only match native shadow: half of the bundle, and never applied here.
                skip: (path) => path.endsWith('.lbc.native.css') || path.endsWith('.slds.css')
            })
        ]
    });
}

/** A classic script before every module; bundled with the engine it would run too late and be ignored silently. */
async function buildSyntheticShadow(outdir: string): Promise<void> {
    await build({
        entryPoints: { 'synthetic-shadow': moduleEntry('@lwc/synthetic-shadow') },
        outdir,
        bundle: true,
        minify: true,
        format: 'iife',
        target: 'es2022',
        define: { 'process.env.NODE_ENV': '"development"' },
        logLevel: 'error'
    });
}

/** Components a page may use, e.g. `lightning-button`. */
export function baseComponentNames(): string[] {
    return (packageJson('lightning-base-components')['lwc'].expose as string[])
        .filter((name) => name.startsWith('lightning/'))
        .map(
            (name) =>
                `lightning-${name.slice('lightning/'.length).replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
        );
}

function vendorNames(): Plugin {
    const scoped = new Map<string, string>(
        (packageJson('lightning-base-components')['lwc'].modules as { name?: string; path?: string }[])
            .filter((module) => module.name && module.path)
            .map((module) => [module.name!, join(baseComponentsFolder, module.path!)])
    );
    return {
        name: 'vendor-names',
        setup(builder) {
            builder.onResolve({ filter: /^vendor:/ }, ({ path }) => ({
                path: path.slice(7),
                namespace: 'vendor'
            }));
            builder.onLoad({ filter: /.*/, namespace: 'vendor' }, ({ path }) => ({
                contents: entrySource(path),
                resolveDir: buildFolder
            }));
            builder.onResolve({ filter: /^[^./]/ }, ({ path }) => {
                if (path === 'lwc') return { path: moduleEntry('@lwc/engine-dom') };
                if (platformModules.has(path)) return { path, external: true };
                if (perUser.has(path)) return { path, namespace: 'per-user' };
                const file =
                    scoped.get(path) ??
                    baseComponentFile(path.replace(/^(lightning\/iconSvgTemplates\w*)Rtl$/, '$1'));
                if (file) return { path: file };
                return {
                    errors: [{ text: `${path} is imported by a base component and nothing provides it` }]
                };
            });
            builder.onLoad({ filter: /.*/, namespace: 'per-user' }, ({ path }) => ({
                contents: perUser.get(path)!
            }));
        }
    };
}

function entrySource(name: string): string {
    if (name === 'lwc') return `export * from 'lwc';`;
    return `export * from '${name}'; import * as all from '${name}'; export default all['default'];`;
}
