import { describe, expect, test } from '@jest/globals';
import { Ratio } from '../../../../src/domain/ratio.ts';
import { parseInput } from '../../../../src/domain/incentives/parse-input.ts';
import { parsePlan } from '../../../../src/domain/incentives/parse-plan.ts';
import { NO_PROFILE, parsePlanProfile } from '../../../../src/domain/incentives/rule-packs/plan-profile.ts';
import { simulate } from '../../../../src/domain/incentives/simulate.ts';
import type {
    Scenario,
    Simulation,
    SimulationRequest
} from '../../../../src/domain/incentives/simulation/simulation.ts';
import { simulationAsData } from '../../../../src/domain/incentives/write-simulation.ts';
import { packOf } from '../rule-packs/packs.ts';

const PLAN = `plan: retroactive
version: "2"
currency: GBP
period: quarter
crediting: [{ key: direct, to: owner }]
measures: { sales: { of: payable, interval: year } }
quotas: { sales: { amount: 100000 } }
tables:
  grid:
    mode: slab
    rows: [{ from: 0, to: 100000, value: 5% }, { from: 100000, value: 8% }]
components:
  commission:
    per: period
    toDate: year
    base: measure.sales
    rate: { table: grid, at: measure.sales }
    gates: [{ key: clean, when: fact.breaches = 0, otherwise: { multiply: 50% } }]
`;

const FLAT = `plan: flat
currency: GBP
period: quarter
crediting: [{ key: direct, to: owner }]
measures: { sales: { of: payable, interval: year } }
components: { commission: { per: credit, base: payable, rate: 6% } }
`;

/** ada sells 60,000 and 60,000, bob 40,000; cyd breached once and sold 20,000. */
const INPUT = {
    from: '2025-01-01',
    to: '2025-12-31',
    payees: [
        { id: 'ada', salary: 50000 },
        { id: 'bob', salary: 40000 },
        { id: 'cyd', salary: 30000 }
    ],
    facts: [
        { name: 'breaches', value: 0 },
        { name: 'breaches', payee: 'cyd', value: 1 }
    ],
    transactions: [
        { id: 't1', date: '2025-02-01', owner: 'ada', amount: 60000, product: 'fund' },
        { id: 't2', date: '2025-11-01', owner: 'ada', amount: 60000, product: 'bond' },
        { id: 't3', date: '2025-05-01', owner: 'bob', amount: 40000, product: 'bond' },
        { id: 't4', date: '2025-05-01', owner: 'cyd', amount: 20000, product: 'cash' }
    ]
};

function scenario(yaml: string, input: object = INPUT): Scenario {
    const { plan, problems } = parsePlan(yaml);
    if (plan === null) throw new Error(JSON.stringify(problems));
    return { plan, input: parseInput(JSON.stringify(input), plan).input! };
}

function request(
    yaml: string,
    more: Partial<SimulationRequest> = {},
    input: object = INPUT
): SimulationRequest {
    const base = {
        against: null,
        profile: NO_PROFILE,
        packs: [],
        measure: null,
        payeeId: null,
        cliffShare: Ratio.of(1, 100)
    };
    return { scenario: scenario(yaml, input), ...base, ...more };
}

function simulated(yaml: string, more: Partial<SimulationRequest> = {}, input: object = INPUT): Simulation {
    const { simulation, problems } = simulate(request(yaml, more, input));
    if (simulation === null) throw new Error(JSON.stringify(problems));
    return simulation;
}

describe('cost', () => {
    test('by month of the period ends, and in whole', () => {
        const { costs, total } = simulated(PLAN);
        // Q1 ada 60000 x 5% = 3000; Q2 bob 40000 x 5% = 2000, cyd 20000 x 5% x 50% = 500; Q4 ada 120000 x 8% - 3000 = 6600
        expect(costs.map(({ month, paid }) => `${month} ${paid}`)).toEqual([
            '2025-03 3000',
            '2025-06 2500',
            '2025-09 0',
            '2025-12 6600'
        ]);
        expect([String(total.paid), String(total.later)]).toEqual(['12100', '0']);
    });

    test('what is deferred is due later', () => {
        const deferring = `${FLAT}payout: [{ key: d, deferral: { deferred: due * 50%, tranches: [{ afterMonths: 12, share: 100% }] } }]\n`;
        const { total } = simulated(deferring);
        // 180000 x 6% = 10800, half of it after the year
        expect([String(total.paid), String(total.later)]).toEqual(['5400', '5400']);
    });

    test('the same plan on both sides costs the same, and nobody wins or loses', () => {
        const same = simulated(PLAN, { against: scenario(PLAN) });
        expect(same.total).toEqual(same.againstTotal);
        expect([same.winners.count, same.losers.count]).toEqual([0, 0]);
        expect(same.costs.every(({ paid, againstPaid }) => paid.equals(againstPaid!))).toBe(true);
    });
});

