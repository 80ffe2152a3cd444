// The keys orgs and the operator sign in with. A key is shown once; what is kept is its SHA-256, and what people call it
// by is the beginning of that. 256 random bits need no slow hash: there is nothing to guess.
import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

const FINGERPRINT_LENGTH = 16;

/** Begins with a name that secret scanners can be taught. */
export function newKey(): string {
    return `plk_${randomBytes(32).toString('base64url')}`;
}

export function sha256Of(key: string): string {
    return hash('sha256', key);
}

export function fingerprintOf(sha256: string): string {
    return sha256.slice(0, FINGERPRINT_LENGTH);
}

/** The sum of the one that matches, or null. Looks at every sum, also after a match. */
export function matchingSum(key: string, sums: readonly string[]): string | null {
    const given = Buffer.from(sha256Of(key), 'hex');
    let match: string | null = null;
    for (const sum of sums) {
        if (timingSafeEqual(given, Buffer.from(sum, 'hex'))) match = sum;
    }
    return match;
}
