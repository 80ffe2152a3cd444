// Zips that say of themselves what is not so, made from good ones by changing bytes of their directory.
import { zipSync } from 'fflate';

const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;

export interface Claims {
    size?: number;
    checksum?: number;
    flags?: number;
    attributes?: number;
    /** As long as the true name. */
    localName?: string;
    method?: number;
}

/** The zip with other claims about its entry `path`. */
export function claiming(zip: Buffer, path: string, claims: Claims): Buffer {
    const crooked = Buffer.from(zip);
    const at = entryOf(crooked, path);
    if (claims.flags !== undefined) crooked.writeUInt16LE(claims.flags, at + 8);
    if (claims.method !== undefined) crooked.writeUInt16LE(claims.method, at + 10);
    if (claims.checksum !== undefined) crooked.writeUInt32LE(claims.checksum, at + 16);
    if (claims.attributes !== undefined) crooked.writeUInt32LE(claims.attributes, at + 38);
    const local = crooked.readUInt32LE(at + 42);
    if (claims.size !== undefined) {
        crooked.writeUInt32LE(claims.size, at + 24);
        crooked.writeUInt32LE(claims.size, local + 22);
    }
    if (claims.localName !== undefined) crooked.write(claims.localName, local + 30, 'utf8');
    return crooked;
}

/** One zip out of several, its paths as they are, also the same path twice. */
export function joined(...parts: Record<string, string>[]): Buffer {
    const zips = parts.map((files) => {
        const entries = Object.entries(files).map(([path, text]) => [path, Buffer.from(text)] as const);
        return Buffer.from(zipSync(Object.fromEntries(entries)));
    });
    let offset = 0;
    const bodies: Buffer[] = [];
    const directories: Buffer[] = [];
    let count = 0;
    for (const zip of zips) {
        const end = zip.length - 22;
        const start = zip.readUInt32LE(end + 16);
        const directory = Buffer.from(zip.subarray(start, end));
        for (let at = 0; at < directory.length; at = nextEntry(directory, at)) {
            directory.writeUInt32LE(directory.readUInt32LE(at + 42) + offset, at + 42);
            count += 1;
        }
        bodies.push(zip.subarray(0, start));
        directories.push(directory);
        offset += start;
    }
    const directory = Buffer.concat(directories);
    const end = Buffer.from(zips[0]!.subarray(-22));
    end.writeUInt16LE(count, 8);
    end.writeUInt16LE(count, 10);
    end.writeUInt32LE(directory.length, 12);
    end.writeUInt32LE(offset, 16);
    return Buffer.concat([...bodies, directory, end]);
}

function entryOf(zip: Buffer, path: string): number {
    let at = zip.readUInt32LE(zip.length - 22 + 16);
    while (zip.readUInt32LE(at) === DIRECTORY_ENTRY) {
        if (zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28)) === path) {
            if (zip.readUInt32LE(zip.readUInt32LE(at + 42)) !== LOCAL_ENTRY) throw new Error('no such entry');
            return at;
        }
        at = nextEntry(zip, at);
    }
    throw new Error(`The zip has no entry ${path}.`);
}

function nextEntry(zip: Buffer, at: number): number {
    return at + 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
}
