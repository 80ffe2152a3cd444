// The JWT bearer grant: who may sign in without a browser because he holds the private key of a certificate that an admin
// has uploaded for a client app. Checks signature, audience, expiry; who the user is, and tokens, are routes/oauth.ts.
import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { Database } from 'better-sqlite3';

export interface ClientKeys {
    /** Keeps the public key of a PEM certificate (or the key itself). Throws when the text is neither. */
    trust(clientId: string, certificate: string): void;
    keyOf(clientId: string): KeyObject | undefined;
}

/** A refusal in OAuth's own words; these are Salesforce's. */
export class GrantRefused extends Error {
    readonly error: string;
    constructor(error: string, description: string) {
        super(description);
        this.error = error;
    }
}

export interface Claims {
    clientId: string;
    username: string;
}

export function createClientKeys(db: Database): ClientKeys {
    db.exec(
        'CREATE TABLE IF NOT EXISTS local_client_key (client_id TEXT PRIMARY KEY, public_key TEXT NOT NULL)'
    );
    return {
        trust(clientId, certificate) {
            db.prepare('INSERT OR REPLACE INTO local_client_key (client_id, public_key) VALUES (?, ?)').run(
                clientId,
                publicKeyIn(certificate)
            );
        },
        keyOf(clientId) {
            const pem = db
                .prepare('SELECT public_key FROM local_client_key WHERE client_id = ?')
                .pluck()
                .get(clientId) as string | undefined;
            return pem === undefined ? undefined : createPublicKey(pem);
        }
    };
}

function publicKeyIn(certificate: string): string {
    if (certificate.includes('PRIVATE KEY'))
        throw new Error('it is a private key, which stays with the client');
    const key = createPublicKey(certificate);
    if (key.asymmetricKeyType !== 'rsa') throw new Error(`its key is ${key.asymmetricKeyType}, not RSA`);
    return key.export({ type: 'spki', format: 'pem' }).toString();
}

/** What a signed assertion claims, once every check has passed; throws GrantRefused. */
export function readAssertion(assertion: string, keys: ClientKeys, audience: string, now: Date): Claims {
    const [header = '', payload = '', signature = '', ...more] = assertion.split('.');
    const claims = jsonOf(payload);
    if (more.length || signature === '' || jsonOf(header)['alg'] !== 'RS256') throw invalidAssertion();
    const clientId = String(claims['iss'] ?? '');
    const key = keys.keyOf(clientId);
    if (!key) throw new GrantRefused('invalid_client_id', 'client identifier invalid');
    const signed = Buffer.from(`${header}.${payload}`);
    if (!verify('sha256', signed, key, Buffer.from(signature, 'base64url'))) throw invalidAssertion();
    const audiences = [claims['aud']].flat().map((one) => String(one).replace(/\/$/, ''));
    if (!audiences.includes(audience)) throw new GrantRefused('invalid_grant', 'audience is invalid');
    // No upper bound: the real CLI gives its expiry in milliseconds, which read as seconds lies far in the future.
    const expiry = Number(claims['exp']);
    if (!(expiry * 1000 > now.getTime()))
        throw new GrantRefused('invalid_grant', 'expired authorization code');
    return { clientId, username: String(claims['sub'] ?? '') };
}

function jsonOf(part: string): Record<string, unknown> {
    try {
        const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
        if (value !== null && typeof value === 'object') return value as Record<string, unknown>;
    } catch {
        // No JSON: the same refusal as for JSON that is no object.
    }
    throw invalidAssertion();
}

function invalidAssertion(): GrantRefused {
    return new GrantRefused('invalid_grant', 'invalid assertion');
}
