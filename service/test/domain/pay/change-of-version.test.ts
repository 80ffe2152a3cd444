// A plan whose version changes: what an ended version left open falls due and is recovered under the next, or without one, to the cent.
import { describe, expect, test } from '@jest/globals';
import {
    codesOf,
    ledgerOf,
    lineOf,
    linesOf,
    onPlan,
    payoutOf,
    PayWorld,
    sold,
    statementOf,
    version
} from './pay-world.ts';

const plan = (parts: string): string => `plan: plan
currency: GBP
effective: { from: 2026-01-01 }
period: quarter
crediting: [{ key: direct, to: owner }]
${parts}`;
const INSTALMENTS = plan(`components:
  commission:
    per: credit
    base: payable
    rate: 30%
    schedule: { instalments: [{ after: 0, share: 1/3 }, { after: 1, share: 1/3 }, { after: 2, share: 1/3 }] }
payout:
  - { key: draw, draw: { amount: 200, recoverable: true } }
`);

describe('a plan that ended and has no version after it', () => {
    const ended = (): PayWorld => {
        const world = new PayWorld(version(INSTALMENTS, { to: '2026-06-30' }));
        // Nothing in the first quarter: 200 are advanced. 900 are earned in the second.
        world.sales = [sold('s1', '2026-05-04', '3000'), sold('s2', '2026-08-04', '5000')];
        return world;
    };

    test('pays what falls due, recovers what is owed of it, advances nothing and pays no later sale', () => {
        const world = ended();
        expect(payoutOf(world.publish('2026-Q1'))).toBe('200.00');
        const second = world.publish('2026-Q2');
        expect([payoutOf(second), ledgerOf(second, 'draw')]).toEqual(['200.00', '200.00 -100.00 100.00']);
        const third = world.publish('2026-Q3');
        expect([payoutOf(third), ledgerOf(third, 'draw')]).toEqual(['200.00', '100.00 -100.00 0.00']);
        expect(linesOf(third)).toEqual([
            'Release Commission, earned in 2026-Q2 300.00',
            'PayoutStep Draw -100.00'
        ]);
        expect(lineOf(third, 'commission:Release:2026-Q2:s1:-').settles).toBe(
            '2026-Q2:plan:ann:commission:s1:2'
        );
        expect(payoutOf(world.publish('2026-Q4'))).toBe('300.00');
        expect(payoutOf(world.publish('2027-Q1'))).toBeNull();
    });

    test('pays instalments of somebody who left before it ended', () => {
        const world = ended();
        world.assignments = [onPlan('ann', { to: '2026-05-31' })];
        for (const key of ['2026-Q1', '2026-Q2']) world.publish(key);
        expect(payoutOf(world.publish('2026-Q3'))).toBe('200.00');
        expect(payoutOf(world.publish('2026-Q4'))).toBe('300.00');
    });

    test('that ends inside a period pays the days it was in force, and the rest falls due as before', () => {
        const world = new PayWorld(version(INSTALMENTS, { to: '2026-05-15' }));
        world.sales = [sold('s1', '2026-05-15', '3000'), sold('s2', '2026-05-16', '9000')];
        for (const key of ['2026-Q1', '2026-Q2', '2026-Q3']) world.publish(key);
        expect(payoutOf(world.publish('2026-Q4'))).toBe('300.00');
    });

    test('is not calculated for years once nothing is open', () => {
        const world = ended();
        for (const key of ['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4', '2027-Q1', '2027-Q2'])
            world.publish(key);
        expect(world.run('2027-Q3').statements).toEqual([]);
    });
});

