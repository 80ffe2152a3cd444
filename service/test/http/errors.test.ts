import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { ERRORS } from '../../src/http/error-catalogue.ts';

const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');

test('the page of errors says what the service answers, code by code', () => {
    const rows = page.split('\n').filter((line) => /^\| `[A-Z_]+` \| \d{3} /.test(line));
    const expected = Object.entries(ERRORS).map(
        ([code, { status, message, fix }]) => `| \`${code}\` | ${status} | ${message} | ${fix} |`
    );
    expect(rows).toEqual(expected);
});
