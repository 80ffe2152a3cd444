import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { lockedPackages, missingIn, sbomOf } from './checks/sbom.ts';
import { ALLOWED, scan, secretsIn, trackedFiles, withoutAllowed } from './checks/secrets.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('secrets', () => {
    test('none is in any tracked file, and every exception is still needed', () => {
        const files = trackedFiles(root);
        expect(files.length).toBeGreaterThan(1000);
        const { left, unused } = withoutAllowed(scan(root, files), ALLOWED);
        expect(left.map(({ file, line, what }) => `${file}:${line} ${what}`)).toEqual([]);
        expect(unused.map(({ reason }) => reason)).toEqual([]);
    });

    // In pieces, or this file would be found.
    const secrets: [what: string, ...pieces: string[]][] = [
        ['a private key', '-----BEGIN RSA ', 'PRIVATE KEY-----'],
        ['a session', '00D000000000001', '!AQcAQH0dMHZfz9', '72Szmpkb58urFR', 'kgeBGsxL'],
        [
            'a consumer key',
            '3MVG9',
            'lKcPoNINVBIPJj',
            'dw1J9LLM82HnFV',
            'VX19KY1uA5mu0Q',
            'qEWhqKpoW3svG3',
            'XHrXDiCQjK1mdg'
        ],
        ['a key of AWS', 'AKIA', 'IOSFODNN7EXAMPLE'],
        ['a password in an address', 'postgres://app:', 'hunter22@db.internal/x'],
        ['a random key without a form', 'k9Jx2LqPz7', 'Vw4TnRb8Yc', '3MdHs6FgKa', '1Ee5Uu0QiOo']
    ];
    test.each(secrets)('%s would be found', (_what, ...pieces) => {
        expect(secretsIn('a.ts', `const it = '${pieces.join('')}';`)).not.toEqual([]);
    });

    test.each(['assignThePermissionSetsOfTheIntegrationUser2', 'a'.repeat(64), '0123456789abcdef'.repeat(4)])(
        '%s is not taken for one',
        (text) => {
            expect(secretsIn('a.ts', `'${text}'`)).toEqual([]);
        }
    );
});

describe('parts', () => {
    test('the list of parts is CycloneDX and names every locked package', () => {
        const sbom = sbomOf(root);
        expect(sbom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5' });
        expect(missingIn(sbom, root)).toEqual([]);
        expect(sbom.components.length).toBeGreaterThan(500);
    });

    test('every locked package has a checksum, and none comes from elsewhere than the registry', () => {
        const loose = lockedPackages(root).filter(
            ({ integrity, resolved }) => !integrity?.startsWith('sha512-') || resolved !== null
        );
        expect(loose.map(({ id }) => id)).toEqual([]);
    });

    test('every direct dependency is pinned to one version', () => {
        const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
            readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
        ) as Record<string, Record<string, string>>;
        const all = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
        expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+[\w.-]*$/.test(version))).toEqual([]);
    });
});
