import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Ratio, sumOf } from '../../../../src/domain/ratio.ts';
import { calculated, codes, ledger, months, paid, periodsOf, sale } from '../calculated.ts';

const EARN = 'components: { commission: { per: credit, base: payable } }\n';

/** Sales of the amounts, one in each month. */
function earned(...amounts: (number | string)[]): object {
    const transactions = amounts.map((amount, index) =>
        sale(`t${index}`, `${String(index + 1).padStart(2, '0')}-10`, amount)
    );
    return months(amounts.length, { transactions });
}

describe('payout steps', () => {
    test('each step starts from what the one before left', () => {
        const parts = `${EARN}payout:
  - { key: bonus, add: 100 }
  - { key: conduct, when: fact.breaches > 0, multiply: 50% }
  - { key: net, grossUp: { rate: 40% } }`;
        const input = { ...earned(1100), facts: [{ name: 'breaches', value: 1 }] };
        const result = calculated(parts, input);
        const steps = periodsOf(result)[0]!.payout.map(
            ({ key, before, after }) => `${key} ${before} ${after}`
        );
        // 1,100 + 100; x 50%; 600 / (1 - 40%)
        expect(steps).toEqual(['bonus 1100 1200', 'conduct 1200 600', 'net 600 1000']);
    });

    test('what is paid to date is held within the limit, from the first period of the interval', () => {
        const parts = `${EARN}payout: [{ key: cap, limit: { most: 150, interval: quarter } }, { key: floor, limit: { least: 20 } }]`;
        expect(paid(calculated(parts, earned(100, 100, 100, 100, 0)))).toEqual([
            '100',
            '50',
            '20',
            '100',
            '20'
        ]);
    });

    test('whoever has left gets what falls due, within the cap, and nothing is guaranteed or added', () => {
        const halves = 'schedule: { instalments: [{ after: 0, share: 50% }, { after: 1, share: 50% }] }';
        const parts = `components: { commission: { per: credit, base: payable, ${halves} } }
payout:
  - { key: floor, limit: { least: 500, most: 60 } }
  - { key: draw, draw: { amount: 40, recoverable: false } }
  - { key: bonus, add: 7 }`;
        const left = { id: 'rep', start: '2025-01-01', end: '2026-01-31' };
        const result = calculated(parts.replace('least: 500, ', ''), {
            ...months(3, { payees: [left] }),
            transactions: [sale('a', '01-10', 200)]
        });
        expect(paid(result)).toEqual(['67', '60']);
        const guaranteed = calculated(parts.replace(', most: 60', ''), months(2, { payees: [left] }));
        expect(paid(guaranteed)).toEqual(['507']);
    });

    test.each(['100%', '120%'])('a tax rate of %s is a problem', (rate) => {
        const result = calculated(`${EARN}payout: [{ key: net, grossUp: { rate: payee.tax } }]`, {
            ...earned(100),
            payees: [{ id: 'rep', tax: rate }]
        });
        expect(codes(result, 'rep')).toEqual(['TAX_RATE_INVALID']);
    });
});

