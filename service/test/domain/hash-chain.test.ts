import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
    canonicalJson,
    chained,
    CHAIN_START,
    firstBroken,
    hashOf,
    type Json
} from '../../src/domain/hash-chain.ts';

const contents = [
    { payee: 'A', paid: '100.00' },
    { payee: 'A', paid: '250.00' },
    { payee: 'A', paid: '0.01' }
];

describe('canonical JSON', () => {
    test('does not depend on the order in which keys were written', () => {
        expect(canonicalJson({ b: 1, a: { d: [true, null], c: 'x' } })).toBe(
            '{"a":{"c":"x","d":[true,null]},"b":1}'
        );
        fc.assert(
            fc.property(fc.dictionary(fc.string(), fc.string()), (fields) => {
                const turned = Object.fromEntries(Object.entries(fields).reverse());
                expect(canonicalJson(turned)).toBe(canonicalJson(fields));
                expect(JSON.parse(canonicalJson(fields))).toEqual({ ...fields });
            })
        );
    });

    test('refuses numbers that are not exact', () => {
        expect(() => canonicalJson({ paid: 0.1 })).toThrow('write figures as text');
        expect(() => canonicalJson([2 ** 53])).toThrow('write figures as text');
    });

    test('hashes as SHA-256 of the text', () => {
        // printf '{}' | sha256sum
        expect(hashOf({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
    });
});

describe('a chain', () => {
    test('begins at the start and holds', () => {
        const entries = chained<Json>(contents);
        expect(entries[0]!.previous).toBe(CHAIN_START);
        expect(firstBroken(entries)).toBeNull();
        expect(firstBroken([])).toBeNull();
    });

    test('goes on where an earlier chain ended', () => {
        const all = chained<Json>(contents);
        expect(chained<Json>(contents.slice(1), all[0]!.hash)).toEqual(all.slice(1));
        expect(firstBroken(all.slice(1), { start: all[0]!.hash })).toBeNull();
    });

    test.each([0, 1, 2])('names entry %i when a cent of it was changed', (index) => {
        const entries = chained<Json>(contents).map((entry, i) =>
            i === index ? { ...entry, content: { payee: 'A', paid: '100.01' } } : entry
        );
        expect(firstBroken(entries)).toEqual({ index, why: 'content changed' });
    });

    test('names the entry after one that was changed and hashed anew', () => {
        const entries = chained<Json>(contents);
        const forged = chained<Json>([{ payee: 'A', paid: '100.01' }]);
        expect(firstBroken([...forged, ...entries.slice(1)])).toEqual({
            index: 1,
            why: 'does not follow the entry before'
        });
    });

    test('names the place where an entry was taken out, put in or moved', () => {
        const [a, b, c] = chained<Json>(contents);
        const why = 'does not follow the entry before';
        expect(firstBroken([a!, c!])).toEqual({ index: 1, why });
        expect(firstBroken([a!, b!, b!, c!])).toEqual({ index: 2, why });
        expect(firstBroken([a!, c!, b!])).toEqual({ index: 1, why });
        expect(firstBroken([b!, c!])).toEqual({ index: 0, why });
    });

    test('shows what was cut off at its end to who knows the last hash', () => {
        const entries = chained<Json>(contents);
        const end = entries.at(-1)!.hash;
        expect(firstBroken(entries.slice(0, 2), { end })).toEqual({
            index: 2,
            why: 'does not follow the entry before'
        });
        expect(firstBroken(entries, { end })).toBeNull();
    });
});
