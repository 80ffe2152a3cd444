// What the org keeps of a person besides deals and targets: facts their plan asks for, waived gates, pay that is asked back. The page
// c/whatIf calculates with them and comes to what the run of pay made of the same facts of the org.
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { SaleFact } from '../../service/src/domain/pay/pay-facts.ts';
import type { Statement } from '../../service/src/domain/pay/statement.ts';
import {
    decision,
    ledgerOf,
    PayWorld,
    quarter,
    sold,
    statementOf,
    version
} from '../../service/test/domain/pay/pay-world.ts';
import { loadPageScenario, type PageScenario } from './page-scenario.ts';

const GATED = `plan: plan
currency: GBP
effective: { from: 2026-01-01 }
period: quarter
crediting: [{ key: direct, to: owner }]
measures: { bookings: { of: payable, interval: year } }
tables: { bands: { mode: marginal, rows: [{ from: 0, to: 15000, value: 5% }, { from: 15000, value: 8% }] } }
components:
  commission:
    per: credit
    base: payable
    rate: { table: bands, at: measure.bookings }
    gates: [{ key: conduct, when: fact.complaint < 2, otherwise: { multiply: 40% }, waivable: true }]
`;
const ASKING_BACK = `plan: plan
currency: GBP
effective: { from: 2026-01-01 }
period: quarter
crediting:
  - { key: direct, to: owner }
  - { key: sourced, to: owner, share: 50%, total: any }
components: { commission: { per: credit, base: payable, rate: 10% } }
payout: [{ key: back, clawback: { windowMonths: 12, recoverShare: 50% } }]
`;
const SALES = [
    sold('s1', '2026-02-10', '10000.37'),
    sold('s2', '2026-05-10', '4321.09'),
    sold('s3', '2026-06-11', '2500')
];

let page: PageScenario;
beforeAll(async () => {
    page = await loadPageScenario();
});

function world(definition: string, sales: SaleFact[] = SALES): PayWorld {
    const one = new PayWorld(version(definition));
    one.sales = sales;
    return one;
}

/** Complaints of ann and of somebody else, known to the end of a quarter. */
function gated(complaints: string[], knownTo = 'Q2', sales = SALES): PayWorld {
    const one = world(GATED, sales);
    const fact = (payeeId: string, day: string) => {
        const rest = { value: '1', severity: '', source: 'register', keptUntil: '' as const };
        return { signal: 'complaint', payeeId, day, ...rest };
    };
    const { end } = quarter(`2026-${knownTo}`);
    one.conduct = {
        facts: [fact('zoe', '2026-01-02'), ...complaints.map((day) => fact('ann', day))],
        deliveredTo: new Map([['register', end]]),
        asOf: end
    };
    return one;
}

/** A decision of the second quarter to take back part of what the first paid for s1. */
function askedBack(amount: string, sales = SALES): PayWorld {
    const one = world(ASKING_BACK, sales);
    const corrects = '2026-Q1:plan:ann:commission:Earning:s1:direct/ann';
    one.adjustments = [
        decision({ kind: 'Clawback', periodKey: '2026-Q2', decidedOn: '2026-05-20', amount, corrects })
    ];
    return one;
}

/** The first quarter published, the second calculated. */
const run = (one: PayWorld): Statement[] => [
    statementOf(one.publish('2026-Q1')),
    statementOf(one.run('2026-Q2'))
];

/** As WhatIfController.getBasis gives it of the newest of these statements. */
function basisOf(one: PayWorld, statements: Statement[]) {
    const { given } = statements.at(-1)!;
    return {
        payeeId: 'ann',
        interval: 'Quarter',
        periods: one.periods.map(({ key, start, end }) => ({ key, startDate: start, endDate: end })),
        assignments: [{ startDate: '2026-01-01', terms: '{}' }],
        quotas: [],
        openings: [],
        paid: [],
        given: given && JSON.stringify(given),
        credits: statements.flatMap(({ credits }) =>
            credits.map((credit) => ({
                transactionKey: credit.transaction,
                ruleKey: credit.rule,
                creditDate: credit.date,
                payable: Number(credit.payable),
                quota: Number(credit.quota),
                dealCount: Number(credit.count),
                share: Number(credit.share),
                dealAmount: Number(one.sales.find(({ id }) => id === credit.transaction)!.amount)
            }))
        )
    };
}

