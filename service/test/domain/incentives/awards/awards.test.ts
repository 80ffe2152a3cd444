import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Ratio, sumOf } from '../../../../src/domain/ratio.ts';
import {
    LEDGERS,
    type Award,
    type AwardEvent,
    type AwardLife
} from '../../../../src/domain/incentives/awards/award.ts';
import { balancesOf } from '../../../../src/domain/incentives/awards/award-balances.ts';
import { problemsOfAward } from '../../../../src/domain/incentives/awards/check-award-terms.ts';
import { liveAward } from '../../../../src/domain/incentives/awards/live-award.ts';

const money = (text: string): Ratio => Ratio.parseDecimal(text)!;
const APPROVED = { reason: 'mis-selling upheld', requestedBy: 'conduct', approvedBy: 'remco' };

/** 100,000 of 2026: 60,000 at once, 40,000 in four yearly tranches. */
const award: Award = {
    id: 'A1',
    payeeId: 'ada',
    awardedOn: '2026-12-31',
    currency: 'GBP',
    amount: money('100000'),
    tranches: [
        { key: 'upfront', vestsOn: '2026-12-31', form: 'cash', amount: money('60000') },
        { key: 'y1', vestsOn: '2027-12-31', form: 'cash', amount: money('10000') },
        { key: 'y2', vestsOn: '2028-12-31', form: 'instrument', amount: money('10000') },
        { key: 'y3', vestsOn: '2029-12-31', form: 'instrument', amount: money('10000') },
        { key: 'y4', vestsOn: '2030-12-31', form: 'instrument', amount: money('10000') }
    ],
    clawbackUntil: '2033-12-31',
    leaverRules: [
        { reason: 'resignation', unvested: 'lapse' },
        { reason: 'retirement', unvested: 'keep' },
        { reason: 'redundancy', unvested: 'proRata' },
        { reason: 'death', unvested: 'vestAtOnce' }
    ],
    payLine: ['desk head'],
    rounding: { unit: Ratio.of(1, 100), mode: 'half-even', residual: 'largestRemainder' }
};

function closings(life: AwardLife): Record<string, string> {
    const balances = balancesOf([life], award.awardedOn, life.asOf).filter(({ closing }) => !closing.isZero);
    return Object.fromEntries(balances.map(({ ledger, closing }) => [ledger, closing.toFixed(2)]));
}

function codes(events: AwardEvent[], asOf = '2034-12-31', of: Award = award): string[] {
    return liveAward(of, events, asOf).refused.map(({ event, problem }) => `${event} ${problem.code}`);
}

function malus(
    id: string,
    date: string,
    more: Partial<Extract<AwardEvent, { kind: 'malus' }>> = {}
): AwardEvent {
    return {
        id,
        date,
        kind: 'malus',
        tranche: '',
        take: { part: Ratio.of(1, 2) },
        approval: APPROVED,
        ...more
    };
}

function clawback(
    id: string,
    date: string,
    amount: string,
    more: Partial<Extract<AwardEvent, { kind: 'clawback' }>> = {}
): AwardEvent {
    return {
        id,
        date,
        kind: 'clawback',
        tranche: '',
        take: { amount: money(amount) },
        approval: APPROVED,
        ...more
    };
}

describe('vesting', () => {
    test('what is paid at once is vested on the day of the award, the rest on its days', () => {
        expect(closings(liveAward(award, [], '2026-12-31'))).toEqual({
            unvested: '40000.00',
            vested: '60000.00'
        });
        expect(closings(liveAward(award, [], '2028-12-30'))).toEqual({
            unvested: '30000.00',
            vested: '70000.00'
        });
        expect(closings(liveAward(award, [], '2030-12-31'))).toEqual({ vested: '100000.00' });
    });

    test('opening and movements give the closing, year by year', () => {
        const life = liveAward(award, [malus('m', '2028-06-30')], '2030-12-31');
        const unvested = ['2026', '2027', '2028', '2029'].map((year) => {
            const { opening, movements, closing } = balancesOf([life], `${year}-01-01`, `${year}-12-31`)[0]!;
            expect(closing.equals(opening.plus(sumOf(movements.map(({ amount }) => amount))))).toBe(true);
            return `${opening} ${movements.length} ${closing}`;
        });
        // 2028: half of 30000 cancelled (3 movements), then 5000 vests
        expect(unvested).toEqual(['0 6 40000', '40000 1 30000', '30000 4 10000', '10000 1 5000']);
    });
});