describe('winners and losers', () => {
    test('against another plan, the largest loss first', () => {
        const { people, winners, losers, againstTotal } = simulated(PLAN, { against: scenario(FLAT) });
        // flat: ada 7200, bob 2400, cyd 1200; retroactive: ada 9600, bob 2000, cyd 500
        expect(
            people.map(
                ({ payeeId, pay, againstPay, difference }) => `${payeeId} ${pay} ${againstPay} ${difference}`
            )
        ).toEqual(['cyd 500 1200 -700', 'bob 2000 2400 -400', 'ada 9600 7200 2400']);
        expect([winners.count, String(winners.amount), losers.count, String(losers.amount)]).toEqual([
            1,
            '2400',
            2,
            '-1100'
        ]);
        expect(String(againstTotal!.paid)).toBe('10800');
    });

    test('who cannot be calculated is left out on both sides, and told', () => {
        const input = {
            ...INPUT,
            facts: INPUT.facts.map((fact) => ({ ...fact, payee: 'cyd' })).slice(1),
            payees: INPUT.payees
        };
        const { people, left, total, againstTotal } = simulated(
            PLAN,
            { against: scenario(FLAT, input) },
            input
        );
        expect(people.map(({ payeeId }) => payeeId)).toEqual(['cyd']);
        expect(left.map(({ payeeId, plan, problem }) => `${payeeId} ${plan} ${problem.code}`)).toEqual([
            'ada retroactive NOT_GIVEN',
            'bob retroactive NOT_GIVEN'
        ]);
        expect([String(total.paid), String(againstTotal!.paid)]).toEqual(['500', '1200']);
    });
});

describe('the pay curve', () => {
    test('is the plan calculated at each point', () => {
        const { curve } = simulated(PLAN, { payeeId: 'ada', against: scenario(FLAT) });
        const at = (index: number): string => {
            const { at: x, pay, againstPay } = curve!.points[index]!;
            return `${x}: ${pay}, ${againstPay}`;
        };
        expect(curve!.measure).toBe('sales');
        // 120000 x 5/10 x 5%; 120000 x 8/10 x 5%; 120000 x 9/10 x 8%; 240000 x 8%
        expect([at(0), at(5), at(8), at(9), at(20)]).toEqual([
            '0: 0, 0',
            '60000: 3000, 3600',
            '96000: 4800, 5760',
            '108000: 8640, 6480',
            '240000: 19200, 14400'
        ]);
    });

    test('the jump of a retroactive table is found where it is, with its height', () => {
        const { curve } = simulated(PLAN, { payeeId: 'ada' });
        expect(curve!.cliffs).toHaveLength(1);
        const [cliff] = curve!.cliffs;
        // at 100000 from 5000 to 8000, on 9600 paid: 31.25 %; narrowed down to 12000 / 65536 = 0.18 of sales
        const near = (value: Ratio, wanted: number, within: number): boolean =>
            value
                .minus(Ratio.of(wanted))
                .absolute()
                .compare(Ratio.parseDecimal(String(within))!) <= 0;
        expect(near(cliff!.at, 100_000, 0.19)).toBe(true);
        expect(near(cliff!.jump, 3000, 0.02)).toBe(true);
        expect(cliff!.share.times(Ratio.of(100)).floor()).toBe(31n);
    });

    test('a marginal table is steep, not a cliff', () => {
        const marginal = PLAN.replace('mode: slab', 'mode: marginal')
            .replace('8%', '80%')
            .replace('base: measure.sales\n    ', '');
        expect(simulated(marginal, { payeeId: 'ada' }).curve!.cliffs).toEqual([]);
    });

    test("is of the payee in the middle where nobody is named, and target pay is the profile's", () => {
        const { profile } = parsePlanProfile('targetPay: payee.salary * 20%');
        const { curve } = simulated(PLAN, { profile: profile! });
        expect([curve!.payeeId, String(curve!.target)]).toEqual(['bob', '8000']); // 40000 x 20%
    });

    test('what takes a deal back grows with the deal', () => {
        const back = { id: 't9', date: '2025-12-01', amount: -60000, reverses: 't2' };
        const { curve } = simulated(
            FLAT,
            { payeeId: 'ada' },
            { ...INPUT, transactions: [...INPUT.transactions, back] }
        );
        // 60000 + 60000 - 60000, at 6 %, then twice as much
        expect([curve!.points[10]!, curve!.points[20]!].map(({ at, pay }) => `${at} ${pay}`)).toEqual([
            '60000 3600',
            '120000 7200'
        ]);
    });

    test('deals of others count where the plan pays by them', () => {
        const share = FLAT.replace(
            '{ per: credit, base: payable, rate: 6% }',
            '{ per: period, base: inPeriod.sales + sum(everyone, inPeriod.sales), rate: 1% }'
        );
        const { curve } = simulated(share, { payeeId: 'ada' });
        // ada nothing of her own, 60000 of the others; then 120000 + 180000
        expect([curve!.points[0]!, curve!.points[10]!].map(({ at, pay }) => `${at} ${pay}`)).toEqual([
            '0 600',
            '120000 3000'
        ]);
    });

    test('a measure that does not move with the size of deals has none', () => {
        const counting = FLAT.replace('of: payable', 'of: countCredit');
        expect(simulated(counting).curve).toBeNull();
    });
});

