// The engine of the service as modules of the component c/payEngine: the same source, without types, bundled by esbuild.
// Salesforce takes no file above 128 KB and no import from outside, so it comes in four files that import each other.
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
/** Salesforce's limit for one file of a Lightning web component. */
const MOST_BYTES = 131_072;
const ORIGIN = '// Generated from service/src/domain/incentives by: node scripts/pay-engine/main.ts\n';
const BANNER = `// @ts-nocheck\n${ORIGIN}/* eslint-disable */\n`;
const OPTIONS = {
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    // The compiler of Lightning components does not know them.
    supported: {
        'class-private-method': false,
        'class-private-accessor': false,
        'class-private-brand-check': false,
        'class-private-static-method': false
    },
    minify: true,
    write: false,
    legalComments: 'none',
    absWorkingDir: here,
    outdir: '/engine',
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true, useDefineForClassFields: true } }
} as const;

/** File name to text, in order of name; `engineHash.js` tells the SHA-256 of the others. */
export async function engineFiles(): Promise<Map<string, string>> {
    const files = new Map([...(await ours()), ...(await libraries())].sort(([a], [b]) => (a < b ? -1 : 1)));
    const hash = createHash('sha256');
    for (const [name, text] of files) hash.update(`${name}\n${text}`);
    files.set('engineHash.js', `${ORIGIN}export const ENGINE_HASH = '${hash.digest('hex')}';\n`);
    for (const [name, text] of files) {
        const size = Buffer.byteLength(text);
        if (size > MOST_BYTES)
            throw new Error(
                `${name} has ${size} bytes, and Salesforce takes ${MOST_BYTES} in a file of a component: give it one entry more in scripts/pay-engine/bundle.ts.`
            );
    }
    return files;
}

async function ours(): Promise<[string, string][]> {
    const { outputFiles } = await build({
        ...OPTIONS,
        entryPoints: { engineReading: 'reading.ts', engineCalculation: 'calculation.ts' },
        splitting: true,
        chunkNames: 'engineShared',
        plugins: [packagesFrom('./engineLibraries')]
    });
    return outputFiles.map(({ path, text }) => [basename(path), BANNER + withoutExtensions(text)]);
}

async function libraries(): Promise<[string, string][]> {
    const { outputFiles } = await build({ ...OPTIONS, entryPoints: { engineLibraries: 'libraries.ts' } });
    return outputFiles.map(({ path, text }) => [basename(path), BANNER + text]);
}

function packagesFrom(module: string): Plugin {
    return {
        name: 'packages',
        setup(builder) {
            builder.onResolve({ filter: /^(yaml$|@noble\/)/ }, () => ({ path: module, external: true }));
        }
    };
}

/** Components import each other's files without `.js`. */
function withoutExtensions(text: string): string {
    return text.replace(/from"\.\/(engine\w+)\.js"/g, 'from"./$1"');
}

/** Where the package keeps them. */
export const ENGINE_FOLDER = join(here, '../../force-app/main/incentives/lwc/payEngine');
