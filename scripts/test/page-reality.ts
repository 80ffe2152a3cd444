// What the org keeps of a calculation of one payee, as the page c/whatIf is given it: credits in cents, goals, assignments, opening
// balances, decisions. For tests that hold the page's scenario against what the service paid.
import { parsePlan } from '../../service/src/domain/incentives/parse-plan.ts';
import type { Interval } from '../../service/src/domain/incentives/plan.ts';
import { calculateAsJson } from '../../service/src/domain/incentives/run-cases.ts';
import { inCents } from './page-scenario.ts';

/** What the page has for every deal; all others are fields only this org has. */
const DEAL_FIELDS = ['id', 'date', 'amount', 'owner', 'product', 'productFamily', 'type', 'units', 'events'];
const INTERVALS: Record<Interval, string> = {
    week: 'Week',
    month: 'Month',
    quarter: 'Quarter',
    'half-year': 'HalfYear',
    year: 'Year',
    plan: 'Plan'
};

export type Row = Record<string, string>;
export type Deal = Record<string, unknown> & { id: string; date: string; amount: string; events?: Row };
interface Field {
    name: string;
    value?: string;
    isTrue?: boolean;
}
export interface Given {
    payees: Row[];
    assignments?: Row[];
    transactions?: Deal[];
    quotas?: Row[];
    opening?: Row[];
    paid?: Row[];
    facts?: Row[];
    exceptions?: Row[];
    clawback?: Row[];
}
export interface Reality {
    name: string;
    definition: string;
    basis: { credits: { transactionKey: string }[] } & Record<string, unknown>;
    deals: Deal[];
    paid: number;
}

/** None where the calculation has a problem. */
export function realityOf(name: string, definition: string, givenJson: string): Reality[] {
    const { plan } = parsePlan(definition);
    const given = JSON.parse(givenJson) as Given;
    const result = JSON.parse(calculateAsJson(plan!, givenJson).json);
    if (result.problems.length > 0) return [];
    const [payee] = given.payees as [Row];
    const periods = result.periods as { key: string; start: string; end: string }[];
    const told = result.payees[payee['id']!].periods;
    const deals = new Map(given.transactions?.map((deal) => [deal['id'], deal]));
    const { start, end } = { start: periods[0]!.start, end: periods.at(-1)!.end };
    const basis = {
        payeeId: payee['id'],
        interval: INTERVALS[plan!.period],
        periods: periods.map((one) => ({ key: one.key, startDate: one.start, endDate: one.end })),
        assignments: (given.assignments ?? [{ from: payee['start'] ?? start, to: payee['end'] ?? end }]).map(
            (one) => ({
                startDate: one['from'],
                endDate: one['to'],
                terms: JSON.stringify({ ...payee, ...one, from: undefined, to: undefined })
            })
        ),
        quotas: (given.quotas ?? []).map((one) => ({
            measure: one['measure'],
            startDate: one['from'],
            endDate: one['to'],
            target: one['amount']
        })),
        openings: given.opening ?? [],
        paid: (given.paid ?? []).map((one) => ({
            componentKey: one['component'],
            transactionKey: one['transaction'],
            periodKey: one['period'],
            amount: one['amount']
        })),
        malus: periods.flatMap(({ key }) => malusTold(key, told[key])),
        given: JSON.stringify({
            facts: given.facts ?? [],
            exceptions: given.exceptions ?? [],
            clawback: (given.clawback ?? []).map((one) => ({ ...one, amount: String(one['amount']) }))
        }),
        credits: periods.flatMap(({ key }) =>
            told[key].credits.map((credit: Row) => ({
                transactionKey: credit['transaction'],
                ruleKey: credit['rule'],
                creditDate: credit['date'],
                payable: inCents(credit['payable']!),
                quota: inCents(credit['quota']!),
                dealCount: credit['count'],
                share: credit['share'],
                ...dealFields(deals.get(credit['transaction']!))
            }))
        )
    };
    const paid = inCents(told[periods.at(-1)!.key].paid);
    return [{ name, definition, basis, deals: given.transactions ?? [], paid }];
}

interface PeriodTold {
    components: Record<string, { lines: (Row & { kind?: string; working: unknown })[] }>;
    payout: unknown[];
}

/** As the lines of the statement keep it. */
function malusTold(periodKey: string, { components, payout }: PeriodTold): Row[] {
    const ofParts = Object.entries(components).flatMap(([componentKey, { lines }]) =>
        lines
            .filter(({ kind }) => kind === 'malus')
            .map(({ transaction, working }) => ({
                componentKey,
                transactionKey: transaction!,
                periodKey,
                working: JSON.stringify({ steps: working })
            }))
    );
    return [...ofParts, { periodKey, payoutSteps: JSON.stringify(payout) }];
}

/** What the page is given of a deal by both ways, of a credit and of an open deal. */
export function dealFields(deal: Partial<Deal> = {}): Record<string, unknown> {
    const { amount, type, product, productFamily, units, events } = deal;
    const fields = Object.entries(deal)
        .filter(([name]) => !DEAL_FIELDS.includes(name))
        .map(([name, value]): Field =>
            typeof value === 'boolean' ? { name, isTrue: value } : { name, value: String(value) }
        );
    return { dealAmount: amount, dealType: type, product, productFamily, units, events, fields };
}