describe('malus', () => {
    test('cancels half of what has not vested, in proportion', () => {
        const life = liveAward(award, [malus('m', '2028-06-30')], '2034-12-31');
        expect(closings(life)).toEqual({ vested: '85000.00', cancelled: '15000.00' }); // 70000 + 30000 x 50%
        expect(life.movements.find(({ what }) => what === 'malus')?.approval).toEqual(APPROVED);
    });

    test('an amount that does not divide evenly is cancelled to the cent', () => {
        const life = liveAward(
            award,
            [malus('m', '2028-06-30', { take: { amount: money('100') } })],
            '2028-06-30'
        );
        const cancelled = life.movements
            .filter(({ ledger }) => ledger === 'cancelled')
            .map(({ amount }) => amount.toFixed(2));
        expect(cancelled).toEqual(['33.34', '33.33', '33.33']);
    });

    test('on the day of a vesting comes before it', () => {
        const life = liveAward(
            award,
            [malus('m', '2027-12-31', { tranche: 'y1', take: { part: Ratio.ONE } })],
            '2027-12-31'
        );
        expect(closings(life)).toEqual({ unvested: '30000.00', vested: '60000.00', cancelled: '10000.00' });
    });

    test('what has vested cannot be cancelled, and the refusal says what can', () => {
        const life = liveAward(award, [malus('m', '2028-01-01', { tranche: 'y1' })], '2028-01-01');
        expect(life.refused[0]!.problem).toEqual({
            code: 'MALUS_ON_VESTED',
            where: 'award A1, malus m',
            value: 'y1',
            fix: 'It has vested: ask it back (clawback) within the window.'
        });
        expect(closings(life)).toEqual({ unvested: '30000.00', vested: '70000.00' });
    });

    test('refuses more than is unvested, nothing, and parts that are none', () => {
        expect(
            codes([
                malus('a', '2027-01-01', { take: { amount: money('40000.01') } }),
                malus('b', '2027-01-01', { take: { amount: money('0') } }),
                malus('c', '2027-01-01', { take: { part: Ratio.of(11, 10) } }),
                malus('d', '2027-01-01', { take: { amount: money('0.001') } }),
                malus('e', '2027-01-01', { tranche: 'y9' }),
                malus('f', '2031-01-01'),
                malus('g', '2026-12-30')
            ])
        ).toEqual([
            'g EVENT_BEFORE_AWARD',
            'a MALUS_ABOVE_UNVESTED',
            'b AMOUNT_NOT_POSITIVE',
            'c PART_INVALID',
            'd AMOUNT_NOT_IN_UNITS',
            'e TRANCHE_UNKNOWN',
            'f MALUS_ON_VESTED'
        ]);
    });
});

