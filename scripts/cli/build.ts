// `npm run cli`: compiles the sf plugin into scripts/cli/lib, for `sf plugins link` loads JavaScript only. Our own modules (of
// scripts and service) are bundled in; packages stay where npm put them. Owns nothing of what the commands do.
import { globSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const SOURCES = join(FOLDER, 'src');

/** Where a module lies is where its source lies: the folders it reads (config, force-app, messages) are found from there. */
const ownPlaces: Plugin = {
    name: 'own-places',
    setup(builder) {
        builder.onLoad({ filter: /\.ts$/ }, ({ path }) => {
            const source = readFileSync(path, 'utf8');
            const place = JSON.stringify(pathToFileURL(path).href);
            return { loader: 'ts', contents: source.replaceAll('import.meta.url', place) };
        });
    }
};

/** Compiles all commands; returns the folder that `sf plugins link` takes. */
export async function buildPlugin(): Promise<string> {
    const outdir = join(FOLDER, 'lib');
    rmSync(outdir, { recursive: true, force: true });
    await build({
        entryPoints: globSync('commands/**/*.ts', { cwd: SOURCES }).map((path) => join(SOURCES, path)),
        outbase: SOURCES,
        outdir,
        bundle: true,
        splitting: true,
        chunkNames: 'parts/[hash]',
        platform: 'node',
        format: 'esm',
        keepNames: true,
        target: 'node22',
        packages: 'external',
        plugins: [ownPlaces],
        logLevel: 'warning'
    });
    return FOLDER;
}

if (import.meta.main) {
    const folder = await buildPlugin();
    console.log(`Compiled. Link it once with: sf plugins link ${folder} --no-install`);
}
