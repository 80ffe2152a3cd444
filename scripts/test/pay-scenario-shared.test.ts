// Deals that are shared: what the page c/whatIf tells each person about a split deal, a specialist's overlay or a team's override
// is what payroll pays when the whole team is calculated. The page knows only what that person may see.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parsePlan } from '../../service/src/domain/incentives/parse-plan.ts';
import { calculateAsJson } from '../../service/src/domain/incentives/run-cases.ts';
import { inCents, loadPageScenario, type PageScenario } from './page-scenario.ts';

const PLAN = `plan: team
currency: GBP
period: quarter
crediting:
  - { key: direct, to: splits }
  - { key: overlay, to: { role: Specialist }, share: 50%, quota: 100% }
  - { key: team, to: { manager: direct, levels: 2 }, quota: 0 }
measures:
  bookings: { of: quotaCredit, interval: year }
quotas:
  bookings: {}
tables:
  accelerator:
    mode: marginal
    scale: quota.bookings
    rows: [{ from: 0, to: 80%, value: 2% }, { from: 80%, to: 100%, value: 3% }, { from: 100%, value: 5% }]
components:
  commission: { per: credit, credits: [direct], base: payable, rate: { table: accelerator, at: measure.bookings } }
  overlay: { per: credit, credits: [overlay], base: payable, rate: 1% }
  override: { per: credit, credits: [team], base: payable, rate: 0.3% }
payout:
  - { key: cap, limit: { most: 9000, interval: quarter } }
`;
const PERIODS = [
    { key: '2026-Q1', start: '2026-01-01', end: '2026-03-31' },
    { key: '2026-Q2', start: '2026-04-01', end: '2026-06-30' }
];
/** director over lead over two sellers and a specialist; the stranger is on another plan. */
const MANAGERS: Record<string, string> = {
    director: '',
    lead: 'director',
    ann: 'lead',
    bob: 'lead',
    specialist: 'lead'
};
const PAYEES = Object.keys(MANAGERS);

interface Deal {
    id: string;
    date: string;
    amount: string;
    owner: string;
    shares: [string, number][];
    team: Record<string, string>;
}

const deal = (id: string, date: string, amount: string, owner: string, rest: Partial<Deal> = {}): Deal => ({
    id,
    date,
    amount,
    owner,
    shares: [],
    team: {},
    ...rest
});
const DEALS: Deal[] = [
    deal('d1', '2026-01-20', '61000.55', 'ann'),
    deal('d2', '2026-02-11', '40333.33', 'bob', { shares: [['bob', 66.67], ['ann', 33.33]] }), // prettier-ignore
    deal('d3', '2026-04-02', '27000', 'ann', { team: { Specialist: 'specialist' } }),
    deal('d4', '2026-05-05', '90909.09', 'stranger', { shares: [['stranger', 40], ['bob', 60]] }), // prettier-ignore
    deal('d5', '2026-05-19', '55500.01', 'bob', { shares: [['ann', 50], ['bob', 50]], team: { Specialist: 'specialist' } }), // prettier-ignore
    deal('d6', '2026-06-01', '12000', 'stranger', { team: { Specialist: 'specialist' } })
];

/** As the service makes it of the org: payees are those on the plan. */
function teamInput(deals: readonly Deal[]): string {
    return JSON.stringify({
        periods: PERIODS,
        payees: PAYEES.map((id) => ({ id, manager: MANAGERS[id] })),
        assignments: PAYEES.map((payee) => ({ payee, from: '2026-01-01' })),
        quotas: PAYEES.map((payee) => ({
            payee,
            measure: 'bookings',
            from: '2026-01-01',
            to: '2026-12-31',
            amount: '100000'
        })),
        transactions: deals.map(({ id, date, amount, owner, shares, team }) => ({
            id,
            date,
            amount,
            owner,
            splits: shares.length
                ? Object.fromEntries(shares.map(([payee, percent]) => [payee, `${percent}%`]))
                : { [owner]: '100%' },
            team
        }))
    });
}

type Row = Record<string, string>;
type Told = Record<string, { periods: Record<string, { paid: string; credits: Row[] }> }>;

