// Cases are compared by value, differences are all named, and every plan of the project proves itself by its cases.
import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseCases } from '../../../src/domain/incentives/parse-cases.ts';
import { parsePlan } from '../../../src/domain/incentives/parse-plan.ts';
import { runCase, type Difference } from '../../../src/domain/incentives/run-cases.ts';

const folder = fileURLToPath(new URL('../../../../config/plans/', import.meta.url));

const { plan } = parsePlan(`
plan: seller
currency: USD
period: month
crediting:
  - { key: direct, to: owner }
components:
  commission: { per: credit, base: payable, rate: 1/3 }
payout:
  - { key: cap, limit: { most: 1000 } }
figures:
  third: 1/3
`);

/** The cases with the given transactions and expectations, as they would stand in a file. */
function differencesOf(
    expect: string,
    transactions = '[{ id: t.1, date: 2026-01-05, owner: rep, amount: 100 }]'
): Difference[] {
    const given = `{ from: 2026-01-01, to: 2026-01-31, payees: [{ id: rep }], transactions: ${transactions} }`;
    const { cases, problems } = parseCases(`- name: a sale\n  given: ${given}\n  expect: ${expect}`);
    if (cases === null) throw new Error(JSON.stringify(problems));
    return runCase(plan!, cases[0]!).differences;
}

describe('what a case expects', () => {
    test.each([
        '{ payees: { rep: { total: 33.33 } } }',
        '{ payees: { rep: { total: "33.330" } } }',
        '{ payees.rep.total: 33.33 }',
        '{ payees.rep.periods.2026-01.components.commission.earning: 3333% }',
        '{ payees.rep.periods.2026-01.figures.third: 2/6 }',
        '{ payees.rep.periods.2026-01.payout.cap.after: 33.33 }',
        '{ payees.rep.periods.2026-01.credits.1.payable: 100 }',
        '{ payees.rep.periods.2026-01: { credits: [{ transaction: t.1, share: 100% }], payout: [{ key: cap }] } }',
        '{ schedules: [], problems: [], currency: USD }',
        '{}'
    ])('%s holds', (expected) => {
        expect(differencesOf(expected)).toEqual([]);
    });

    test.each([
        ['{ payees: { rep: { total: 33.34 } } }', 'payees.rep.total', '33.34', '33.33'],
        ['{ payees.rep.total: 33.3 }', 'payees.rep.total', '33.3', '33.33'],
        ['{ payees.bob.total: 33.33 }', 'payees.bob.total', '33.33', 'nothing'],
        ['{ payees.rep: 33.33 }', 'payees.rep', '33.33', 'an object'],
        [
            '{ payees.rep.periods.2026-01.credits: [] }',
            'payees.rep.periods.2026-01.credits',
            'a list of 0',
            'a list of 1'
        ],
        ['{ currency: [USD] }', 'currency', 'a list of 1', 'USD'],
        ['{ constructor: Object }', 'constructor', 'Object', 'nothing']
    ])('%s does not hold, and the difference is named', (expected, path, wanted, actual) => {
        expect(differencesOf(expected)).toEqual([{ path, expected: wanted, actual }]);
    });

    test('every difference is named, not only the first', () => {
        expect(
            differencesOf('{ payees.rep: { total: 1, periods.2026-01: { due: 2, paid: 3 } } }')
        ).toHaveLength(3);
    });

    test('a problem nobody expected is a difference, an expected one is not', () => {
        const twice = '[{ id: t, date: 2026-02-30, owner: rep, amount: 1 }]';
        const [difference] = differencesOf('{}', twice);
        expect(difference).toMatchObject({ path: 'problems', expected: 'none' });
        expect(difference!.actual).toContain('DATE_INVALID at transaction t, date');
        const expected =
            '{ problems: [{ code: DATE_INVALID, where: "transaction t, date" }], payees.rep.total: null }';
        expect(differencesOf(expected, twice)).toEqual([]);
    });

    test('numbers of a case are exact and its quoted words stay words', () => {
        const amount = '[{ id: "007", date: 2026-01-05, owner: rep, amount: 300000000000000000.03 }]';
        expect(
            differencesOf(
                '{ payees.rep.periods.2026-01: { due: 100000000000000000.01, credits: [{ transaction: "007" }] } }',
                amount
            )
        ).toEqual([]);
    });
});

describe('a file of cases', () => {
    test.each([
        ['cases: []', 'LIST_EMPTY'],
        ['- { name: a, given: {} }', 'MISSING'],
        ['- { name: a, given: 1, expect: {} }', 'MAP_WANTED'],
        ['- { given: {}, expect: {} }', 'MISSING'],
        ['- { name: a, given: {}, expect: {}, expects: {} }', 'KEY_UNKNOWN'],
        ['a: [', 'YAML_INVALID']
    ])('%s is refused: %s', (yaml, code) => {
        const { cases, problems } = parseCases(yaml);
        expect(cases).toBeNull();
        expect(problems.map((problem) => problem.code)).toContain(code);
    });
});

describe.each(readdirSync(folder).sort())('the plan %s', (name) => {
    const { plan: published } = parsePlan(readFileSync(`${folder}${name}/plan.yaml`, 'utf8'));
    const { cases, problems } = parseCases(readFileSync(`${folder}${name}/cases.yaml`, 'utf8'));

    test('has cases that can be read', () => {
        expect(problems).toEqual([]);
    });

    test.each((cases ?? []).map((one) => [one.name, one] as const))('%s', (_, one) => {
        expect(runCase(published!, one).differences).toEqual([]);
    });
});
