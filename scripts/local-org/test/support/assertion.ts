// Signed assertions as clients of the JWT bearer grant send them.
import { generateKeyPairSync, sign } from 'node:crypto';

export interface KeyPair {
    publicKey: string;
    privateKey: string;
}

export function rsaKeyPair(): KeyPair {
    return generateKeyPairSync('rsa', {
        modulusLength: 2048,
        publicKeyEncoding: { type: 'spki', format: 'pem' },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' }
    });
}

export function signedAssertion(
    claims: Record<string, unknown>,
    privateKey: string,
    header: Record<string, unknown> = { alg: 'RS256' }
): string {
    const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = `${encode(header)}.${encode(claims)}`;
    return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
}
