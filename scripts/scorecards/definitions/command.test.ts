import { expect, test } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { definitionsCommand } from './command.ts';

test('the page of definitions says what the files say today', () => {
    expect(definitionsCommand(['--check'], fileURLToPath(new URL('../../..', import.meta.url)))).toBe(0);
});
