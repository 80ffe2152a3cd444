// Opens a deploy zip without trusting it: bounded size, bounded number of files, no path outside the package, no path
// twice. The bytes of the zip itself are read by zip-entries.ts.
import { OrgError } from '../org.ts';
import { UnreadablePackage } from './problems.ts';
import { countZipEntries, readZipEntries } from './zip-entries.ts';
import type { ZipEntry } from './zip-entries.ts';

/** Salesforce takes requests of 52,428,800 bytes; base64 leaves three quarters of that for the zip: its "39 MB". */
export const MAX_REQUEST_BYTES = 52_428_800;
const MAX_ZIP_BYTES = (MAX_REQUEST_BYTES / 4) * 3;
/** Its limit unzipped. */
const MAX_UNZIPPED_BYTES = 400 * 1024 * 1024;
const MAX_FILES = 10_000;

export interface ZipLimits {
    unzippedBytes: number;
    files: number;
}

const LIMITS: ZipLimits = { unzippedBytes: MAX_UNZIPPED_BYTES, files: MAX_FILES };

/** Files by path, the single top folder of a `--metadata-dir` zip removed. */
export function openDeployZip(zip: Buffer, limits: ZipLimits = LIMITS): Map<string, Buffer> {
    const files = unzip(zip, limits);
    const packagePath = [...files.keys()].find((path) => /^([^/]+\/)?package\.xml$/.test(path));
    if (!packagePath) throw new UnreadablePackage('No package.xml found', 'INVALID_CROSS_REFERENCE_KEY');
    const top = packagePath.slice(0, -'package.xml'.length);
    return new Map(
        [...files]
            .filter(([path]) => path.startsWith(top))
            .map(([path, body]) => [path.slice(top.length), body])
    );
}

/** What Salesforce says before it looks into a zip. */
export function checkZipSize(zip: Buffer): void {
    if (zip.length === 0) throw new OrgError(400, 'INVALID_OPERATION', 'No zip file content passed in');
    if (zip.length > MAX_ZIP_BYTES) throw requestTooLarge();
}

export function requestTooLarge(): OrgError {
    return new OrgError(
        413,
        'LIMIT_EXCEEDED',
        `Maximum size of request reached. Maximum size of request is ${MAX_REQUEST_BYTES} bytes.`
    );
}

function unzip(zip: Buffer, limits: ZipLimits): Map<string, Buffer> {
    // Folders count here too, but no package has as many folders as files; the exact count follows.
    if (countZipEntries(zip) > 2 * limits.files) throw tooManyFiles();
    const entries = readZipEntries(zip);
    checkPaths(entries);
    const files = entries.filter(({ isFolder }) => !isFolder);
    if (files.length > limits.files) throw tooManyFiles();
    const size = files.reduce((sum, file) => sum + file.size, 0);
    if (size > limits.unzippedBytes) {
        throw new UnreadablePackage(
            `The zip unpacks to more than ${limits.unzippedBytes} bytes.`,
            'LIMIT_EXCEEDED'
        );
    }
    return new Map(files.map((file) => [file.path, file.read()]));
}

function tooManyFiles(): UnreadablePackage {
    return new UnreadablePackage('Too many files in zip', 'INVALID_OPERATION');
}

function checkPaths(entries: ZipEntry[]): void {
    const seen = new Set<string>();
    for (const { path } of entries) {
        if (leadsOutside(path))
            throw new UnreadablePackage(`The zip holds a path outside the package: ${JSON.stringify(path)}.`);
        if (seen.has(path))
            throw new UnreadablePackage(`The zip holds the path ${JSON.stringify(path)} twice.`);
        seen.add(path);
    }
}

function leadsOutside(path: string): boolean {
    const parts = path.split('/');
    return (
        path.startsWith('/') ||
        path.includes('\\') ||
        path.includes('\0') ||
        parts.includes('..') ||
        /^[a-zA-Z]:/.test(path)
    );
}
