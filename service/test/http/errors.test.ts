import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { ERRORS } from '../../src/http/error-catalogue.ts';

const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
const source = fileURLToPath(new URL('../../src/salesforce/', import.meta.url));

test('the page of errors says what the service answers, code by code', () => {
    const rows = page.split('\n').filter((line) => /^\| `[A-Z_]+` \| \d{3} /.test(line));
    const expected = Object.entries(ERRORS).map(
        ([code, { status, message, fix }]) => `| \`${code}\` | ${status} | ${message} | ${fix} |`
    );
    expect(rows).toEqual(expected);
});

test('every code a run or a connection check can end with is on the page', () => {
    const text = readdirSync(source)
        .filter((file) => file.endsWith('.ts'))
        .map((file) => readFileSync(source + file, 'utf8'))
        .join('\n');
    const raised = [
        ...text.matchAll(/(?:Error|Problem|note|#reportOwner)\(\s*(?:userId,\s*|ownerId,\s*)?'([A-Z_]{5,})'/g)
    ];
    const codes = [...new Set(raised.map((match) => match[1]))];
    expect(codes.length).toBeGreaterThan(12);
    expect(codes.filter((code) => !page.includes(`| \`${code}\` |`))).toEqual([]);
});