describe('clawback', () => {
    test('asks back what was paid, which is then owed until it is repaid', () => {
        const events: AwardEvent[] = [
            clawback('c', '2028-03-01', '25000'),
            { id: 'r1', date: '2028-06-01', kind: 'repayment', amount: money('20000') },
            { id: 'r2', date: '2028-07-01', kind: 'repayment', amount: money('5000.01') }
        ];
        const life = liveAward(award, events, '2028-12-30');
        expect(closings(life)).toEqual({
            unvested: '30000.00',
            vested: '45000.00',
            clawedBack: '25000.00',
            owed: '5000.00'
        });
        expect(life.refused.map(({ problem }) => [problem.code, problem.fix])).toEqual([
            ['REPAYMENT_ABOVE_OWED', 'Only 5000 is owed.']
        ]);
    });

    test('never takes back more than was paid, however often', () => {
        const events = [
            clawback('a', '2028-01-01', '50000'),
            clawback('b', '2028-01-02', '20000.01'),
            clawback('c', '2028-01-03', '20000')
        ];
        const life = liveAward(award, events, '2028-01-03');
        expect(life.refused.map(({ event, problem }) => [event, problem.code, problem.fix])).toEqual([
            ['b', 'CLAWBACK_ABOVE_PAID', 'Only 20000 was paid and not taken back yet.']
        ]);
        expect(closings(life)).toEqual({ unvested: '30000.00', clawedBack: '70000.00', owed: '70000.00' });
    });

    test('ends with its window: the last day counts, the day after does not', () => {
        expect(codes([clawback('in', '2033-12-31', '1')])).toEqual([]);
        expect(codes([clawback('out', '2034-01-01', '1')])).toEqual(['out CLAWBACK_WINDOW_OVER']);
        expect(
            codes([clawback('none', '2028-01-01', '1')], '2034-12-31', { ...award, clawbackUntil: null })
        ).toEqual(['none CLAWBACK_NOT_AGREED']);
    });

    test('what has not vested is cancelled instead', () => {
        expect(codes([clawback('c', '2027-06-01', '1', { tranche: 'y1' })])).toEqual([
            'c CLAWBACK_ON_UNVESTED'
        ]);
        const all = malus('m', '2027-06-01', { tranche: 'y1', take: { part: Ratio.ONE } });
        expect(codes([all, clawback('n', '2028-06-01', '1', { tranche: 'y1' })])).toEqual(['n NOTHING_LEFT']);
    });
});

describe('who decides', () => {
    test.each([
        ['REASON_MISSING', { reason: ' ' }],
        ['REQUESTER_MISSING', { requestedBy: '' }],
        ['APPROVER_MISSING', { approvedBy: '' }],
        ['APPROVER_ASKED_FOR_IT', { approvedBy: 'conduct' }],
        ['APPROVER_IS_PAYEE', { approvedBy: 'ada' }],
        ['APPROVER_IN_PAY_LINE', { approvedBy: 'desk head' }]
    ])('%s', (code, wrong) => {
        const approval = { ...APPROVED, ...wrong };
        expect(
            codes([malus('m', '2027-06-01', { approval }), clawback('c', '2027-06-01', '1', { approval })])
        ).toEqual([`c ${code}`, `m ${code}`]);
    });

    test('an event counts once', () => {
        expect(codes([malus('m', '2027-06-01'), malus('m', '2027-06-02')])).toEqual(['m EVENT_TWICE']);
    });
});

describe('leaving', () => {
    const leave = (reason: string, date = '2027-09-30'): AwardEvent => ({
        id: `l-${reason}`,
        date,
        kind: 'leave',
        reason
    });

    test('by resignation nothing unvested is left', () => {
        expect(closings(liveAward(award, [leave('resignation')], '2030-12-31'))).toEqual({
            vested: '60000.00',
            lapsed: '40000.00'
        });
    });

    test('by retirement everything vests on its day', () => {
        expect(closings(liveAward(award, [leave('retirement')], '2027-12-31'))).toEqual({
            unvested: '30000.00',
            vested: '70000.00'
        });
    });

    test('by redundancy the months served are kept, and vest on their days', () => {
        const life = liveAward(award, [leave('redundancy')], '2027-09-30');
        // 2026-12-31 to 2027-09-30 is 9 months; of 12, 24, 36, 48: 7500 + 3750 + 2500 + 1875 = 15625
        expect(closings(life)).toEqual({ unvested: '15625.00', vested: '60000.00', lapsed: '24375.00' });
        expect(closings(liveAward(award, [leave('redundancy')], '2030-12-31'))).toEqual({
            vested: '75625.00',
            lapsed: '24375.00'
        });
    });

    test('by death everything vests at once, and can still be asked back', () => {
        const events = [leave('death'), clawback('c', '2028-01-01', '100000')];
        expect(closings(liveAward(award, events, '2028-01-01'))).toEqual({
            clawedBack: '100000.00',
            owed: '100000.00'
        });
    });

    test('twice, or for a reason without a rule, is refused', () => {
        expect(codes([leave('resignation'), leave('retirement', '2028-01-01')])).toEqual([
            'l-retirement LEFT_ALREADY'
        ]);
        expect(liveAward(award, [leave('sabbatical')], '2030-12-31').refused[0]!.problem.fix).toBe(
            'The award has rules for: resignation, retirement, redundancy, death.'
        );
    });
});