function told(one: PayWorld, statements: Statement[], open: SaleFact[] = []) {
    const picks = open.map(({ id, date, amount }) => ({
        opportunityId: id,
        closeDate: date,
        amount: amount!
    }));
    const { plan } = page.scenarioPlan(one.versions[0]!.definition);
    const { paid, assumed, problems } = page.scenarioOutcome(plan, basisOf(one, statements), picks);
    expect([...problems]).toEqual([]);
    return { paid: paid.toFixed(2), assumed: [...assumed] };
}

const pays = (statements: Statement[]): string | null => statements.at(-1)!.payout;

describe.each<[string, (sales?: SaleFact[]) => PayWorld]>([
    ['a gate on conduct is open', (sales) => gated(['2026-04-02'], 'Q2', sales)],
    ['a gate on conduct is closed', (sales) => gated(['2026-04-02', '2026-05-03'], 'Q2', sales)],
    ['it was closed in the quarter before', (sales) => gated(['2026-01-02', '2026-03-03'], 'Q2', sales)],
    [
        'it is closed and waived',
        (sales) => {
            const one = gated(['2026-04-02', '2026-05-03'], 'Q2', sales);
            one.adjustments = [decision({ kind: 'Waiver', periodKey: '2026-Q2', gate: 'conduct' })];
            return one;
        }
    ],
    ['some of what was paid is asked back', (sales) => askedBack('-80', sales)],
    ['nearly all of what a deal paid by two rules is asked back', (sales) => askedBack('-1400', sales)],
    [
        'what people paid outside the plan is asked back',
        (sales) => {
            const one = askedBack('-70', sales);
            const [back] = one.adjustments;
            const paid = decision({ id: 'extra', periodKey: '2026-Q1', amount: '90' });
            one.adjustments = [paid, { ...back!, corrects: '2026-Q1:plan:ann:adjustment:extra' }];
            return one;
        }
    ]
])('where %s', (_name, worldOf) => {
    test('a scenario equal to reality pays what the run pays', () => {
        const one = worldOf();
        const statements = run(one);
        expect(told(one, statements)).toEqual({ paid: pays(statements), assumed: [] });
    });

    test('deals that are still open pay what the run pays once they are won', () => {
        const before = worldOf(SALES.slice(0, 1));
        const open = SALES.slice(1);
        const { paid } = told(before, run(before), open);
        expect(paid).toBe(pays(run(worldOf())));
        expect(paid).not.toBe('0.00');
    });
});

test('these gates and decisions cost something, so that one left out is seen', () => {
    const [open, closed] = [gated([]), gated(['2026-04-02', '2026-05-03'])].map((one) => pays(run(one)));
    expect(Number(closed)).toBeCloseTo(Number(open) * 0.4, 1);
    const one = askedBack('-80');
    run(one);
    expect(ledgerOf(one.run('2026-Q2'), 'back')).toBe('0.00 0.00 0.00');
    expect(Number(pays(run(askedBack('-80'))))).toBeCloseTo(Number(pays(run(world(ASKING_BACK)))) - 80, 2);
});

test('facts of quarters to come, where a picked deal closes, are taken as they are, by name', () => {
    const one = gated(['2026-04-02', '2026-05-03']);
    const statements = run(one);
    const { paid, assumed } = told(one, statements, [sold('s4', '2026-08-01', '1000')]);
    // All of it is above the band: 1,000 x 8 % x 40 %.
    expect(paid).toBe((Number(pays(statements)) + 32).toFixed(2));
    expect(assumed).toEqual(['complaint']);
});

test('a statement keeps facts and decisions of its payee only, and nothing where there are none', () => {
    const [, statement] = run(gated(['2026-04-02']));
    expect(statement!.given).toEqual({
        facts: [
            { name: 'complaint', period: '2026-Q1', value: '0' },
            { name: 'complaint', period: '2026-Q2', value: '1' }
        ]
    });
    expect(run(world(ASKING_BACK))[1]!.given).toBeNull();
});
