import { describe, expect, test } from '@jest/globals';
import { calculate } from '../../../../src/domain/incentives/calculate.ts';
import { parseInput } from '../../../../src/domain/incentives/parse-input.ts';
import { parsePlan } from '../../../../src/domain/incentives/parse-plan.ts';
import { earnedIn } from '../../../../src/domain/incentives/simulation/earned.ts';
import { earningScenario } from '../../../../src/domain/incentives/simulation/earning-plan.ts';
import { writtenAs } from '../../../../src/domain/incentives/simulation/moved-plan.ts';
import { numberInWords } from '../../../../src/domain/incentives/simulation/number-words.ts';
import { numbersOf } from '../../../../src/domain/incentives/simulation/plan-numbers.ts';
import { sensitivityOf, type Sensitivity } from '../../../../src/domain/incentives/simulation/sensitivity.ts';
import type { Scenario } from '../../../../src/domain/incentives/simulation/simulation.ts';

const PLAN = `plan: sellers
currency: GBP
period: quarter
parameters: { weight: 50% }
crediting:
  - { key: direct, to: owner, when: amount >= 100 }
  - { key: overlay, to: { role: Specialist }, share: 25% }
measures:
  sales: { of: quotaCredit, interval: year }
quotas: { sales: { amount: 100000 } }
tables:
  grid:
    mode: marginal
    scale: quota.sales
    rows: [{ from: 0, to: 80%, value: 2% }, { from: 80%, to: 84%, value: 3% }, { from: 84%, value: 5% }]
components:
  commission:
    name: Commission
    per: credit
    credits: [direct]
    base: payable
    rate: { table: grid, at: measure.sales }
  bonus:
    name: Bonus
    per: period
    base: round(1000 * param.weight, 10)
    when: period.number = 4
    factors: [{ key: teamwork, value: 2 }]
    limits: [{ key: cap, scope: period, most: 12500 }]
    schedule: { instalments: [{ after: 0, share: 40% }, { after: 1, share: 60% }] }
payout:
  - { key: hold, deferral: { deferred: due * 30%, tranches: [{ afterMonths: 12, share: 100% }] } }
`;

/** ada sells 90,000 in the year, bob 10,000 with the help of cyd. */
const INPUT = {
    from: '2025-01-01',
    to: '2025-12-31',
    payees: [{ id: 'ada' }, { id: 'bob' }, { id: 'cyd' }],
    transactions: [
        { id: 't1', date: '2025-02-01', owner: 'ada', amount: 60000 },
        { id: 't2', date: '2025-11-01', owner: 'ada', amount: 30000 },
        { id: 't3', date: '2025-05-01', owner: 'bob', amount: 10000, team: { Specialist: 'cyd' } }
    ] as object[]
};

function scenarioOf(yaml = PLAN, input: object = INPUT): Scenario {
    const { plan, problems } = parsePlan(yaml);
    if (plan === null) throw new Error(JSON.stringify(problems));
    return { plan, input: parseInput(JSON.stringify(input), plan).input! };
}

function sensitivity(scenario: Scenario): Sensitivity | null {
    const result = calculate(scenario.plan, scenario.input);
    return sensitivityOf(scenario, result, [...earnedIn(scenario.plan, result).keys()]);
}

function changes(yaml = PLAN, input: object = INPUT): Record<string, string> {
    const { numbers } = sensitivity(scenarioOf(yaml, input))!;
    return Object.fromEntries(
        numbers.map(({ place, lower, higher }) => [
            place,
            [lower, higher].map(({ change, problem }) => change?.toString() ?? problem!.code).join(' ')
        ])
    );
}

describe('the numbers of a plan', () => {
    const scenario = scenarioOf();
    const written = numbersOf(scenario).map((number) =>
        [
            numberInWords(scenario.plan, number),
            writtenAs(number, null),
            writtenAs(number, 'lower'),
            writtenAs(number, 'higher')
        ].join(' | ')
    );

    test('are those that say how much is earned, each once, as the plan writes them', () => {
        expect(written).toEqual([
            'Quotas of sales | 100% | 90% | 110%',
            'Commission: rate up to 80 % of the quota of sales | 2% | 1.8% | 2.2%',
            'Commission: rate 80 % to 84 % of the quota of sales | 3% | 2.7% | 3.3%',
            'Commission: rate from 84 % of the quota of sales | 5% | 4.5% | 5.5%',
            'Commission: threshold at 80 % of the quota of sales | 80% | 72% | 88%',
            'Commission: threshold at 84 % of the quota of sales | 84% | 75.6% | 92.4%',
            'Bonus: what it is paid on | 1000 | 900 | 1100',
            'Bonus: factor ‘teamwork’ | 2 | 1.8 | 2.2',
            'Bonus: cap | 12500 | 11250 | 13750',
            'Parameter ‘weight’ | 50% | 45% | 55%',
            'Credit rule ‘direct’: when | 100 | 90 | 110',
            'Credit rule ‘overlay’: share | 25% | 22.5% | 27.5%'
        ]);
    });

    test('that count things stay whole from ten on, in both directions', () => {
        const deals = PLAN.replace('amount >= 100', 'units >= 12');
        const number = numbersOf(scenarioOf(deals)).find(({ place }) => place === 'crediting.direct.when')!;
        expect([writtenAs(number, 'lower'), writtenAs(number, 'higher')]).toEqual(['11', '13']);
    });
});

