import { describe, expect, test } from '@jest/globals';
import type { Step } from '../../../src/domain/incentives/result.ts';
import { amounts, calculated, codes, component, lines, months, paid, sale } from './calculated.ts';

const YEAR = 'measures: { bookings: { of: payable, interval: year } }\n';
const TWO_BANDS =
    'tables: { grid: { mode: marginal, rows: [{ from: 0, to: 1000, value: 5% }, { from: 1000, value: 10% }] } }\n';

const shown = ({ what, inputs, result }: Step): string =>
    `${what}: ${inputs.map(({ name, value }) => `${name} ${String(value)}`).join(', ')} = ${String(result)}`;

describe('components', () => {
    test('a credit that straddles a bound is divided, and the sum goes on in the next month', () => {
        const parts = `${YEAR}${TWO_BANDS}components:
  commission: { per: credit, base: payable, rate: { table: grid, at: measure.bookings } }`;
        const transactions = [sale('a', '01-05', 800), sale('b', '01-06', 300), sale('c', '02-01', 100)];
        const result = calculated(parts, months(2, { transactions }));
        // 800 x 5%; 200 x 5% + 100 x 10%; 100 x 10%
        expect([amounts(result, 'commission'), amounts(result, 'commission', 1)]).toEqual([
            ['40', '20'],
            ['10']
        ]);
    });

    test('a tier in units divides the revenue of a straddling deal in proportion, and only pay is rounded', () => {
        const result = calculated(
            `measures: { units: { of: units, interval: year } }
tables: { tier: { mode: marginal, rows: [{ from: 0, to: 500, value: 5% }, { from: 500, to: 1000, value: 10% }] } }
components: { commission: { per: credit, base: payable, rate: { table: tier, at: measure.units } } }`,
            months(1, {
                transactions: [
                    sale('A', '01-05', 500, { units: 40 }),
                    sale('B', '01-06', 500, { units: 600 })
                ]
            })
        );
        // 500 x 5%; 500 x (460 x 5% + 140 x 10%) / 600 = 30.8333...
        expect(amounts(result, 'commission')).toEqual(['25', '30.83']);
    });

    test('a negative sale walks back down the bands it came up', () => {
        const parts = `plan: returns\ncurrency: USD\nperiod: month\nnegativeAmounts: allowed\n${YEAR}${TWO_BANDS}components:
  commission: { per: credit, base: payable, rate: { table: grid, at: measure.bookings } }`;
        const result = calculated(
            parts,
            months(1, { transactions: [sale('a', '01-05', 1200), sale('b', '01-06', -500)] })
        );
        // 1,000 x 5% + 200 x 10%; back over 200 x 10% and 300 x 5%
        expect(amounts(result, 'commission')).toEqual(['70', '-35']);
    });

    test('attainment moves as its measure does', () => {
        const parts = (at: string, scale: string): string => `${YEAR}quotas: { bookings: { amount: 3000 } }
tables: { grid: { mode: marginal, ${scale} rows: [{ from: 0, to: 50%, value: 5% }, { from: 50%, value: 10% }] } }
components: { commission: { per: credit, base: payable, rate: { table: grid, at: ${at} } } }`;
        const input = months(1, { transactions: [sale('a', '01-05', 1000), sale('b', '01-06', 1000)] });
        const scaled = calculated(parts('measure.bookings', 'scale: quota.bookings,'), input);
        // 1,000 x 5%; 500 x 5% + 500 x 10%
        expect(amounts(scaled, 'commission')).toEqual(['50', '75']);
        expect(amounts(calculated(parts('attainment.bookings', ''), input), 'commission')).toEqual([
            '50',
            '75'
        ]);
    });

    test('a slab looks at the sum after the deal, or before it', () => {
        const parts = (position: string): string => `${YEAR}
tables: { grid: { mode: slab, rows: [{ from: 0, to: 1000, value: 5% }, { from: 1000, value: 10% }] } }
components: { commission: { per: credit, base: payable, rate: { table: grid, at: measure.bookings, position: ${position} } } }`;
        const input = months(1, {
            transactions: [sale('a', '01-05', 900), sale('b', '01-06', 200), sale('c', '01-07', 100)]
        });
        expect(amounts(calculated(parts('after'), input), 'commission')).toEqual(['45', '20', '10']);
        expect(amounts(calculated(parts('before'), input), 'commission')).toEqual(['45', '10', '10']);
    });

    test('the first alternative that holds gives the rate; where none holds nothing is paid', () => {
        const parts = `components:
  commission:
    per: credit
    base: payable
    rate: [{ when: "product = 'A'", value: 5% }, { when: "product = 'B'", value: 7% }]`;
        const products = ['A', 'B', 'C'].map((product) => sale(product, '01-05', 100, { product }));
        expect(amounts(calculated(parts, months(1, { transactions: products })), 'commission')).toEqual([
            '5',
            '7',
            '0'
        ]);
    });

    test('points come off the rate, within floor and ceiling', () => {
        const parts = `components:
  grid:
    per: credit
    base: payable
    rate: rate
    rateAdjustments: [{ key: paper, when: not stp, add: -2% }, { key: loyal, add: 1% }]
    rateFloor: 40%
    rateCeiling: 95%`;
        const transactions = [
            sale('a', '01-05', 100, { rate: '82.5%', stp: false }), // 81.5
            sale('b', '01-05', 100, { rate: '96%', stp: true }), // 97 -> 95
            sale('c', '01-05', 100, { rate: '30%', stp: false }) // 29 -> 40
        ];
        expect(amounts(calculated(parts, months(1, { transactions })), 'grid')).toEqual(['81.5', '95', '40']);
    });

    test('true-up pays what is earned to date less what was earned before', () => {
        const parts = `measures: { bookings: { of: payable, interval: quarter } }
tables: { grid: { mode: slab, rows: [{ from: 0, to: 1000, value: 5% }, { from: 1000, value: 10% }] } }
components: { commission: { per: period, toDate: quarter, base: measure.bookings, rate: { table: grid, at: measure.bookings } } }`;
        const transactions = [sale('a', '01-05', 800), sale('b', '02-05', 300), sale('c', '04-05', 100)];
        const result = calculated(parts, months(4, { transactions }));
        // 800 x 5%; 1,100 x 10% - 40; nothing new; a new quarter: 100 x 5%
        expect(paid(result)).toEqual(['40', '70', '0', '5']);
    });

    test('what earlier runs paid counts in the true-up of an interval in progress', () => {
        const parts = `measures: { bookings: { of: payable, interval: quarter } }
components: { commission: { per: period, toDate: quarter, base: measure.bookings, rate: 10% } }`;
        const result = calculated(parts, {
            from: '2026-02-01',
            to: '2026-02-28',
            payees: [{ id: 'rep' }],
            opening: [{ payee: 'rep', measure: 'bookings', amount: 800 }],
            paid: [
                { payee: 'rep', component: 'commission', amount: 80, period: '2026-01' },
                { payee: 'rep', component: 'commission', amount: 999, period: '2025-12' }
            ],
            transactions: [sale('b', '02-05', 300)]
        });
        expect(paid(result)).toEqual(['30']); // 1,100 x 10% - 80
    });

    test('a component sees what those before it gave, on the credit and in the period, and those of the team', () => {
        const parts = `components:
  commission: { per: credit, base: payable, rate: 10% }
  kicker: { per: credit, base: earning.commission, rate: 5% }
  lead: { per: period, base: "sum(team, earning.commission) + earning.kicker", rate: 10% }`;
        const result = calculated(
            parts,
            months(1, {
                payees: [{ id: 'rep', manager: 'lead' }, { id: 'lead' }],
                transactions: [
                    sale('a', '01-05', 1000),
                    sale('b', '01-06', 500),
                    sale('c', '01-07', 400, { owner: 'lead' })
                ]
            })
        );
        expect(amounts(result, 'kicker')).toEqual(['5', '2.5']);
        // (150 of the team + 2 of the lead's own kicker) x 10%
        expect(amounts(result, 'lead', 0, 'lead')).toEqual(['15.2']);
    });

    test('whoever is calculated from a payee with a problem has one too', () => {
        const parts = `components:
  commission: { per: credit, base: payable, rate: payee.rate }
  lead: { per: period, when: given(payee.leads), base: "sum(team, earning.commission)", rate: 10% }`;
        const result = calculated(
            parts,
            months(1, {
                payees: [
                    { id: 'rep', manager: 'lead' },
                    { id: 'lead', leads: true, rate: '1%' },
                    { id: 'other', rate: '1%' }
                ],
                transactions: [sale('a', '01-05', 1000), sale('b', '01-05', 1000, { owner: 'other' })]
            })
        );
        expect([codes(result, 'rep'), codes(result, 'lead')]).toEqual([
            ['NOT_GIVEN'],
            ['DEPENDS_ON_WRONG_PAYEE']
        ]);
        expect(paid(result, 'other')).toEqual(['10']);
    });

    test('a field that changes with the assignment is taken as of the credit, and is a problem of a whole period', () => {
        const input = months(1, {
            assignments: [
                { payee: 'rep', from: '2026-01-01', to: '2026-01-15', target: 1000 },
                { payee: 'rep', from: '2026-01-16', target: 2000 }
            ],
            transactions: [sale('a', '01-15', 1), sale('b', '01-16', 1)]
        });
        const perCredit = calculated(
            'components: { bonus: { per: credit, base: payee.target, rate: 10% } }',
            input
        );
        expect(amounts(perCredit, 'bonus')).toEqual(['100', '200']);
        const perPeriod = calculated(
            'components: { bonus: { per: period, base: payee.target, rate: 10% } }',
            input
        );
        expect(codes(perPeriod, 'rep')).toEqual(['CHANGES_IN_PERIOD']);
    });

    test('a period pays for the part of it the payee was assigned', () => {
        const parts =
            'components: { bonus: { per: period, base: 3100, factors: [{ key: presence, value: assigned.part }] } }';
        const result = calculated(
            parts,
            months(2, { payees: [{ id: 'rep', start: '2026-01-17', end: '2026-01-31' }] })
        );
        expect(paid(result)).toEqual(['1500']); // 15 of 31 days, then nothing to tell
    });

    test('the working shows every step with what went in, so that the amount can be recomputed', () => {
        const parts = `components:
  commission: { per: credit, base: margin - 10, rate: 1/3, factors: [{ key: weight, value: payee.weight }] }`;
        const result = calculated(
            parts,
            months(1, {
                payees: [{ id: 'rep', weight: '50%' }],
                transactions: [sale('a', '01-05', 1, { margin: 110 })]
            })
        );
        const [line] = lines(result, 'commission');
        expect(line!.working.map(shown)).toEqual([
            'base: margin 110 = 100',
            'rate:  = 1/3',
            'base x rate: base 100, rate 1/3 = 100/3',
            'factor weight: payee.weight 50% = 0.5',
            'x weight: amount 100/3, factor 0.5 = 50/3',
            'rounded (commission): amount 50/3, unit 0.01, mode half-even = 16.67'
        ]);
        expect(line!.working.map(({ rule }) => rule)).toEqual([
            'components.commission.base',
            'components.commission.rate',
            'components.commission',
            'components.commission.factors.weight',
            'components.commission.factors.weight',
            'rounding'
        ]);
        expect(line!.amount.toString()).toBe('16.67');
    });

    test.each([
        ['line', ['1.67', '1.67'], '3.34', '3.34'],
        ['component', ['5/3', '5/3'], '3.33', '3.33'],
        ['payout', ['5/3', '5/3'], '10/3', '3.33']
    ])('rounding at the %s leaves everything before it exact', (at, expectedLines, earning, pay) => {
        const parts = `plan: rounding\ncurrency: USD\nperiod: month\nrounding: { unit: "0.01", at: ${at} }
components: { commission: { per: credit, base: payable, rate: 1/3 } }`;
        const result = calculated(
            parts,
            months(1, { transactions: [sale('a', '01-05', 5), sale('b', '01-06', 5)] })
        );
        expect(amounts(result, 'commission')).toEqual(expectedLines);
        expect(component(result, 'commission').earning.toString()).toBe(earning);
        expect(paid(result)).toEqual([pay]);
    });
});
