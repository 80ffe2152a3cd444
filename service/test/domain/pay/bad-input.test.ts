// What may be wrong with what pay is made from, each told by name: whom it is about gets no figure, everybody else is paid, and
// nothing wrong is told of anybody.
import { describe, expect, test } from '@jest/globals';
import {
    codesOf,
    linesOf,
    onPlan,
    payoutOf,
    PayWorld,
    quarter,
    sold,
    statementOf,
    version
} from './pay-world.ts';

const PLAN = `plan: plan
currency: GBP
effective: { from: 2026-01-01 }
period: quarter
crediting: [{ key: direct, to: splits }]
measures: { bookings: { of: payable, interval: quarter } }
quotas: { bookings: {} }
components:
  commission: { per: credit, base: payable, rate: 10% }
  bonus: { per: period, base: max(0, attainment.bookings - 1) * 100 }
`;
const FLAT = PLAN.replace(/measures:[^]*components:/, 'components:').replace(/ {2}bonus:.*\n/, '');

/** Ann and bob sold 1,000 each; where the plan has a quota, that is what it asks for. */
function world(definition = FLAT): PayWorld {
    const one = new PayWorld(version(definition));
    one.assignments = [onPlan('ann'), onPlan('bob')];
    one.sales = [sold('s1', '2026-02-10', '1000'), sold('s2', '2026-02-11', '1000', { ownerId: 'bob' })];
    if (definition === PLAN) one.quotas = ['ann', 'bob'].map((payeeId) => quota(payeeId, '1000'));
    return one;
}

function quota(payeeId: string, target: string) {
    return {
        planKey: 'plan',
        payeeId,
        measure: 'bookings',
        from: '2026-01-01',
        to: '2026-03-31',
        target,
        currency: ''
    };
}

const pays = (one: PayWorld) => {
    const outcome = one.run('2026-Q1');
    return [codesOf(outcome), payoutOf(outcome), payoutOf(outcome, 'bob')];
};

describe('about one payee: the other is paid', () => {
    test('no quota where the plan needs one', () => {
        const one = world(PLAN);
        one.quotas.shift();
        expect(pays(one)).toEqual([['QUOTA_MISSING'], null, '100.00']);
    });

    test('a quota of zero', () => {
        const one = world(PLAN);
        one.quotas[0] = quota('ann', '0');
        expect(pays(one)).toEqual([['QUOTA_ZERO'], null, '100.00']);
    });

    test('a quota below zero', () => {
        const one = world(PLAN);
        one.quotas[0] = quota('ann', '-1');
        expect(pays(one)).toEqual([['QUOTA_NEGATIVE'], null, '100.00']);
    });

    test('a quota of a measure the plan does not have', () => {
        const one = world(PLAN);
        one.quotas.push({ ...quota('ann', '1'), measure: 'bokings' });
        expect(pays(one)).toEqual([['UNKNOWN_IN_PLAN'], null, '100.00']);
    });

    test('a sale below zero that says not what it takes back', () => {
        const one = world();
        one.sales[0] = sold('s1', '2026-02-10', '-1000');
        expect(pays(one)).toEqual([['AMOUNT_NEGATIVE'], null, '100.00']);
    });

    test('an amount of thirty digits: calculated to the last, but no field of the org holds it', () => {
        const one = world();
        one.sales[0] = sold('s1', '2026-02-10', '123456789012345678901234567890');
        expect(pays(one)).toEqual([['AMOUNT_TOO_LARGE'], null, '100.00']);
    });

    test('an amount the org could not tell exactly', () => {
        const one = world();
        one.sales[0] = sold('s1', '2026-02-10', '1e21 (too large to be read exactly)');
        expect(pays(one)).toEqual([['FIGURE_WANTED'], null, '100.00']);
    });

    test('a sale without an amount', () => {
        const one = world();
        one.sales[0] = { ...sold('s1', '2026-02-10', ''), amount: null };
        expect(pays(one)).toEqual([['NOT_GIVEN'], null, '100.00']);
    });

    test('assignments that overlap', () => {
        const one = world();
        one.assignments.push(onPlan('ann', { from: '2026-02-01' }));
        expect(pays(one)).toEqual([['ASSIGNMENTS_OVERLAP'], null, '100.00']);
    });

    test('an assignment that ends before it begins', () => {
        const one = world();
        one.assignments[0] = onPlan('ann', { to: '2025-12-31' });
        expect(pays(one)).toEqual([['DATES_TURNED'], null, '100.00']);
    });

    test('two sales with one id', () => {
        const one = world();
        one.sales.push(sold('s1', '2026-03-10', '50'));
        expect(pays(one)).toEqual([['TRANSACTION_DUPLICATE'], null, '100.00']);
    });

    test.each(['99.99', '100.01'])('shares that sum to %s %', (percent) => {
        const one = world();
        one.sales[0] = sold('s1', '2026-02-10', '1000', { splits: [{ payeeId: 'ann', percent }] });
        expect(pays(one)).toEqual([['SHARES_NOT_WHOLE'], null, '100.00']);
    });

    test('paid by the plan before, and on no assignment any more', () => {
        const one = world();
        one.publish('2026-Q1');
        one.assignments.shift();
        const second = one.run('2026-Q2');
        expect([codesOf(second), payoutOf(second), payoutOf(second, 'bob')]).toEqual([
            ['PAYEE_WITHOUT_PLAN'],
            null,
            '0.00'
        ]);
    });
});

