// Secrets of tenants as they lie in the state: AES-256-GCM, bound to the tenant they belong to and to the name of the key
// that sealed them. The keys come from the environment; nothing here keeps or logs a secret.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
/** What GCM is specified for. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORMAT = 'v1';

export interface SecretKey {
    id: string;
    bytes: Buffer;
}

/** Reads `id:base64,id:base64`; null when it is not that. The text itself is in no message. */
export function parseSecretKeys(text: string): SecretKey[] | null {
    const keys = text.split(',').map((part) => {
        const [, id, base64] = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/]{43}=)$/.exec(part.trim()) ?? [];
        return { id: id ?? '', bytes: Buffer.from(base64 ?? '', 'base64') };
    });
    const ids = new Set(keys.map(({ id }) => id));
    const areWhole = keys.every(({ id, bytes }) => id !== '' && bytes.length === KEY_BYTES);
    return areWhole && ids.size === keys.length ? keys : null;
}

/** Thrown when a stored secret cannot be read: its key is gone, or the row is not the tenant's. */
export class SecretUnreadable extends Error {
    readonly code = 'SECRET_UNREADABLE';
    constructor(orgId: string, why: string) {
        super(`The client secret of ${orgId} cannot be read: ${why}.`);
        this.name = 'SecretUnreadable';
    }
}

export class SecretVault {
    readonly #keys: Map<string, Buffer>;
    readonly #first: SecretKey;

    /** The first key seals, all open. */
    constructor(keys: readonly SecretKey[]) {
        if (keys.length === 0) throw new Error('A vault needs a key.');
        this.#first = keys[0];
        this.#keys = new Map(keys.map(({ id, bytes }) => [id, bytes]));
    }

    seal(secret: string, orgId: string): string {
        const nonce = randomBytes(NONCE_BYTES);
        const cipher = createCipheriv(ALGORITHM, this.#first.bytes, nonce, { authTagLength: TAG_BYTES });
        cipher.setAAD(boundTo(orgId, this.#first.id));
        const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
        return [FORMAT, this.#first.id, nonce.toString('base64url'), sealed.toString('base64url')].join('.');
    }

    open(sealed: string, orgId: string): string {
        const [format, keyId = '', nonce = '', content = ''] = sealed.split('.');
        if (format !== FORMAT) throw new SecretUnreadable(orgId, `it has the format "${format}"`);
        const key = this.#keys.get(keyId);
        if (!key) throw new SecretUnreadable(orgId, `PLUMBLINE_SECRET_KEYS has no key "${keyId}"`);
        const bytes = Buffer.from(content, 'base64url');
        try {
            const decipher = createDecipheriv(ALGORITHM, key, Buffer.from(nonce, 'base64url'), {
                authTagLength: TAG_BYTES
            });
            decipher.setAAD(boundTo(orgId, keyId));
            decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
            return decipher.update(bytes.subarray(0, -TAG_BYTES)).toString() + decipher.final('utf8');
        } catch {
            throw new SecretUnreadable(orgId, `key "${keyId}" does not open it`);
        }
    }

    /** True when another key than the first has sealed it. */
    isOld(sealed: string): boolean {
        return sealed.split('.')[1] !== this.#first.id;
    }
}

/** A sealed secret moved to the row of another tenant, or marked with another key, does not open. */
function boundTo(orgId: string, keyId: string): Buffer {
    return Buffer.from(JSON.stringify([FORMAT, keyId, orgId]));
}