describe('draws', () => {
    const draw = (rest: string, when = ''): string =>
        `${EARN}payout: [{ key: draw, ${when}draw: { amount: 1000, ${rest} } }]`;

    test('a recoverable draw lends what pay lacks and takes it back from what is above', () => {
        const result = calculated(draw('recoverable: true'), earned(400, 600, 1200, 1500, 1400));
        expect(paid(result)).toEqual(['1000', '1000', '1000', '1000', '1100']);
        expect(ledger(result, 'draw')).toEqual([
            '0 600 600',
            '600 400 1000',
            '1000 -200 800',
            '800 -500 300',
            '300 -300 0'
        ]);
    });

    test('a draw that is not recoverable tops up and owes nothing', () => {
        const result = calculated(draw('recoverable: false'), earned(400, 3000));
        expect(paid(result)).toEqual(['1000', '3000']);
        expect(ledger(result, 'draw')).toEqual(['0 0', '0 0']);
    });

    test('recovery waits for its period, takes its share, and what is left is forgiven in the end', () => {
        const parts = draw(
            'recoverable: true, recoverShare: 50%, recoverFromPeriod: 3, forgiveAfterPeriods: 4'
        );
        const result = calculated(parts, earned(200, 1400, 1400, 1400, 1400));
        expect(paid(result)).toEqual(['1000', '1400', '1200', '1200', '1400']);
        expect(ledger(result, 'draw')).toEqual([
            '0 800 800',
            '800 800',
            '800 -200 600',
            '600 -200 -400 0',
            '0 0'
        ]);
    });

    test('periods of a draw count from the start of the payee, also before the first period calculated', () => {
        const parts = draw('recoverable: true, recoverFromPeriod: 3');
        const input = {
            from: '2026-03-01',
            to: '2026-03-31',
            payees: [{ id: 'rep', start: '2026-01-20' }],
            opening: [{ payee: 'rep', ledger: 'draw', amount: 300 }],
            transactions: [sale('a', '03-10', 1200)]
        };
        expect(ledger(calculated(parts, input), 'draw')).toEqual(['300 -200 100']);
    });

    test('when the draw ends nothing more is lent, and what is owed still comes back', () => {
        const result = calculated(
            draw('recoverable: true', 'when: period.number <= 2, '),
            earned(400, 500, 300, 1000)
        );
        expect(paid(result)).toEqual(['1000', '1000', '0', '200']);
        expect(ledger(result, 'draw')).toEqual(['0 600 600', '600 500 1100', '1100 -300 800', '800 -800 0']);
    });

    test('opening and movements are the closing balance, recovery takes no more than is owed or above the draw', () => {
        const amounts = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 12 });
        fc.assert(
            fc.property(amounts, fc.integer({ min: 1, max: 100 }), (earnings, share) => {
                const result = calculated(
                    draw(`recoverable: true, recoverShare: ${share}%`),
                    earned(...earnings)
                );
                let owed = Ratio.ZERO;
                for (const period of periodsOf(result)) {
                    const [balance] = period.balances;
                    expect(balance!.opening).toEqual(owed);
                    owed = balance!.opening.plus(sumOf(balance!.movements.map(({ amount }) => amount)));
                    expect(balance!.closing).toEqual(owed);
                    expect(owed.sign).toBeGreaterThanOrEqual(0);
                    expect(period.paid.compare(Ratio.of(1000))).toBeGreaterThanOrEqual(0);
                }
            }),
            { numRuns: 40 }
        );
    });
});

describe('advances and negative pay', () => {
    test('what a policy earns repays its own advance before anything is paid', () => {
        const parts = `${EARN}payout: [{ key: advance, advance: { ledger: advance, scope: policy } }]`;
        const premium = (id: string, day: string, policy: string): object => sale(id, day, 100, { policy });
        const result = calculated(
            parts,
            months(3, {
                opening: [{ payee: 'rep', ledger: 'advance', scope: 'P1', amount: 150 }],
                transactions: [
                    premium('a', '01-05', 'P1'),
                    premium('b', '02-05', 'P1'),
                    premium('c', '02-06', 'P2'),
                    premium('d', '03-05', 'P1')
                ]
            })
        );
        expect(paid(result)).toEqual(['0', '150', '100']);
        expect(ledger(result, 'advance', 'P1')).toEqual(['150 -100 50', '50 -50 0']);
    });

    test('an advance a component pays is repaid by what the others earn', () => {
        const parts = `components:
  upfront: { per: credit, when: "kind = 'issue'", base: payable, rate: 75% }
  asEarned: { per: credit, when: "kind = 'premium'", base: payable }
payout: [{ key: advance, advance: { ledger: upfront, scope: policy } }]`;
        const result = calculated(
            parts,
            months(3, {
                transactions: [
                    sale('i', '01-05', 240, { kind: 'issue', policy: 'P1' }),
                    ...['01-20', '02-20', '03-20'].map((day) =>
                        sale(day, day, 100, { kind: 'premium', policy: 'P1' })
                    )
                ]
            })
        );
        // 180 advanced, of which the first premium repays 100 at once; then 80; then the premium is paid
        expect(paid(result)).toEqual(['180', '20', '100']);
        expect(ledger(result, 'upfront', 'P1')).toEqual(['0 180 -100 80', '80 -80 0']);
    });

    test('negative pay comes off the next pay', () => {
        const parts = `${EARN}payout: [{ key: carried, carryNegative: true }]`;
        const result = calculated(
            parts,
            months(4, {
                transactions: [
                    sale('a', '01-05', 5000),
                    { id: 'r', date: '2026-02-05', reverses: 'a' },
                    sale('b', '03-05', 3000),
                    sale('c', '04-05', 7000)
                ]
            })
        );
        expect(paid(result)).toEqual(['5000', '0', '0', '5000']);
        expect(ledger(result, 'carried')).toEqual(['0 0', '0 5000 5000', '5000 -3000 2000', '2000 -2000 0']);
    });
});

