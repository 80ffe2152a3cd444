import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const domain = fileURLToPath(new URL('../../../src/domain/incentives', import.meta.url));
const ERRORS = readFileSync(fileURLToPath(new URL('../../../docs/errors.md', import.meta.url)), 'utf8');
const READING = /^(plan-file|plan-check|input-file|columnar)\/|^(parse-|evaluate|validate-plan)/;

test('every code of a wrong plan or input is explained', () => {
    const files = readdirSync(domain, { recursive: true, encoding: 'utf8' }).filter((file) =>
        READING.test(file)
    );
    const codes = files
        .filter((file) => file.endsWith('.ts'))
        .flatMap(
            (file) =>
                readFileSync(join(domain, file), 'utf8').match(
                    /'[A-Z]{2,}(_[A-Z]+)+'|'(MISSING|ARGUMENTS)'/g
                ) ?? []
        )
        .map((code) => code.slice(1, -1));
    expect(codes.length).toBeGreaterThan(100);
    expect([...new Set(codes)].filter((code) => !ERRORS.includes(`\`${code}\``))).toEqual([]);
});
