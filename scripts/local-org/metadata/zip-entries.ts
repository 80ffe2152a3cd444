// Reads a zip by its central directory, trusting none of it: every entry is checked against its local header, its stated
// size and its checksum, and nothing is unpacked past the stated size. How much is allowed is the caller's business.
import { crc32, inflateRawSync } from 'node:zlib';
import { UnreadablePackage } from './problems.ts';

export interface ZipEntry {
    path: string;
    /** Size when unpacked, as the directory states it. */
    size: number;
    isFolder: boolean;
    /** Unpacks; throws UnreadablePackage when the entry is not what the directory says. */
    read(): Buffer;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const END_SIZE = 22;
const LONGEST_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 0x1;
/** File type bits of a Unix mode, in the upper half of the external attributes. */
const SYMBOLIC_LINK = 0o120000;

interface Directory {
    entries: number;
    offset: number;
}

export function readZipEntries(zip: Buffer): ZipEntry[] {
    const directory = findDirectory(zip);
    const entries: ZipEntry[] = [];
    let at = directory.offset;
    for (let index = 0; index < directory.entries; index++) {
        if (at + 46 > zip.length || zip.readUInt32LE(at) !== DIRECTORY_ENTRY)
            throw broken('its directory ends too early');
        const { entry, next } = readDirectoryEntry(zip, at);
        entries.push(entry);
        at = next;
    }
    return entries;
}

/** The number of entries, without reading them. */
export function countZipEntries(zip: Buffer): number {
    return findDirectory(zip).entries;
}

function findDirectory(zip: Buffer): Directory {
    const earliest = Math.max(0, zip.length - END_SIZE - LONGEST_COMMENT);
    for (let at = zip.length - END_SIZE; at >= earliest; at--) {
        if (zip.readUInt32LE(at) !== END_OF_DIRECTORY) continue;
        const entries = zip.readUInt16LE(at + 10);
        const offset = zip.readUInt32LE(at + 16);
        if (entries === 0xffff || offset === 0xffffffff) throw broken('it is a zip64 archive');
        return { entries, offset };
    }
    throw broken('it has no directory');
}

function readDirectoryEntry(zip: Buffer, at: number): { entry: ZipEntry; next: number } {
    const method = zip.readUInt16LE(at + 10);
    const nameLength = zip.readUInt16LE(at + 28);
    const next = at + 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    const name = zip.subarray(at + 46, at + 46 + nameLength);
    const path = name.toString('utf8');
    if (zip.readUInt16LE(at + 8) & ENCRYPTED) throw broken(`${quoted(path)} is encrypted`);
    if (((zip.readUInt32LE(at + 38) >>> 16) & 0o170000) === SYMBOLIC_LINK)
        throw broken(`${quoted(path)} is a symbolic link`);
    const stated = {
        method,
        checksum: zip.readUInt32LE(at + 16),
        packedSize: zip.readUInt32LE(at + 20),
        size: zip.readUInt32LE(at + 24),
        offset: zip.readUInt32LE(at + 42)
    };
    const read = (): Buffer => unpack(zip, name, stated);
    return { entry: { path, size: stated.size, isFolder: path.endsWith('/'), read }, next };
}

interface Stated {
    method: number;
    checksum: number;
    packedSize: number;
    size: number;
    offset: number;
}

function unpack(zip: Buffer, name: Buffer, stated: Stated): Buffer {
    const path = name.toString('utf8');
    const packed = packedBytes(zip, name, stated);
    const body = stated.method === STORED ? Buffer.from(packed) : inflate(packed, path, stated);
    if (body.length !== stated.size) throw wrongSize(path);
    if (crc32(body) !== stated.checksum)
        throw broken(`the checksum of ${quoted(path)} does not fit its bytes`);
    return body;
}

/** The local header must name the same file, so that no two readers see different packages in one zip. */
function packedBytes(zip: Buffer, name: Buffer, { offset, packedSize }: Stated): Buffer {
    const path = name.toString('utf8');
    if (offset + 30 > zip.length || zip.readUInt32LE(offset) !== LOCAL_ENTRY)
        throw broken(`${quoted(path)} is not where the directory says`);
    const nameEnd = offset + 30 + zip.readUInt16LE(offset + 26);
    if (!zip.subarray(offset + 30, nameEnd).equals(name))
        throw broken(`${quoted(path)} has another name in its own header`);
    const start = nameEnd + zip.readUInt16LE(offset + 28);
    if (start + packedSize > zip.length) throw broken(`${quoted(path)} is cut off`);
    return zip.subarray(start, start + packedSize);
}

function inflate(packed: Buffer, path: string, { method, size }: Stated): Buffer {
    if (method !== DEFLATED) throw broken(`${quoted(path)} is packed by a method other than deflate`);
    try {
        return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
    } catch (error) {
        if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw wrongSize(path);
        throw broken(`${quoted(path)} does not unpack: ${(error as Error).message}`);
    }
}

function quoted(path: string): string {
    return JSON.stringify(path);
}

function wrongSize(path: string): UnreadablePackage {
    return broken(`${quoted(path)} unpacks to another size than the zip states`);
}

function broken(why: string): UnreadablePackage {
    return new UnreadablePackage(`The deploy is not a readable zip file: ${why}.`);
}
