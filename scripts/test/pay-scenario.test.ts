// A scenario equal to reality pays what reality pays, to the cent: the scenario of the page c/whatIf is given what the org
// keeps of a calculation (credits in cents, goals, assignments, opening balances), and must come to what the service paid.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parseCases } from '../../service/src/domain/incentives/parse-cases.ts';
import { parsePlan } from '../../service/src/domain/incentives/parse-plan.ts';
import type { Interval } from '../../service/src/domain/incentives/plan.ts';
import { calculateAsJson } from '../../service/src/domain/incentives/run-cases.ts';
import { inCents, loadPageScenario, type PageScenario } from './page-scenario.ts';

const plansFolder = fileURLToPath(new URL('../../config/plans', import.meta.url));
/** What the service reads of a deal; a case that needs more of it cannot happen in the org. */
const DEAL_FIELDS = ['id', 'date', 'amount', 'owner', 'product', 'productFamily', 'type', 'units'];
const INTERVALS: Record<Interval, string> = {
    week: 'Week',
    month: 'Month',
    quarter: 'Quarter',
    'half-year': 'HalfYear',
    year: 'Year',
    plan: 'Plan'
};

type Row = Record<string, string>;
interface Given {
    payees: Row[];
    assignments?: Row[];
    transactions?: Row[];
    quotas?: Row[];
    opening?: Row[];
    paid?: Row[];
    facts?: Row[];
    malus?: Row[];
}
interface Reality {
    name: string;
    definition: string;
    basis: { credits: { transactionKey: string }[] } & Record<string, unknown>;
    deals: Row[];
    paid: number;
}

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

/**
 * One payee, and nothing about deals that the service does not read. Decisions to cancel what is not paid yet are not given to
 * the page: it then comes to another sum than the statement and calls its figure an estimate.
 */
function canHappen({ payees, transactions = [], opening = [], facts = [], malus = [] }: Given): boolean {
    const isKnown = transactions.every((deal) =>
        Object.keys(deal).every((field) => DEAL_FIELDS.includes(field))
    );
    const isPlain = facts.length === 0 && malus.length === 0 && !opening.some(({ measure }) => measure);
    return payees.length === 1 && isKnown && isPlain;
}

function realityOf(name: string, definition: string, givenJson: string): Reality[] {
    const { plan } = parsePlan(definition);
    const given = JSON.parse(givenJson) as Given;
    const result = JSON.parse(calculateAsJson(plan!, givenJson).json);
    if (result.problems.length > 0) return [];
    const [payee] = given.payees as [Row];
    const periods = result.periods as { key: string; start: string; end: string }[];
    const told = result.payees[payee['id']!].periods;
    const deals = new Map(given.transactions?.map((deal) => [deal['id'], deal]));
    const { start, end } = { start: periods[0]!.start, end: periods.at(-1)!.end };
    const basis = {
        payeeId: payee['id'],
        interval: INTERVALS[plan!.period],
        periods: periods.map((one) => ({ key: one.key, startDate: one.start, endDate: one.end })),
        assignments: (given.assignments ?? [{ from: payee['start'] ?? start, to: payee['end'] ?? end }]).map(
            (one) => ({
                startDate: one['from'],
                endDate: one['to'],
                terms: JSON.stringify({ ...payee, ...one, from: undefined, to: undefined })
            })
        ),
        quotas: (given.quotas ?? []).map((one) => ({
            measure: one['measure'],
            startDate: one['from'],
            endDate: one['to'],
            target: one['amount']
        })),
        openings: given.opening ?? [],
        paid: (given.paid ?? []).map((one) => ({
            componentKey: one['component'],
            transactionKey: one['transaction'],
            periodKey: one['period'],
            amount: one['amount']
        })),
        credits: periods.flatMap(({ key }) =>
            told[key].credits.map((credit: Row) => ({
                transactionKey: credit['transaction'],
                ruleKey: credit['rule'],
                creditDate: credit['date'],
                payable: inCents(credit['payable']!),
                quota: inCents(credit['quota']!),
                dealCount: credit['count'],
                ...dealFields(deals.get(credit['transaction']))
            }))
        )
    };
    const paid = inCents(told[periods.at(-1)!.key].paid);
    return [{ name, definition, basis, deals: given.transactions ?? [], paid }];
}

function dealFields(deal: Row = {}): Row {
    const { amount, type, product, productFamily, units } = deal;
    return {
        dealAmount: amount!,
        dealType: type!,
        product: product!,
        productFamily: productFamily!,
        units: units!
    };
}

test('there are many plans to try it with', () => {
    expect(realities.length).toBeGreaterThan(25);
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
        const { id, date, amount, type, product, productFamily, units } = reality.deals.at(-1)! as Record<
            string,
            string
        >;
        const credits = reality.basis.credits.filter(({ transactionKey }) => transactionKey !== id);
        const pick = {
            opportunityId: id!,
            closeDate: date!,
            amount: amount!,
            dealType: type!,
            product: product!,
            productFamily: productFamily!,
            units: units!
        };
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
