import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { planPages, stalePages } from '../../scripts/plan/docs.ts';
import { parseCases } from '../src/domain/incentives/parse-cases.ts';
import { parsePlan } from '../src/domain/incentives/parse-plan.ts';
import { runCase } from '../src/domain/incentives/run-cases.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'config/plans');
const keys = readdirSync(folder).filter((key) => existsSync(join(folder, key, 'plan.yaml')));

const read = (key: string, file: string): string => readFileSync(join(folder, key, file), 'utf8');

/** Empty where everything comes out; otherwise a line for each difference, so that a failure can be read. */
function differencesOf(key: string): string[] {
    const { plan, problems } = parsePlan(read(key, 'plan.yaml'));
    const parsed = parseCases(read(key, 'cases.yaml'));
    const wrong = [...problems, ...parsed.problems].map(
        ({ code, where, fix }) => `${code} at ${where}: ${fix}`
    );
    if (!plan || !parsed.cases) return wrong;
    return parsed.cases.flatMap((one) =>
        runCase(plan, one).differences.map(
            ({ path, expected, actual }) => `${one.name}: ${path} should be ${expected}, is ${actual}`
        )
    );
}

/** The 48 published examples the product is measured by. */
const PUBLISHED = [
    ...[1, 3, 4, 5, 6, 7, 8, 10, 12, 13, 15, 16, 17, 18, 20, 22, 23, 26, 28, 29, 30, 33, 35, 36, 38, 40],
    ...[42, 43, 45, 47, 49, 51, 52, 53, 54, 56, 58, 59, 65, 66, 67, 68, 70, 72, 74, 77, 78, 79]
].map((number) => `IC-${String(number).padStart(2, '0')}`);

describe('the plans of config/plans', () => {
    test.each(keys)('%s: every case comes out as its author expects', (key) => {
        expect(differencesOf(key)).toEqual([]);
    });

    test('each plan stands in the folder of its key', () => {
        expect(keys.filter((key) => parsePlan(read(key, 'plan.yaml')).plan?.key !== key)).toEqual([]);
    });

    test('every published example has a case', () => {
        const sources = keys.flatMap((key) => parseCases(read(key, 'cases.yaml')).cases ?? []);
        const cited = new Set(sources.map(({ source }) => /^IC-\d\d/.exec(source)?.[0]));
        expect(PUBLISHED.filter((id) => !cited.has(id))).toEqual([]);
    });

    test('a case with a figure that is off by a cent fails and says where', () => {
        const cases = parseCases(read('flat-commission', 'cases.yaml')).cases!;
        const wrong = { ...cases[0]!, expect: { payees: { rep: { total: '5000.01' } } } };
        expect(runCase(parsePlan(read('flat-commission', 'plan.yaml')).plan!, wrong).differences).toEqual([
            { path: 'payees.rep.total', expected: '5000.01', actual: '5000.00' }
        ]);
    });

    test('the pages in service/docs/plans say what the plans say now', () => {
        expect(stalePages(root, planPages(root))).toEqual([]);
    });
});
