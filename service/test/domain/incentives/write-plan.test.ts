import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { parsePlan } from '../../../src/domain/incentives/parse-plan.ts';
import { writePlan } from '../../../src/domain/incentives/write-plan.ts';
import { planHash } from '../../../src/domain/incentives/write-result.ts';
import { plans } from './plan-arbitrary.ts';

const folder = fileURLToPath(new URL('../../../../config/plans/', import.meta.url));
const published = readdirSync(folder).sort();

describe('a plan written as a file', () => {
    test('says the same when it is read again, whatever the plan', () => {
        fc.assert(
            fc.property(plans, (plan) => {
                const written = writePlan(plan);
                expect(parsePlan(written)).toEqual({ plan, problems: [] });
                expect(writePlan(parsePlan(written).plan!)).toBe(written);
            }),
            { numRuns: 200 }
        );
    });

    test.each(published)('the plan %s says the same when it is read again', (name) => {
        const { plan, problems } = parsePlan(readFileSync(`${folder}${name}/plan.yaml`, 'utf8'));
        expect(problems).toEqual([]);
        expect(parsePlan(writePlan(plan!))).toEqual({ plan, problems: [] });
    });

    test('holds no number another reader would make a floating point number of', () => {
        fc.assert(
            fc.property(plans, (plan) => {
                JSON.stringify(parse(writePlan(plan)), (_, value: unknown) => {
                    expect(typeof value).not.toBe('number');
                    return value;
                });
            }),
            { numRuns: 30 }
        );
    });

    test('has the same hash however it was laid out, and another when anything changes', () => {
        const lines = [
            'plan: p',
            'currency: USD',
            'period: month',
            'components:',
            '  c: { per: period, base: "100.00" }'
        ];
        const hashOf = (text: string): string => planHash(parsePlan(text).plan!);
        const hash = hashOf(lines.join('\n'));
        expect(hash).toMatch(/^[0-9a-f]{64}$/);
        expect(hashOf(lines.join('\n').replace('"100.00" }', '100.00 }   # a comment'))).toBe(hash);
        expect(hashOf(lines.join('\n').replace('100.00', '100.01'))).not.toBe(hash);
    });
});
