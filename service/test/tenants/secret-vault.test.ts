import { describe, expect, test } from '@jest/globals';
import { SecretVault, parseSecretKeys } from '../../src/tenants/secret-vault.ts';
import { ORG_ID, OTHER_ORG_ID } from '../support/test-app.ts';

const key = (id: string, fill: number) => ({ id, bytes: Buffer.alloc(32, fill) });
const vault = new SecretVault([key('a', 1)]);

describe('a sealed secret', () => {
    test('opens for its tenant, and is another text each time', () => {
        const sealed = vault.seal('consumer secret', ORG_ID);
        expect(vault.open(sealed, ORG_ID)).toBe('consumer secret');
        expect(sealed).not.toContain('consumer');
        expect(vault.seal('consumer secret', ORG_ID)).not.toBe(sealed);
    });

    test('does not open in the row of another tenant', () => {
        const sealed = vault.seal('consumer secret', ORG_ID);
        expect(() => vault.open(sealed, OTHER_ORG_ID)).toThrow('key "a" does not open it');
    });

    test('does not open when a byte of it, its nonce or the name of its key was changed', () => {
        const sealed = vault.seal('consumer secret', ORG_ID);
        const both = new SecretVault([key('a', 1), key('b', 1)]);
        const parts = sealed.split('.');
        const flipped = (text: string): string => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
        for (const changed of [
            [parts[0], parts[1], parts[2], flipped(parts[3])],
            [parts[0], parts[1], flipped(parts[2]), parts[3]],
            [parts[0], 'b', parts[2], parts[3]],
            [parts[0], parts[1], parts[2], parts[3].slice(0, 20)]
        ])
            expect(() => both.open(changed.join('.'), ORG_ID)).toThrow('does not open it');
        expect(() => both.open('v9.a.b.c', ORG_ID)).toThrow('format "v9"');
    });

    test('opens after a rotation, is known as old, and is sealed anew with the first key', () => {
        const sealed = vault.seal('consumer secret', ORG_ID);
        const rotated = new SecretVault([key('b', 2), key('a', 1)]);
        expect(rotated.isOld(sealed)).toBe(true);
        const again = rotated.seal(rotated.open(sealed, ORG_ID), ORG_ID);
        expect(rotated.isOld(again)).toBe(false);
        expect(() => vault.open(again, ORG_ID)).toThrow('PLUMBLINE_SECRET_KEYS has no key "b"');
    });
});

describe('the keys of the environment', () => {
    const base64 = Buffer.alloc(32, 7).toString('base64');

    test('are read in their order', () => {
        const keys = parseSecretKeys(`2026:${base64}, 2025:${base64}`);
        expect(keys?.map(({ id }) => id)).toEqual(['2026', '2025']);
        expect(keys?.[0].bytes).toHaveLength(32);
    });

    test.each([
        ['nothing', ''],
        ['no name', base64],
        ['16 bytes', `a:${Buffer.alloc(16).toString('base64')}`],
        ['a name twice', `a:${base64},a:${base64}`],
        ['a comma at the end', `a:${base64},`]
    ])('%s is refused', (_what, text) => {
        expect(parseSecretKeys(text)).toBeNull();
    });
});