test('an award that does not hold together is told before it lives', () => {
    const wrong: Award = {
        ...award,
        amount: money('99999'),
        tranches: [
            { key: 'a', vestsOn: '2026-12-30', form: 'cash', amount: money('50000.005') },
            { key: 'a', vestsOn: '2027-12-31', form: 'cash', amount: money('-1') }
        ],
        leaverRules: [...award.leaverRules, { reason: 'death', unvested: 'keep' }]
    };
    expect(problemsOfAward(award)).toEqual([]);
    expect(problemsOfAward(wrong).map(({ code }) => code)).toEqual([
        'TRANCHES_NOT_WHOLE',
        'AMOUNT_NOT_IN_UNITS',
        'VESTS_BEFORE_AWARD',
        'TRANCHE_TWICE',
        'AMOUNT_NEGATIVE',
        'LEAVER_RULE_TWICE'
    ]);
});

describe('whatever happens to an award', () => {
    const day = fc
        .integer({ min: 0, max: 96 })
        .map((month) => `${2026 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-28`);
    const take = fc.oneof(
        fc.integer({ min: -5, max: 6_000_000 }).map((cents) => ({ amount: Ratio.of(cents, 100) })),
        fc.integer({ min: 0, max: 11 }).map((tenths) => ({ part: Ratio.of(tenths, 10) }))
    );
    const tranche = fc.constantFrom('', 'upfront', 'y1', 'y2', 'y4');
    const event = fc.oneof(
        fc.record({
            kind: fc.constantFrom('malus' as const, 'clawback' as const),
            date: day,
            tranche,
            take,
            approval: fc.constant(APPROVED)
        }),
        fc.record({
            kind: fc.constant('leave' as const),
            date: day,
            reason: fc.constantFrom('resignation', 'retirement', 'redundancy', 'death')
        }),
        fc.record({
            kind: fc.constant('repayment' as const),
            date: day,
            amount: fc.integer({ min: 1, max: 900_000 }).map((cents) => Ratio.of(cents, 100))
        })
    );
    const events = fc
        .array(event, { maxLength: 12 })
        .map((list) => list.map((one, index) => ({ ...one, id: `e${index}` }) as AwardEvent));

    test('the award stays whole, no ledger goes below zero, and no more is taken back than was paid', () => {
        fc.assert(
            fc.property(events, (happened) => {
                const { movements } = liveAward(award, happened, '2036-12-31');
                const held = new Map(LEDGERS.map((ledger) => [ledger, Ratio.ZERO]));
                let paid = Ratio.ZERO;
                for (const { ledger, amount } of movements) {
                    held.set(ledger, held.get(ledger)!.plus(amount));
                    if (ledger === 'vested' && amount.sign > 0) paid = paid.plus(amount);
                    expect(held.get('clawedBack')!.compare(paid)).toBeLessThanOrEqual(0);
                }
                for (const ledger of LEDGERS) expect(held.get(ledger)!.sign).toBeGreaterThanOrEqual(0);
                expect(String(sumOf(LEDGERS.slice(0, 5).map((ledger) => held.get(ledger)!)))).toBe('100000');
            }),
            { seed: 8, numRuns: 300 }
        );
    });

    test('the order in which events are written does not matter', () => {
        fc.assert(
            fc.property(events, fc.integer({ min: 0, max: 11 }), (happened, turn) => {
                const turned = [...happened.slice(turn), ...happened.slice(0, turn)];
                expect(liveAward(award, turned, '2036-12-31')).toEqual(
                    liveAward(award, happened, '2036-12-31')
                );
            }),
            { seed: 8, numRuns: 100 }
        );
    });

    test('a refused event moves nothing', () => {
        fc.assert(
            fc.property(events, (happened) => {
                const life = liveAward(award, happened, '2036-12-31');
                const refused = new Set(life.refused.map((one) => one.event));
                const accepted = happened.filter(({ id }) => !refused.has(id));
                expect(liveAward(award, accepted, '2036-12-31').movements).toEqual(life.movements);
            }),
            { seed: 8, numRuns: 100 }
        );
    });
});
