import { describe, expect, test } from '@jest/globals';
import { calculated, codes, months, periodsOf, sale } from './calculated.ts';

function sums(result: ReturnType<typeof calculated>, key: string): string[] {
    return periodsOf(result).map(({ measures }) => {
        const { inPeriod, toDate } = measures.find(({ measure }) => measure === key)!;
        return `${inPeriod} ${toDate}`;
    });
}

const SALES = [sale('a', '01-10', 100), sale('b', '02-10', 50), sale('c', '04-10', 30)];

describe('measures', () => {
    test('sums run from the beginning of their interval', () => {
        const parts =
            'measures: { quarterly: { of: payable, interval: quarter }, yearly: { of: payable, interval: year } }';
        const result = calculated(parts, months(4, { transactions: SALES }));
        expect(sums(result, 'quarterly')).toEqual(['100 100', '50 150', '0 150', '30 30']);
        expect(sums(result, 'yearly')).toEqual(['100 100', '50 150', '0 150', '30 180']);
    });

    test('a measure counts what its condition and its rules let in', () => {
        const result = calculated(
            `crediting:
  - { key: direct, to: owner }
  - { key: overlay, to: { payee: rep }, only: [shadow] }
measures: { units: { of: units, when: product = 'A', interval: year }, shadow: { of: countCredit, interval: year } }`,
            months(1, {
                transactions: [
                    sale('a', '01-10', 1, { units: 40, product: 'A' }),
                    sale('b', '01-11', 1, { units: 600, product: 'B' })
                ]
            })
        );
        expect([sums(result, 'units'), sums(result, 'shadow')]).toEqual([['40 40'], ['4 4']]);
    });

    test('a window looks back from the start or to the end of the period, and may be scaled', () => {
        const result = calculated(
            `measures:
  before: { of: payable, window: { months: 2, until: periodStart }, divideBy: 60% }
  upTo: { of: payable, window: { months: 2, until: periodEnd } }`,
            months(4, { transactions: SALES })
        );
        // January and February are 150; 150 / 60% = 250. What the period adds is divided too.
        expect(sums(result, 'before')).toEqual(['500/3 0', '250/3 500/3', '0 250', '50 250/3']);
        expect(sums(result, 'upTo')).toEqual(['100 100', '50 150', '0 50', '30 30']);
    });

    test('an opening counts in the interval in progress and leaves a window as its months pass', () => {
        const result = calculated(
            `measures:
  yearly: { of: payable, interval: year }
  quarterly: { of: payable, interval: quarter }
  trailing: { of: payable, window: { months: 3, until: periodEnd } }`,
            months(4, {
                opening: ['yearly', 'quarterly', 'trailing'].map((measure) => ({
                    payee: 'rep',
                    measure,
                    amount: 1000
                })),
                transactions: SALES
            })
        );
        expect(sums(result, 'yearly')).toEqual(['100 1100', '50 1150', '0 1150', '30 1180']);
        expect(sums(result, 'quarterly')).toEqual(['100 1100', '50 1150', '0 1150', '30 30']);
        // The three months to the end of February still hold December.
        expect(sums(result, 'trailing')).toEqual(['100 1100', '50 1150', '0 150', '30 80']);
    });

    test('a year of its own starts the sums anew on its day', () => {
        const result = calculated(
            `plan: tax-year\ncurrency: USD\nperiod: month\nyearStart: "04-06"
measures: { yearly: { of: payable, interval: year } }`,
            {
                periods: [
                    { key: 'old', start: '2026-03-06', end: '2026-04-05' },
                    { key: 'new', start: '2026-04-06', end: '2026-05-05' }
                ],
                payees: [{ id: 'rep' }],
                transactions: [sale('a', '04-05', 100), sale('b', '04-06', 7)]
            }
        );
        expect(sums(result, 'yearly')).toEqual(['100 100', '7 7']);
    });

    test('the sum of an interval that begins inside the period is a problem where a period asks for it', () => {
        const parts = `plan: quarterly\ncurrency: USD\nperiod: quarter
measures: { monthly: { of: payable, interval: month } }
components: { commission: { per: period, base: measure.monthly } }`;
        const input = { from: '2026-01-01', to: '2026-03-31', payees: [{ id: 'rep' }] };
        expect(codes(calculated(parts, input), 'rep')).toEqual(['INTERVAL_SHORTER_THAN_PERIOD']);
        const inPeriod = parts.replace('base: measure.monthly', 'base: inPeriod.monthly');
        expect(codes(calculated(inPeriod, input), 'rep')).toEqual([]);
    });
});