describe('a version without a part the one before had', () => {
    const REPLACED = `${plan('components: { other: { per: credit, base: payable, rate: 1% } }').replace('from: 2026-01-01', 'from: 2026-07-01')}\n`;
    const changed = (first: string): PayWorld => {
        const world = new PayWorld(
            version(first, { to: '2026-06-30' }),
            version(REPLACED, { key: 'plan:2', from: '2026-07-01' })
        );
        world.sales = [sold('s1', '2026-05-04', '3000'), sold('s2', '2026-08-04', '5000')];
        return world;
    };

    test('still pays its instalments, beside what it earns itself', () => {
        const world = changed(INSTALMENTS);
        for (const key of ['2026-Q1', '2026-Q2']) world.publish(key);
        const third = world.publish('2026-Q3');
        expect(linesOf(third)).toEqual([
            'Earning Other 50.00',
            'Release Commission, earned in 2026-Q2 300.00'
        ]);
        expect(payoutOf(third)).toBe('350.00');
        expect(statementOf(third)).toMatchObject({ versionKey: 'plan:2', total: '50.00' });
    });

    test('keeps the draw that is owed in its ledger, and says that nobody recovers it', () => {
        const world = changed(INSTALMENTS);
        for (const key of ['2026-Q1', '2026-Q2']) world.publish(key);
        const third = world.publish('2026-Q3');
        expect(ledgerOf(third, 'draw')).toBe('100.00 0.00 100.00');
        expect(third.problems).toMatchObject([
            {
                code: 'LEDGER_WITHOUT_STEP',
                payeeId: 'ann',
                value: '100.00',
                where: 'balance 2026-Q3:plan:ann:draw'
            }
        ]);
        expect(ledgerOf(world.publish('2026-Q4'), 'draw')).toBe('100.00 0.00 100.00');
    });

    test('hands the ledger on to a version that has the step again', () => {
        const world = changed(INSTALMENTS);
        world.versions[1] = { ...world.versions[1]!, to: '2026-09-30' };
        const again = INSTALMENTS.replace('from: 2026-01-01', 'from: 2026-10-01').replace(
            'amount: 200',
            'amount: 0'
        );
        world.versions.push(version(again, { key: 'plan:3', from: '2026-10-01' }));
        for (const key of ['2026-Q1', '2026-Q2', '2026-Q3']) world.publish(key);
        const fourth = world.publish('2026-Q4');
        expect([payoutOf(fourth), ledgerOf(fourth, 'draw')]).toEqual(['200.00', '100.00 -100.00 0.00']);
    });

    test('pays tranches that vest, and empties their ledger', () => {
        const deferring = plan(`components: { bonus: { per: credit, base: payable, rate: 10% } }
payout:
  - key: deferral
    deferral: { deferred: due * 40%, tranches: [{ afterMonths: 3, share: 50% }, { afterMonths: 6, share: 50% }], instruments: 50% }
`);
        const world = changed(deferring);
        for (const key of ['2026-Q1', '2026-Q2']) world.publish(key);
        const third = world.publish('2026-Q3'); // 120 deferred of 300: 60 now, half of it in instruments
        expect([payoutOf(third), ledgerOf(third, 'deferral')]).toEqual(['80.00', '120.00 -60.00 60.00']);
        const fourth = world.publish('2026-Q4');
        expect([payoutOf(fourth), ledgerOf(fourth, 'deferral')]).toEqual(['30.00', '60.00 -60.00 0.00']);
        expect(codesOf(fourth)).toEqual([]);
        expect(statementOf(world.publish('2027-Q1')).balances).toEqual([]);
    });

    test('takes no quota of a measure only the other has for a mistake, and a misspelt one for one', () => {
        const world = changed(
            plan(`measures: { bookings: { of: payable, interval: quarter } }
quotas: { bookings: {} }
components: { bonus: { per: period, base: attainment.bookings * 100 } }
`)
        );
        const quota = { planKey: 'plan', payeeId: 'ann', currency: '', from: '2026-01-01', to: '2026-12-31' };
        world.quotas = [{ ...quota, measure: 'bookings', target: '3000' }];
        for (const key of ['2026-Q1', '2026-Q2']) world.publish(key);
        expect(payoutOf(world.run('2026-Q3'))).toBe('50.00');
        world.quotas.push({ ...quota, measure: 'bokings', target: '3000' });
        expect(codesOf(world.run('2026-Q3'))).toEqual(['UNKNOWN_IN_PLAN']);
    });
});

