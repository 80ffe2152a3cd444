// Opens a deploy zip without trusting it: bounded size, bounded number of files, no path outside the package.
import { unzipSync } from 'fflate';
import { UnreadablePackage } from './problems.ts';

/** Salesforce takes 39 MB zipped and 10,000 files; 400 MB is its limit unzipped. */
const MAX_ZIP_BYTES = 39 * 1024 * 1024;
const MAX_UNZIPPED_BYTES = 400 * 1024 * 1024;
const MAX_FILES = 10_000;

export interface ZipLimits {
    zipBytes: number;
    unzippedBytes: number;
    files: number;
}

const LIMITS: ZipLimits = { zipBytes: MAX_ZIP_BYTES, unzippedBytes: MAX_UNZIPPED_BYTES, files: MAX_FILES };

/** Files by path, the single top folder of a `--metadata-dir` zip removed. */
export function openDeployZip(zip: Buffer, limits: ZipLimits = LIMITS): Map<string, Buffer> {
    if (zip.length > limits.zipBytes)
        throw new UnreadablePackage(`The zip has more than ${limits.zipBytes} bytes.`);
    const files = unzip(zip, limits);
    const packagePath = [...files.keys()].find((path) => /^([^/]+\/)?package\.xml$/.test(path));
    if (!packagePath) throw new UnreadablePackage('No package.xml found');
    const top = packagePath.slice(0, -'package.xml'.length);
    return new Map(
        [...files]
            .filter(([path]) => path.startsWith(top))
            .map(([path, body]) => [path.slice(top.length), body])
    );
}

function unzip(zip: Buffer, limits: ZipLimits): Map<string, Buffer> {
    let bytes = 0;
    let count = 0;
    try {
        const entries = unzipSync(zip, {
            filter: (file) => {
                if (file.name.endsWith('/')) return false;
                checkPath(file.name);
                bytes += file.originalSize;
                count += 1;
                if (bytes > limits.unzippedBytes || count > limits.files) {
                    throw new UnreadablePackage(
                        `The zip unpacks to more than ${limits.unzippedBytes} bytes or ${limits.files} files.`
                    );
                }
                return true;
            }
        });
        const files = new Map(Object.entries(entries).map(([path, body]) => [path, Buffer.from(body)]));
        checkUnpackedSize(files, bytes);
        return files;
    } catch (error) {
        if (error instanceof UnreadablePackage) throw error;
        throw new UnreadablePackage(`The deploy is not a readable zip file: ${(error as Error).message}`);
    }
}

/** A directory that lies about sizes is refused; fflate itself never writes past the size it was told. */
function checkUnpackedSize(files: Map<string, Buffer>, declared: number): void {
    const real = [...files.values()].reduce((sum, body) => sum + body.length, 0);
    if (real !== declared) throw new UnreadablePackage('The zip states other sizes than its files have.');
}

function checkPath(path: string): void {
    const parts = path.split('/');
    if (
        path.startsWith('/') ||
        path.includes('\\') ||
        path.includes('\0') ||
        parts.includes('..') ||
        /^[a-zA-Z]:/.test(path)
    ) {
        throw new UnreadablePackage(`The zip holds a path outside the package: ${JSON.stringify(path)}.`);
    }
}
