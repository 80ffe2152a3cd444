// `npm run package`: the package as zips, with and without namespace, and the project a version is created from. Needs no org.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOptions, refuse } from '../options.ts';
import { withNamespace } from './namespaced.ts';
import { packageFiles, zipOf } from './package-zip.ts';
import { NAMESPACE, writeReleaseFolder } from './release-folder.ts';

const ROOT = join(import.meta.dirname, '../..');
const HELP = `npm run package [-- --version 1.2.0]
    Writes into .plumbline/package: plumbline.zip (what a deploy takes), plumbline-namespaced.zip (as an org sees the
    installed package) and release/, the project in which "sf package version create" is run.`;
const VERSION = /^\d+\.\d+\.\d+$/;

async function main(): Promise<number> {
    const values = readOptions({ version: { type: 'string', default: '0.1.0' } }, HELP);
    if (!VERSION.test(values.version))
        refuse(`--version ${values.version} is no version: give three numbers, as 1.2.0.`, HELP);
    const folder = join(ROOT, '.plumbline', 'package');
    mkdirSync(folder, { recursive: true });
    const files = await packageFiles(join(ROOT, 'force-app'));
    for (const [name, some] of [
        ['plumbline.zip', files],
        ['plumbline-namespaced.zip', withNamespace(files, NAMESPACE)]
    ] as const) {
        const zip = zipOf(some);
        writeFileSync(join(folder, name), zip);
        console.log(`${join(folder, name)}: ${some.size} files, ${zip.length.toLocaleString('en')} bytes`);
    }
    writeReleaseFolder(ROOT, join(folder, 'release'), values.version);
    console.log(
        `${join(folder, 'release')}: run "sf package version create" there, see service/docs/release-checklist.md`
    );
    return 0;
}

process.exitCode = await main();