describe('products', () => {
    test('everything as one product against everything as another, products the plan does not name once', () => {
        const biased = FLAT.replace(
            'rate: 6%',
            "rate: [{ when: product = 'fund', value: 9% }, { value: 6% }]"
        );
        const { productPay } = simulated(biased);
        // 180000 x 9%, 180000 x 6%; bond stands for bond and cash
        expect(productPay!.field).toBe('product');
        expect(productPay!.pay.map(({ product, paid }) => `${product} ${paid}`)).toEqual([
            'fund 16200',
            'bond 10800'
        ]);
    });

    test('a plan that does not look at the product has none', () => {
        expect(simulated(FLAT).productPay).toBeNull();
    });
});

describe('gates', () => {
    test('how often asked and not met, for whom, and what they held back', () => {
        const [gate] = simulated(PLAN).gates;
        expect({ ...gate, heldBack: String(gate!.heldBack) }).toEqual({
            component: 'commission',
            gate: 'clean',
            asked: 12, // three payees in four quarters
            closed: 4,
            waived: 0,
            payees: ['cyd'],
            heldBack: '500' // 20000 x 5% x 50%
        });
    });

    test('a waiver by somebody outside the plan counts as one, by somebody the plan pays it does not', () => {
        const plan = PLAN.replace(
            'otherwise: { multiply: 50% }',
            'otherwise: { multiply: 50% }, waivable: true'
        );
        const waiver = {
            payee: 'cyd',
            gate: 'clean',
            period: '2025-Q2',
            reason: 'not at fault',
            requestedBy: 'manager'
        };
        const waived = simulated(
            plan,
            {},
            { ...INPUT, exceptions: [{ ...waiver, approvedBy: 'compliance' }] }
        );
        expect([waived.gates[0]!.waived, String(waived.total.paid)]).toEqual([1, '12100']);
        const refused = simulated(plan, {}, { ...INPUT, exceptions: [{ ...waiver, approvedBy: 'bob' }] });
        expect([refused.gates[0]!.waived, refused.problems.map(({ code }) => code)]).toEqual([
            0,
            ['WAIVER_NOT_VALID']
        ]);
    });
});

describe('what rule packs find', () => {
    test('rests on the replay: cliff, share of pay, product bias', () => {
        const biased = PLAN.replace(
            'base: measure.sales',
            'base: measure.sales * if(fact.breaches = 0, 1, 1)'
        );
        const packs = [packOf('uk-sales-incentives'), packOf('eu-mifid')];
        const { profile } = parsePlanProfile(
            'fixedPay: payee.salary\ncriteria:\n  fact.breaches: { kind: conduct, dataSource: compliance register }\n'
        );
        const { findings } = simulated(biased, { packs, profile: profile!, payeeId: 'ada' });
        const told = Object.fromEntries(
            findings.map(({ pack, check, verdict }) => [`${pack}.${check}`, verdict])
        );
        expect(told).toMatchObject({
            'uk-sales-incentives.cliffs': 'toBeReviewed',
            'uk-sales-incentives.conductGate': 'pass',
            'uk-sales-incentives.payoutInBreaches': 'pass',
            'eu-mifid.fixedToVariable': 'pass',
            'eu-mifid.productBias': 'pass',
            'eu-mifid.quantitativeShare': 'toBeReviewed'
        });
        expect(findings.find(({ check }) => check === 'fixedToVariable')!.found).toBe(
            'at most 19.2 % of fixed pay (payee ada)'
        ); // 9600 / 50000
    });
});

describe('what cannot be simulated', () => {
    const codes = (more: Partial<SimulationRequest>, input: object = INPUT): string[] =>
        simulate(request(FLAT, more, input)).problems.map(({ code }) => code);

    test('less than twelve months, another currency, a measure or payee nobody knows', () => {
        expect(codes({}, { ...INPUT, from: '2025-04-01' })).toEqual(['SIMULATION_TOO_SHORT']);
        expect(
            codes({ against: scenario(FLAT.replace('GBP', 'USD')), measure: 'units', payeeId: 'zoe' })
        ).toEqual(['CURRENCIES_DIFFER', 'MEASURE_UNKNOWN', 'PAYEE_UNKNOWN']);
    });
});

test('a simulation is written as plain data: money as text, figures to be confirmed say so', () => {
    const packs = [packOf('uk-sales-incentives')];
    const made = simulated(PLAN, { against: scenario(FLAT), packs, payeeId: 'ada' });
    const data = JSON.parse(JSON.stringify(simulationAsData(made, request(PLAN).scenario.plan)));
    expect(data.total).toEqual({ paid: '12100.00', later: '0.00' });
    expect(data.people[0]).toEqual({
        payee: 'cyd',
        pay: '500.00',
        againstPay: '1200.00',
        difference: '-700.00',
        share: '-0.583333'
    });
    expect(data.curve.points[10]).toEqual({ part: '1', at: '120000', pay: '9600.00', againstPay: '7200.00' });
    const cliffs = data.findings.find((finding: { check: string }) => finding.check === 'cliffs');
    expect([cliffs.confirmation, cliffs.figures[0].status]).toEqual([
        'to be confirmed by compliance',
        'toBeConfirmedByCompliance'
    ]);
});
