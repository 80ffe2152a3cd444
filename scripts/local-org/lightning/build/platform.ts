// Builds our own browser code: the shims of the platform's modules and the shell, as ES modules that share chunks. A
// fraction of a second, done once per process and kept in memory.
import { build, type Plugin } from 'esbuild';
import { join, relative } from 'node:path';
import { lwcFolder } from './lwc-folder.ts';
import { platformModules, vendorModules } from './modules.ts';
import { browserFolder, shortHash } from './places.ts';
import { perUser } from './per-user.ts';

export interface Platform {
    /** Changes with the code; part of the URL. */
    key: string;
    /** URL path below the platform's root (`lightning/navigation.js`) to text. */
    files: ReadonlyMap<string, string>;
}

let underWay: Promise<Platform> | undefined;

export function preparePlatform(): Promise<Platform> {
    underWay ??= buildPlatform().catch((error: unknown) => {
        underWay = undefined;
        throw error;
    });
    return underWay;
}

async function buildPlatform(): Promise<Platform> {
    const outdir = '/platform';
    const result = await build({
        entryPoints: Object.fromEntries(platformModules),
        outdir,
        bundle: true,
        splitting: true,
        write: false,
        format: 'esm',
        target: 'es2022',
        chunkNames: 'chunks/[name]-[hash]',
        // Our own tsconfig is for checking only; the bundler must not read it.
        tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true, useDefineForClassFields: true } },
        logLevel: 'silent',
        plugins: [
            pageNames(),
            shellBundles(),
            lwcFolder({ root: join(browserFolder, 'shell'), namespace: 'shell' })
        ]
    });
    const files = new Map(result.outputFiles.map((file) => [relative(outdir, file.path), file.text]));
    return { files, key: shortHash(...[...files].flat()) };
}

/** Names on the import map stay imports; values of the user come from the page. */
function pageNames(): Plugin {
    const external = new Set([...vendorModules, ...platformModules.keys()]);
    return {
        name: 'page-names',
        setup(builder) {
            builder.onResolve(
                { filter: /^(lwc$|lightning\/|@salesforce\/|local-org\/)/ },
                ({ path, kind }) => {
                    if (kind === 'entry-point') return undefined;
                    if (external.has(path)) return { path, external: true };
                    if (perUser.has(path)) return { path, namespace: 'per-user' };
                    return { errors: [{ text: `${path} is imported by the shell and nothing provides it` }] };
                }
            );
            builder.onLoad({ filter: /.*/, namespace: 'per-user' }, ({ path }) => ({
                contents: perUser.get(path)!
            }));
        }
    };
}

function shellBundles(): Plugin {
    return {
        name: 'shell-bundles',
        setup(builder) {
            builder.onResolve({ filter: /^shell\/\w+$/ }, ({ path }) => {
                const name = path.slice('shell/'.length);
                return { path: join(browserFolder, 'shell', name, `${name}.ts`) };
            });
        }
    };
}
