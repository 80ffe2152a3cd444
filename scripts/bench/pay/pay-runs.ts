// A run of pay after one deal changed, beside a full run of the same facts: what is between reading and writing, in one process. Both
// must say the same. Once with pay of everybody by themselves, once with managers paid for their teams.
import { isDeepStrictEqual } from 'node:util';
import type { PayFacts, PersonFact, SaleFact } from '../../../service/src/domain/pay/pay-facts.ts';
import { workOutPay, workOutPayAgain, type WorkedOut } from '../../../service/src/domain/pay/work-out-pay.ts';
import { onPlan, quarter, sold, version } from '../../../service/test/support/pay-facts.ts';
import { DifferentResults, told, type Line } from '../lines.ts';

const PAYEES = 200;
const DEALS_A_QUARTER = 30;
const PLAN = `plan: plan
currency: GBP
effective: { from: 2026-01-01 }
period: quarter
crediting: [{ key: direct, to: splits }]
measures: { bookings: { of: payable, interval: year } }
tables: { bands: { mode: marginal, rows: [{ from: 0, to: 100000, value: 5% }, { from: 100000, value: 8% }] } }
components: { commission: { per: credit, base: payable, rate: { table: bands, at: measure.bookings } } }
payout: [{ key: guarantee, draw: { amount: 1000, recoverable: true } }]
`;
const WITH_MANAGERS = PLAN.replace(
    'to: splits }]',
    'to: splits }, { key: team, to: { manager: direct, levels: 1 }, quota: 0 }]'
).replace(
    /components: \{ (.*) \}/,
    'components: { $1, override: { per: credit, credits: [team], base: payable, rate: 1% } }'
);
const TEAM = 10;
const QUARTERS = ['2026-Q1', '2026-Q2', '2026-Q3'];

export function payRunLines(isLarge: boolean): Line[] {
    const payees = isLarge ? PAYEES : PAYEES / 10;
    return [
        ...linesOf('pay run', factsOf(payees, PLAN)),
        ...linesOf('pay run with managers', factsOf(payees, WITH_MANAGERS))
    ];
}

function linesOf(kind: string, facts: PayFacts): Line[] {
    const full = measured(() => workOutPayAgain({ facts, before: null }, () => undefined));
    const sales = facts.sales.with(17, { ...facts.sales[17]!, amount: '9999' });
    const changed = { ...facts, sales };
    const before = full.worked.remembered;
    const again = measured(() => workOutPayAgain({ facts: changed, before }, () => undefined));
    const expected = workOutPay(changed, () => undefined);
    if (!isDeepStrictEqual({ ...again.worked.answer, kind: 'Full' }, expected))
        throw new DifferentResults('a run after one changed deal pays something else than a full run');
    const { people, sales: deals } = facts;
    const what = `${kind}, ${people.size} payees, ${deals.length.toLocaleString('en')} deals`;
    return [
        told(`${what}, full, CPU`, `${full.seconds.toFixed(2)} s`),
        told(
            `${what}, one deal changed (${again.worked.answer.kind}), CPU`,
            `${again.seconds.toFixed(2)} s, 1/${(full.seconds / again.seconds).toFixed(0)} of a full run`
        )
    ];
}

function measured(work: () => WorkedOut): { worked: WorkedOut; seconds: number } {
    const started = process.cpuUsage();
    const worked = work();
    const { user, system } = process.cpuUsage(started);
    return { worked, seconds: (user + system) / 1e6 };
}

function factsOf(count: number, plan: string): PayFacts {
    const periods = QUARTERS.map(quarter);
    const ids = Array.from({ length: count }, (_, index) => `005${String(index).padStart(15, '0')}`);
    return {
        period: periods.at(-1)!,
        periods,
        versions: [version(plan)],
        assignments: ids.map((payeeId) => onPlan(payeeId)),
        quotas: [],
        people: new Map(ids.map((id, index) => [id, personOf(id, managerOf(index, ids))])),
        sales: Array.from({ length: count * DEALS_A_QUARTER * 3 }, (_, index) => saleOf(index, ids)),
        rates: [],
        publishedLines: [],
        balances: [],
        statements: [],
        adjustments: [],
        unreadTouches: {},
        conduct: null,
        problems: []
    };
}

/** The first of each team leads it. */
function managerOf(index: number, ids: readonly string[]): string {
    return index % TEAM === 0 ? '' : ids[index - (index % TEAM)]!;
}

function personOf(id: string, managerId: string): PersonFact {
    return { id, managerId, title: '', isActive: true };
}

function saleOf(index: number, ids: readonly string[]): SaleFact {
    const month = 1 + (index % 9);
    const date = `2026-0${month}-${String(1 + (index % 27)).padStart(2, '0')}`;
    return sold(`006${String(index).padStart(15, '0')}`, date, String(1000 + (index % 5000)), {
        ownerId: ids[index % ids.length]!
    });
}
