// A scenario equal to reality pays what reality pays, to the cent: the scenario of the page c/whatIf is given what the org
// keeps of a calculation (credits in cents, goals, assignments, opening balances), and must come to what the service paid.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parseCases } from '../../service/src/domain/incentives/parse-cases.ts';
import { dealFields, realityOf, type Given, type Reality } from './page-reality.ts';
import { loadPageScenario, type PageScenario } from './page-scenario.ts';

const plansFolder = fileURLToPath(new URL('../../config/plans', import.meta.url));
/** A case that says so much of one payee's deals is not a scenario of one page. */
const NOT_OF_ONE_PAYEE = [
    'splits',
    'team',
    'owners',
    'touches',
    'coalitions',
    'reverses',
    'amends',
    'currency'
];

let page: PageScenario;

beforeAll(async () => {
    page = await loadPageScenario();
});

const realities = readdirSync(plansFolder).sort().flatMap(realitiesOf);

function realitiesOf(key: string): Reality[] {
    const definition = readFileSync(join(plansFolder, key, 'plan.yaml'), 'utf8');
    const { cases } = parseCases(readFileSync(join(plansFolder, key, 'cases.yaml'), 'utf8'));
    return cases!
        .filter(({ given }) => canHappen(JSON.parse(given) as Given))
        .flatMap(({ name, given }) => realityOf(`${key}: ${name}`, definition, given));
}

/** One payee, without sums of earlier years, which no statement has; facts are of a period. */
function canHappen({ payees, transactions = [], opening = [], facts = [] }: Given): boolean {
    const isOfOne = transactions.every((deal) => !NOT_OF_ONE_PAYEE.some((field) => field in deal));
    const isPlain = facts.every(({ period }) => period) && !opening.some(({ measure }) => measure);
    return payees.length === 1 && isOfOne && isPlain;
}

test('there are many plans to try it with', () => {
    expect(realities.length).toBeGreaterThan(45);
});

describe('a scenario equal to reality pays the same', () => {
    test.each(realities.map((one): [string, Reality] => [one.name, one]))('%s', (_name, reality) => {
        const { plan } = page.scenarioPlan(reality.definition);
        const { paid, problems } = page.scenarioOutcome(plan, reality.basis, []);
        expect([paid, [...problems]]).toEqual([reality.paid, []]);
    });
});

describe('the last deal, picked as if it were still open, pays what it paid', () => {
    const withDeals = realities.filter(({ deals }) => deals.length > 0);
    test.each(withDeals.map((one): [string, Reality] => [one.name, one]))('%s', (_name, reality) => {
        const { plan } = page.scenarioPlan(reality.definition);
        const { id, date, amount, ...rest } = reality.deals.at(-1)!;
        const credits = reality.basis.credits.filter(({ transactionKey }) => transactionKey !== id);
        const pick = { ...dealFields({ amount, ...rest }), opportunityId: id, closeDate: date, amount };
        const { paid, problems } = page.scenarioOutcome(plan, { ...reality.basis, credits }, [pick]);
        expect([paid, [...problems]]).toEqual([reality.paid, []]);
    });
});

test('names the problem of a plan that cannot be read', () => {
    const { plan, problems } = page.scenarioPlan('plan: x\n');
    expect(plan).toBeNull();
    expect(problems.length).toBeGreaterThan(0);
});

test('goes on to the period in which the last picked deal closes', () => {
    const { definition, basis } = realities.find(({ name }) => name.startsWith('flat-commission'))!;
    const { plan } = page.scenarioPlan(definition);
    const before = page.scenarioOutcome(plan, basis, []);
    const periods = basis['periods'] as { endDate: string }[];
    const later = new Date(`${periods.at(-1)!.endDate}T00:00:00Z`);
    later.setUTCDate(later.getUTCDate() + 70);
    const closeDate = later.toISOString().slice(0, 10);
    const assignments = (basis['assignments'] as object[]).map((one) => ({ ...one, endDate: null }));
    const pick = { opportunityId: 'later', amount: '1000', closeDate };
    const after = page.scenarioOutcome(plan, { ...basis, assignments }, [pick]);
    expect([...after.problems]).toEqual([]);
    expect(after.paid).toBeCloseTo(before.paid + 50, 2);
});

describe('decisions on what is not paid yet', () => {
    const decision = { payee: 'rep', award: '2026-Q1', form: 'cash', period: '2026-Q2', reason: 'Misselling', requestedBy: 'compliance', approvedBy: 'board' }; // prettier-ignore
    const given = (malus: object[]): string =>
        JSON.stringify({
            from: '2026-01-01',
            to: '2026-12-31',
            payees: [{ id: 'rep' }],
            transactions: [{ id: 'd', date: '2026-02-10', owner: 'rep', amount: '100000', margin: '30000' }],
            malus: malus.map((one) => ({ ...decision, ...one }))
        });
    const pays = (definition: string, malus: object[]): void => {
        const [reality] = realityOf('', definition, given(malus));
        const { paid, problems } = page.scenarioOutcome(
            page.scenarioPlan(definition).plan,
            reality!.basis,
            []
        );
        expect([paid, [...problems]]).toEqual([reality!.paid, []]);
    };

    test('a decision on a part of a deal takes from the parts of both credits the deal gave', () => {
        const definition = `plan: two
currency: GBP
period: quarter
crediting:
  - { key: direct, to: owner }
  - { key: sourced, to: owner, share: 50%, total: any }
components:
  commission:
    per: credit
    base: margin * share
    rate: 8%
    schedule: { instalments: [{ after: 0, share: 25% }, { after: 3, share: 75% }] }
`;
        // The parts are 1,800 and 900.
        pays(definition, [
            { component: 'commission', transaction: 'd', dueOn: '2026-12-31', amount: '2000' }
        ]);
        pays(definition, [
            { component: 'commission', transaction: 'd', dueOn: '2026-12-31', amount: '1500' },
            {
                component: 'commission',
                transaction: 'd',
                dueOn: '2026-12-31',
                amount: '1200',
                period: '2026-Q3'
            }
        ]);
    });

    test('a decision on a deferred tranche, in cash and in instruments', () => {
        const definition = `plan: deferred
currency: GBP
period: quarter
crediting: [{ key: direct, to: owner }]
components: { commission: { per: credit, base: payable, rate: 8% } }
payout:
  - { key: deferral, deferral: { deferred: due * 40%, tranches: [{ afterMonths: 9, share: 100% }], instruments: 50% } }
`;
        const tranche = { component: 'deferral', dueOn: '2026-12-31' };
        pays(definition, [{ ...tranche, amount: '700' }]);
        pays(definition, [{ ...tranche, amount: '700', form: 'instrument' }]);
    });
});
