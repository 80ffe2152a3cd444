// What changes from one plan to another: how many win and lose how much, what products carry, and plans that are not in force yet.
import { expect, describe, test } from '@jest/globals';
import { Ratio } from '../../../../src/domain/ratio.ts';
import { parseInput } from '../../../../src/domain/incentives/parse-input.ts';
import { parsePlan } from '../../../../src/domain/incentives/parse-plan.ts';
import { NO_PROFILE } from '../../../../src/domain/incentives/rule-packs/plan-profile.ts';
import { simulate } from '../../../../src/domain/incentives/simulate.ts';
import type { Scenario, Simulation } from '../../../../src/domain/incentives/simulation/simulation.ts';
import { simulationAsData } from '../../../../src/domain/incentives/write-simulation.ts';
import { packOf } from '../rule-packs/packs.ts';

const FLAT = `plan: flat
currency: GBP
period: quarter
crediting: [{ key: direct, to: owner }, { key: team, to: { manager: direct, levels: 1 } }]
measures: { sales: { of: payable, interval: year } }
components:
  commission: { per: credit, credits: [direct], base: payable, rate: 6% }
  override: { per: credit, credits: [team], base: payable, rate: 1% }
`;
const INPUT = {
    from: '2025-01-01',
    to: '2025-12-31',
    payees: [{ id: 'lead' }, { id: 'ada', manager: 'lead' }, { id: 'bob', manager: 'lead' }],
    transactions: [
        { id: 't1', date: '2025-02-01', owner: 'ada', amount: 60000, product: 'fund' },
        { id: 't2', date: '2025-11-01', owner: 'ada', amount: 60000, product: 'bond' },
        { id: 't3', date: '2025-05-01', owner: 'bob', amount: 40000, product: 'bond' },
        { id: 't4', date: '2025-12-01', amount: -10000, reverses: 't3' }
    ]
};

function scenario(yaml: string, input: object = INPUT): Scenario {
    const { plan, problems } = parsePlan(yaml);
    if (plan === null) throw new Error(JSON.stringify(problems));
    return { plan, input: parseInput(JSON.stringify(input), plan).input! };
}

function simulated(yaml: string, against: string | null, more: object = {}): Simulation {
    const { simulation, problems } = simulate({
        scenario: scenario(yaml),
        against: against === null ? null : scenario(against),
        profile: NO_PROFILE,
        packs: [],
        measure: null,
        payeeId: null,
        cliffShare: Ratio.of(1, 100),
        ...more
    });
    if (simulation === null) throw new Error(JSON.stringify(problems));
    return simulation;
}

describe('how pay changes', () => {
    test('people are counted by the part of their pay, without names', () => {
        const raised = FLAT.replace('rate: 6%', "rate: if(owner = 'ada', 9%, 3%)");
        const { spread } = simulated(raised, FLAT);
        const told = spread!.bands.map(({ from, to, count }) => `${from}..${to}: ${count}`);
        // ada +50 %, bob -50 %, the lead as before
        expect(told).toEqual([
            'null..-0.5: 1',
            '-0.5..-0.25: 0',
            '-0.25..-0.1: 0',
            '-0.1..0: 0',
            '0..0.1: 0',
            '0.1..0.25: 0',
            '0.25..0.5: 0',
            '0.5..null: 1'
        ]);
        expect([spread!.same, spread!.fromNothing]).toEqual([1, 0]);
    });

    test('who was paid nothing before is no part of anything, and counted apart', () => {
        const { spread, people } = simulated(FLAT, FLAT.replace('rate: 1%', 'rate: 0%'));
        expect(people.find(({ payeeId }) => payeeId === 'lead')!.againstPay!.isZero).toBe(true);
        expect([spread!.fromNothing, spread!.same]).toEqual([1, 2]);
    });

    test('without another plan there is no change to count', () => {
        expect(simulated(FLAT, null).spread).toBeNull();
    });
});

describe('what products carry', () => {
    test('what their deals pay beside their revenue, under both plans, taken back sales included', () => {
        const { products } = simulated(FLAT.replace('6%', "if(product = 'fund', 9%, 6%)"), FLAT);
        const told = products!.products.map(
            ({ product, deals, revenue, pay, againstPay }) =>
                `${product} ${deals} ${revenue} ${pay} ${againstPay}`
        );
        // bond: 60000 + 40000 - 10000, at 6 % and 1 % of override; fund: 60000 at 9 % and at 6 %, and 1 %
        expect(told).toEqual(['bond 2 90000 6300 6300', 'fund 1 60000 6000 4200']);
        expect([products!.field, String(products!.withoutDeal)]).toEqual(['product', '0']);
    });

    test('pay of a whole period belongs to no deal', () => {
        const base = '{ per: period, base: inPeriod.sales, rate: 2% }';
        const { products } = simulated(`${FLAT}  base: ${base}\n`, FLAT);
        // credits of everybody: 90000 + 60000 of the sellers and as much of the lead, at 2 %
        expect([products!.withoutDeal, products!.againstWithoutDeal].map(String)).toEqual(['6000', '0']);
    });
});

describe('the pay curve of who leads others', () => {
    test('has the deals of the team in it, which stay as they were', () => {
        const { curve } = simulated(FLAT, null, { payeeId: 'ada' });
        expect(String(curve!.points[20]!.pay)).toBe('14400'); // 240000 x 6 %
        const own = {
            ...INPUT,
            transactions: [...INPUT.transactions, { ...INPUT.transactions[0], id: 't5', owner: 'lead' }]
        };
        const lead = simulated(FLAT, null, { payeeId: 'lead', scenario: scenario(FLAT, own) }).curve!;
        // 1 % of 150000 of the team, and 6 % of nothing, 60000 and 120000 of the lead's own
        expect([0, 10, 20].map((index) => String(lead.points[index]!.pay))).toEqual(['1500', '5100', '8700']);
    });
});

describe('a plan that is not in force yet', () => {
    const NEXT = FLAT.replace('currency', 'effective: { from: 2026-01-01 }\ncurrency');

    test('is replayed as if it had been', () => {
        expect(String(simulated(NEXT, FLAT).total.paid)).toBe(String(simulated(FLAT, null).total.paid));
    });

    test('is held against the rules of the day it begins to pay', () => {
        const checked = (yaml: string): string[] =>
            simulated(yaml, null, { packs: [packOf('uk-banks-before-2025')] }).findings.map(
                ({ check, verdict }) => `${check} ${verdict}`
            );
        expect(checked(NEXT)).not.toEqual(checked(FLAT));
    });
});

test('the steps of a simulation are told as they begin', () => {
    const steps: string[] = [];
    const one = scenario(FLAT);
    const base = {
        profile: NO_PROFILE,
        packs: [],
        measure: null,
        payeeId: null,
        cliffShare: Ratio.of(1, 100)
    };
    simulate({ scenario: one, against: null, ...base }, (step) => steps.push(step));
    expect(steps).toEqual(['replay', 'curve', 'products', 'gates', 'rules', 'numbers']);
});

test('the same plans and input give the same bytes', () => {
    const text = (): string => JSON.stringify(simulationAsData(simulated(FLAT, FLAT), scenario(FLAT).plan));
    expect(text()).toBe(text());
});