describe('deferral', () => {
    const deferral = (rest: string): string => `plan: award\ncurrency: GBP\nperiod: year
components: { bonus: { per: period, base: fact.bonus } }
payout:
  - key: deferral
    deferral: { ${rest} }`;
    const years = (bonus: number | string, to = 2026): object => ({
        from: '2026-01-01',
        to: `${to}-12-31`,
        payees: [{ id: 'rep' }],
        facts: [
            { name: 'bonus', period: '2026', value: bonus },
            { name: 'bonus', value: 0 }
        ]
    });
    const QUARTERS =
        'tranches: [{ afterMonths: 12, share: 25% }, { afterMonths: 24, share: 25% }, { afterMonths: 36, share: 25% }, { afterMonths: 48, share: 25% }]';

    test('tranches sum to what is deferred, each in cash and instruments, with the end of its clawback', () => {
        const result = calculated(
            deferral(`deferred: due * 40%, ${QUARTERS}, instruments: 50%, clawbackMonths: 84`),
            years('1000.15')
        );
        expect(paid(result)).toEqual(['600.09']); // 1,000.15 less 400.06
        // 400.06 in quarters: two of 100.02, two of 100.01; each halved to the cent
        expect(result.scheduled.map(({ dueOn, form, amount }) => `${dueOn} ${form} ${amount}`)).toEqual([
            '2027-12-31 cash 50.01',
            '2027-12-31 instrument 50.01',
            '2028-12-31 cash 50.01',
            '2028-12-31 instrument 50.01',
            '2029-12-31 cash 50.01',
            '2029-12-31 instrument 50',
            '2030-12-31 cash 50.01',
            '2030-12-31 instrument 50'
        ]);
        expect(new Set(result.scheduled.map(({ clawbackUntil }) => clawbackUntil))).toEqual(
            new Set(['2033-12-31'])
        );
    });

    test('a cash tranche is paid in the period it falls due in, an instrument leaves the balance without pay', () => {
        const result = calculated(
            deferral(`deferred: due * 40%, ${QUARTERS}, instruments: 50%`),
            years(1000, 2028)
        );
        expect(paid(result)).toEqual(['600', '50', '50']);
        expect(ledger(result, 'deferral')).toEqual(['0 400 400', '400 -50 -50 300', '300 -50 -50 200']);
    });

    test('a step in a table moves the whole award into a higher part deferred', () => {
        const cliff = `deferred: "due * table('part', due)", tranches: [{ afterMonths: 12, share: 100% }]`;
        const table =
            '\ntables: { part: { mode: step, rows: [{ from: 0, to: 500000, value: 40% }, { from: 500000, value: 60% }] } }';
        expect(paid(calculated(deferral(cliff) + table, years(499999)))).toEqual(['299999.4']);
        expect(paid(calculated(deferral(cliff) + table, years(500000)))).toEqual(['200000']);
    });

    test('no more than the award is deferred, and tranches that do not make up the whole are a problem', () => {
        const all = deferral('deferred: 5000, tranches: [{ afterMonths: 12, share: 100% }]');
        expect(paid(calculated(all, years(1000)))).toEqual(['0']);
        const short = deferral('deferred: 100, tranches: [{ afterMonths: 12, share: payee.part }]');
        const input = { ...years(1000), payees: [{ id: 'rep', part: '90%' }] };
        expect(codes(calculated(short, input), 'rep')).toEqual(['SHARES_NOT_WHOLE']);
    });

    test('tranches sum to the deferred part, whatever the award', () => {
        fc.assert(
            fc.property(fc.integer({ min: 0, max: 100_000_000 }), (cents) => {
                const award = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
                const result = calculated(
                    deferral(`deferred: due * 40%, ${QUARTERS}, instruments: 50%`),
                    years(award)
                );
                const tranches = sumOf(result.scheduled.map(({ amount }) => amount));
                expect(tranches.plus(periodsOf(result)[0]!.paid)).toEqual(Ratio.of(cents, 100));
            }),
            { numRuns: 60 }
        );
    });
});
