// Chains of entries that cannot be changed unseen: each entry's hash covers its content and the hash of the entry before it.
// Content is written as canonical JSON (keys in order, no blanks), so the same content has the same hash everywhere.
// What is chained (runs, statements, ledger entries) is said by those who chain; nothing is stored here.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Amounts stand as text: a number must be whole and exact. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface ChainEntry<Content extends Json = Json> {
    content: Content;
    /** hash of the entry before, or where the chain begins */
    previous: string;
    hash: string;
}

export interface BrokenEntry {
    /** place in the chain, from 0 */
    index: number;
    why: 'content changed' | 'does not follow the entry before';
}

/** What the first entry of every chain follows. */
export const CHAIN_START = '0'.repeat(64);

/** Keys by their UTF-16 code units, as RFC 8785 has them. */
export function canonicalJson(value: Json): string {
    if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalJson(item)).join(',')}]`;
    if (typeof value === 'number') return wholeNumber(value);
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${fields.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}

/** SHA-256 of the canonical JSON, in hexadecimal digits. */
export function hashOf(content: Json): string {
    return bytesToHex(sha256(utf8ToBytes(canonicalJson(content))));
}

/** The entry that follows `previous`: another entry's hash, or CHAIN_START. */
export function chainEntry<Content extends Json>(content: Content, previous: string): ChainEntry<Content> {
    return { content, previous, hash: hashOf({ content, previous }) };
}

/** Entries for the contents in this order. */
export function chained<Content extends Json>(
    contents: readonly Content[],
    start = CHAIN_START
): ChainEntry<Content>[] {
    let previous = start;
    return contents.map((content) => {
        const entry = chainEntry(content, previous);
        previous = entry.hash;
        return entry;
    });
}

/** The first entry that is not what it was or not where it was; null when the chain holds. What was cut off at the end can
 *  only be seen by who knows the last hash: `end`. */
export function firstBroken(
    entries: readonly ChainEntry[],
    { start = CHAIN_START, end }: { start?: string; end?: string } = {}
): BrokenEntry | null {
    let previous = start;
    for (const [index, entry] of entries.entries()) {
        if (entry.previous !== previous) return { index, why: 'does not follow the entry before' };
        if (entry.hash !== hashOf({ content: entry.content, previous }))
            return { index, why: 'content changed' };
        previous = entry.hash;
    }
    const isCut = end !== undefined && end !== previous;
    return isCut ? { index: entries.length, why: 'does not follow the entry before' } : null;
}

function wholeNumber(value: number): string {
    if (!Number.isSafeInteger(value))
        throw new RangeError(`${value} is not a whole number that is exact: write figures as text`);
    return String(value);
}
