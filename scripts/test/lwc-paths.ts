// Writes config/lwc-paths.generated.json, by which tsc finds `c/<component>` in the feature folders of force-app:
// TypeScript takes only one `*` in a path, so each bundle needs an entry. Run it after adding or removing a component.
// `--check` compares without writing.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { format } from 'prettier';

const root = join(import.meta.dirname, '../..');
const file = 'config/lwc-paths.generated.json';

/** @param bundleFolders folders of components, relative to the root of the repository */
export function pathsOf(bundleFolders: string[]): Record<string, string[]> {
    const entries = bundleFolders.map((folder): [string, string[]] => {
        const name = basename(folder);
        return [`c/${name}`, [`../${folder}/${name}.js`]];
    });
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function bundleFolders(): string[] {
    return globSync('force-app/main/*/lwc/*/*.js-meta.xml', { cwd: root }).map((path) =>
        path.split(/[\\/]/).slice(0, -1).join('/')
    );
}

async function main(): Promise<number> {
    const wanted = await format(JSON.stringify({ compilerOptions: { paths: pathsOf(bundleFolders()) } }), {
        parser: 'json',
        printWidth: 110,
        tabWidth: 2
    });
    if (!process.argv.includes('--check')) {
        writeFileSync(join(root, file), wanted);
        return 0;
    }
    if (readFileSync(join(root, file), 'utf8') === wanted) return 0;
    console.error(
        `${file} does not name exactly the components of force-app. Run: node scripts/test/lwc-paths.ts`
    );
    return 1;
}

if (import.meta.main) process.exitCode = await main();