describe('a period that nobody can be paid for', () => {
    const open = (world: PayWorld): unknown[] => {
        const third = world.publish('2026-Q3');
        return [codesOf(third), payoutOf(third), ledgerOf(third, 'draw')];
    };
    /** 300 of 900 fall due in the first quarter, and 100 are advanced. */
    const first = (to: string): PayWorld => {
        const world = new PayWorld(version(INSTALMENTS.replace('amount: 200', 'amount: 400'), { to }));
        world.sales = [sold('s1', '2026-02-10', '3000')];
        world.publish('2026-Q1');
        return world;
    };
    const next = (from: string) =>
        version(INSTALMENTS.replace('2026-01-01', from).replace('amount: 200', 'amount: 0'), {
            key: 'plan:2',
            from
        });

    test('because the version changes in it, is told; what fell due in it is paid in the next, ledgers go on', () => {
        const world = first('2026-05-15');
        world.versions.push(next('2026-05-16'));
        const refused = world.publish('2026-Q2');
        expect([codesOf(refused), payoutOf(refused)]).toEqual([['PLAN_CHANGES_IN_PERIOD'], null]);
        world.sales.push(sold('s2', '2026-05-20', '100'));
        expect(open(world)).toEqual([
            ['PLAN_CHANGES_IN_PERIOD', 'TRANSACTION_OUTSIDE_PERIODS'],
            '500.00',
            '100.00 -100.00 0.00'
        ]);
    });

    test('because it is missing, is told, and what fell due in it is paid in the next', () => {
        const world = first('2026-06-30');
        world.versions.push(next('2026-07-01'));
        expect(open(world)).toEqual([['PERIODS_GAP'], '500.00', '100.00 -100.00 0.00']);
    });

    test('keeps tranches that would have vested in it', () => {
        const deferring = plan(`components: { bonus: { per: credit, base: payable, rate: 10% } }
payout:
  - key: deferral
    deferral: { deferred: due * 40%, tranches: [{ afterMonths: 3, share: 50% }, { afterMonths: 6, share: 50% }] }
`);
        const world = new PayWorld(version(deferring));
        world.sales = [sold('s1', '2026-02-10', '1000')];
        expect(payoutOf(world.publish('2026-Q1'))).toBe('60.00');
        const third = world.publish('2026-Q3');
        expect([payoutOf(third), ledgerOf(third, 'deferral')]).toEqual(['40.00', '40.00 -40.00 0.00']);
    });
});

describe('late data of a version that is no longer in force', () => {
    const world = (): PayWorld => {
        const one = new PayWorld(
            version(plan('components: { commission: { per: credit, base: payable, rate: 10% } }'), {
                to: '2026-03-31'
            }),
            version(
                plan('components: { commission: { per: credit, base: payable, rate: 5% } }').replace(
                    '2026-01-01',
                    '2026-04-01'
                ),
                {
                    key: 'plan:2',
                    from: '2026-04-01'
                }
            )
        );
        one.sales = [sold('s1', '2026-02-10', '1000'), sold('s2', '2026-05-10', '1000')];
        one.publish('2026-Q1');
        return one;
    };

    test('is corrected by the rates of its own time, dated by the deal, and names the published line', () => {
        const one = world();
        one.sales[0] = { ...one.sales[0]!, amount: '1500' };
        const second = one.run('2026-Q2');
        expect(linesOf(second)).toEqual([
            'Earning Commission 50.00',
            'Correction Commission, late data of 2026-Q1 50.00'
        ]);
        expect(statementOf(second).lines[1]).toMatchObject({
            date: '2026-02-10',
            transaction: 's1',
            corrects: '2026-Q1:plan:ann:commission:Earning:s1:direct/ann'
        });
        one.publish('2026-Q2');
        expect(statementOf(one.run('2026-Q3')).lines).toEqual([]);
    });

    test('a deal that is entered late is paid as it would have been', () => {
        const one = world();
        one.sales.push(sold('s3', '2026-03-31', '200'));
        expect(lineOf(one.run('2026-Q2'), 'late:2026-Q1:commission:Earning:s3:direct/ann')).toMatchObject({
            kind: 'Adjustment',
            amount: '20.00',
            date: '2026-03-31'
        });
    });

    test('a deal that is gone is taken back whole', () => {
        const one = world();
        one.sales = one.sales.slice(1);
        expect(lineOf(one.run('2026-Q2'), 'late:2026-Q1:commission:Earning:s1:direct/ann')).toMatchObject({
            kind: 'Correction',
            amount: '-100.00'
        });
    });
});