describe('what the cost hangs on', () => {
    test('is what each number moved by a tenth would have earned more or less', () => {
        // ada: 80000 x 2% + 4000 x 3% + 6000 x 5% = 2020; bob 10000 x 2% = 200; the bonus 1000 x 50% x 2 for each of three
        const { earned, people } = sensitivity(scenarioOf())!;
        expect([String(earned), people]).toEqual(['5220', 3]);
        const found = changes();
        expect(found['tables.grid.rows[1].value']).toBe('-180 180');
        expect(found['tables.grid.rows[3].value']).toBe('-30 30');
        expect(found['components.bonus.factors.teamwork.value']).toBe('-300 300');
        expect(found['components.bonus.limits[1].most']).toBe('0 0');
        // 72000 x 2% + 3600 x 3% + 14400 x 5% = 2268; 88000 x 2% + 2000 x 3% = 1820
        expect(found['quotas.sales']).toBe('248 -200');
    });

    test('says how many people gain and lose', () => {
        const [first] = sensitivity(scenarioOf())!.numbers;
        expect(first!.place).toBe('components.bonus.base');
        expect([first!.lower.lose, first!.lower.gain, first!.higher.gain]).toEqual([3, 0, 3]);
    });

    test('names why a number cannot be moved: a threshold would pass the next', () => {
        const found = changes();
        // Down to 72 %: 8000 more at 3 % instead of 2 %; up to 88 % is beyond the next at 84 %.
        expect(found['tables.grid.rows[2].from']).toBe('80 BAND_TURNED');
    });

    test('is told by the fast engine, but for numbers that decide who is credited', () => {
        const { numbers, reason } = sensitivity(scenarioOf())!;
        const byLine = numbers.filter(({ isByLine }) => isByLine).map(({ place }) => place);
        expect(byLine.sort()).toEqual(['crediting.direct.when', 'crediting.overlay.share']);
        expect(reason).toBe('numbers that decide who is credited');
    });

    test('is told by the fast engine of all but those of whom a refund takes something back', () => {
        const refund = { id: 'r', date: '2025-12-01', reverses: 't3' };
        const { numbers, earned } = sensitivity(
            scenarioOf(PLAN, { ...INPUT, transactions: [...INPUT.transactions, refund] })
        )!;
        // bob gives back the 200 he earned, whatever the rate was
        expect(String(earned)).toBe('5020');
        const rate = numbers.find(({ place }) => place === 'tables.grid.rows[1].value')!;
        expect([rate.isByLine, String(rate.lower.change), rate.lower.lose]).toEqual([false, '-160', 1]);
    });

    test('is told line by line, with the reason, where the plan is not of the class of the fast engine', () => {
        const slabs = PLAN.replace('mode: marginal', 'mode: proportional').replace(
            'value: 5% }]',
            'value: 5%, to: 500% }]'
        );
        const { numbers, reason } = sensitivity(scenarioOf(slabs))!;
        expect(numbers.every(({ isByLine }) => isByLine)).toBe(true);
        expect(reason).toBe('components.commission.rate: table grid is proportional');
    });

    test('is of nobody where nobody can be calculated', () => {
        const scenario = scenarioOf();
        expect(sensitivityOf(scenario, calculate(scenario.plan, scenario.input), [])).toBeNull();
    });
});

describe('the way from earnings to pay', () => {
    const withSale = (row: object): object => ({ ...INPUT, transactions: [...INPUT.transactions, row] });

    test('is no part of what is earned', () => {
        const { plan } = earningScenario(scenarioOf());
        expect([plan.payout, plan.components.map(({ schedule }) => schedule)]).toEqual([[], [null, null]]);
    });

    test('is part of it where a refund takes back what was paid', () => {
        const scenario = scenarioOf(PLAN, withSale({ id: 'r', date: '2025-12-01', reverses: 't3' }));
        expect(earningScenario(scenario).plan).toBe(scenario.plan);
    });

    test('is part of it where a component asks what was paid', () => {
        const scenario = scenarioOf(PLAN.replace('when: period.number = 4', 'when: paidToDate > 100'));
        expect(earningScenario(scenario).plan).toBe(scenario.plan);
    });
});