function payroll(deals: readonly Deal[]): Told {
    const { json } = calculateAsJson(parsePlan(PLAN).plan!, teamInput(deals));
    return JSON.parse(json).payees as Told;
}

/** What the org gives this person: own credits, and the people below on the same plan. */
function basisOf(payee: string, told: Told): Record<string, unknown> {
    const assignments = [{ startDate: '2026-01-01', terms: '{}' }];
    const below = PAYEES.filter((id) => [MANAGERS[id], MANAGERS[MANAGERS[id]!]].includes(payee));
    return {
        payeeId: payee,
        managerId: MANAGERS[payee],
        interval: 'Quarter',
        periods: PERIODS.map(({ key, start, end }) => ({ key, startDate: start, endDate: end })),
        assignments,
        reports: below.map((id) => ({ payeeId: id, managerId: MANAGERS[id], assignments })),
        quotas: [
            {
                measure: 'bookings',
                startDate: '2026-01-01',
                endDate: '2026-12-31',
                target: '100000'
            }
        ],
        openings: [],
        paid: [],
        credits: PERIODS.flatMap(({ key }) =>
            told[payee]!.periods[key]!.credits.map((credit) => ({
                transactionKey: credit['transaction'],
                ruleKey: credit['rule'],
                creditDate: credit['date'],
                payable: inCents(credit['payable']!),
                quota: inCents(credit['quota']!),
                dealCount: credit['count'],
                dealAmount: DEALS.find(({ id }) => id === credit['transaction'])!.amount
            }))
        )
    };
}

const pickOf = ({ id, date, amount, owner, shares, team }: Deal) => ({
    opportunityId: id,
    closeDate: date,
    amount,
    ownerId: owner,
    shares: shares.map(([payeeId, percent]) => ({ payeeId, percent })),
    team: Object.entries(team).map(([role, payeeId]) => ({ role, payeeId }))
});

let page: PageScenario;
beforeAll(async () => {
    page = await loadPageScenario();
});

const paidBy = (told: Told, payee: string): number => Number(told[payee]!.periods['2026-Q2']!.paid);
/** Those of the period of the statement: a scenario changes nothing before it. */
const OPEN = DEALS.filter(({ date }) => date >= '2026-04-01');
const reality = payroll(DEALS);

describe.each(PAYEES)('%s', (payee) => {
    test('comes to the statement with nothing picked', () => {
        const { plan } = page.scenarioPlan(PLAN);
        const { paid, problems } = page.scenarioOutcome(plan, basisOf(payee, reality), []);
        expect([...problems]).toEqual([]);
        expect(paid).toBe(paidBy(reality, payee));
    });

    test.each(OPEN.map((one): [string, Deal] => [one.id, one]))(
        'is told of %s, while it is still open, what it pays',
        (_id, open) => {
            const before = payroll(DEALS.filter(({ id }) => id !== open.id));
            const { plan } = page.scenarioPlan(PLAN);
            const { paid, problems } = page.scenarioOutcome(plan, basisOf(payee, before), [pickOf(open)]);
            expect([...problems]).toEqual([]);
            expect(paid).toBe(paidBy(reality, payee));
        }
    );

    test('is told of all of them together what they pay', () => {
        const before = payroll(DEALS.filter((one) => !OPEN.includes(one)));
        const { plan } = page.scenarioPlan(PLAN);
        const { paid } = page.scenarioOutcome(plan, basisOf(payee, before), OPEN.map(pickOf));
        expect(paid).toBe(paidBy(reality, payee));
    });
});

test('these deals pay everybody something, so that a share left out is seen', () => {
    for (const payee of PAYEES) expect(paidBy(reality, payee)).toBeGreaterThan(0);
});

test('a plan with an override asks for deals of people below, another does not', () => {
    expect(page.paysManagers(PLAN)).toBe(true);
    expect(
        page.paysManagers(PLAN.replace(/ {2}- \{ key: team.*\n/, '').replace(/ {2}override.*\n/, ''))
    ).toBe(false);
});