describe('about a plan: nobody on it is told a figure, other plans are paid', () => {
    const other = version(FLAT.replace('plan: plan', 'plan: other'), { key: 'other:1', planKey: 'other' });
    const withOther = (one: PayWorld): PayWorld => {
        one.versions.push(other);
        one.assignments.push(onPlan('eve', { planKey: 'other' }));
        one.sales.push(sold('s9', '2026-02-12', '200', { ownerId: 'eve' }));
        return one;
    };
    const told = (one: PayWorld) => {
        const outcome = one.run('2026-Q1');
        return [codesOf(outcome), payoutOf(outcome), payoutOf(outcome, 'bob'), payoutOf(outcome, 'eve')];
    };

    test('two versions in force at once', () => {
        const one = withOther(world());
        one.versions.push(version(FLAT, { key: 'plan:2', from: '2026-03-01' }));
        expect(told(one)).toEqual([['PLAN_CHANGES_IN_PERIOD'], null, null, '20.00']);
    });

    test.each([
        ['tiers that overlap', '{ from: 0, to: 10, value: 1% }, { from: 5, value: 2% }', 'BANDS_OVERLAP'],
        ['tiers with a hole', '{ from: 0, to: 10, value: 1% }, { from: 20, value: 2% }', 'BANDS_HOLE']
    ])('%s', (_, rows, code) => {
        const one = withOther(world());
        one.versions[0] = version(
            FLAT.replace('rate: 10%', 'rate: { table: grid, at: payable }') +
                `tables: { grid: { mode: marginal, rows: [${rows}] } }\n`
        );
        expect(told(one)).toEqual([[code], null, null, '20.00']);
    });
});

describe('about the periods', () => {
    test('two that overlap: nobody is told a figure', () => {
        const one = world();
        one.periods.push({ ...quarter('2025-Q4'), start: '2025-12-01', end: '2026-01-15' });
        expect(pays(one)).toEqual([['PERIODS_OVERLAP'], null, null]);
    });

    test('days between two of them: told, and the sales of those days with them', () => {
        const one = world();
        one.publish('2026-Q1');
        one.sales.push(sold('s3', '2026-05-02', '700'));
        const third = one.run('2026-Q3');
        expect(third.problems).toMatchObject([
            { code: 'PERIODS_GAP', value: '2026-04-01 to 2026-06-30' },
            { code: 'TRANSACTION_OUTSIDE_PERIODS', value: '2026-05-02' }
        ]);
    });
});

describe('what is no mistake', () => {
    test('a sale on a leap day belongs to its quarter', () => {
        const one = new PayWorld(version(FLAT.replace('2026-01-01', '2028-01-01'), { from: '2028-01-01' }));
        one.assignments = [onPlan('ann', { from: '2028-01-01' })];
        one.sales = [sold('s1', '2028-02-29', '1000')];
        expect(payoutOf(one.run('2028-Q1'))).toBe('100.00');
    });

    test('a sale after the period closed is a line of the next, dated by its day', () => {
        const one = world();
        one.publish('2026-Q1');
        one.sales.push(sold('s3', '2026-03-31', '300'));
        const second = one.run('2026-Q2');
        expect(linesOf(second)).toEqual(['Adjustment Commission, late data of 2026-Q1 30.00']);
        expect(statementOf(second).lines[0]!.date).toBe('2026-03-31');
    });

    test('a sale of somebody on no plan: counted, and the others are paid', () => {
        const one = world();
        one.sales.push(
            sold('s3', '2026-02-10', '100', {
                splits: [
                    { payeeId: 'eve', percent: '50' },
                    { payeeId: 'bob', percent: '50' }
                ]
            })
        );
        const first = one.run('2026-Q1');
        expect([first.unpaidCredits, codesOf(first), payoutOf(first, 'bob')]).toEqual([1, [], '105.00']);
    });
});
