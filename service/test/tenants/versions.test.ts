import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { ENGINE_VERSION } from '../../src/engine-version.ts';

const read = (path: string): string =>
    readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');

test('package, service and package.json say the same version', () => {
    const apex = read('force-app/main/core/classes/SetupFacts.cls');
    expect(/PACKAGE_VERSION = '([^']+)'/.exec(apex)?.[1]).toBe(ENGINE_VERSION);
    expect(JSON.parse(read('package.json')).version).toBe(ENGINE_VERSION);
});
