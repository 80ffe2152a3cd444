import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { COMPONENT_TYPES } from '../metadata/component-types.ts';
import { generate } from '../metadata/generate-metadata-schema.ts';

test('the committed metadata types are those of the installed @salesforce/types', () => {
    const committed = new URL('../metadata/metadata-types.generated.json', import.meta.url);
    expect(generate()).toEqual(JSON.parse(readFileSync(committed, 'utf8')));
});

test('every type that can be deployed has its own folder and a key prefix of its own', () => {
    const folders = COMPONENT_TYPES.map(({ folder }) => folder);
    const prefixes = COMPONENT_TYPES.map(({ keyPrefix }) => keyPrefix);
    expect(new Set(folders).size).toBe(folders.length);
    expect(new Set(prefixes).size).toBe(prefixes.length);
});
