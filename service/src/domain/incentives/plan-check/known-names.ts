// Which names an expression may use where it stands: the table "Names" of docs/plan-language.md as data.
import { ledgersOf } from '../ledgers.ts';
import type { Plan } from '../plan.ts';
import type { Placed, Standing } from './placed-expressions.ts';

const FOR_PAYEE = ['payee', 'param', 'fact'];
const FOR_PERIOD = [
    ...FOR_PAYEE,
    ...['measure', 'before', 'inPeriod', 'quota', 'attainment', 'attainmentBefore'],
    ...['earning', 'earningToDate', 'earningBefore', 'balance', 'period', 'assigned']
];
const OF_TRANSACTION = ['events', 'team'];
const FOR_CREDIT = [...FOR_PERIOD, 'source', ...OF_TRANSACTION];

/** What may stand before a point. */
export const ROOTS: Record<Standing, string[]> = {
    parameter: ['param'],
    transaction: ['param', ...OF_TRANSACTION],
    share: ['payee', 'source', 'param', ...OF_TRANSACTION],
    credit: FOR_CREDIT,
    reversal: FOR_CREDIT,
    quota: [...FOR_PAYEE, 'quota', 'period', 'assigned'],
    period: FOR_PERIOD,
    pool: ['param', 'fact', 'period'],
    payout: FOR_PERIOD,
    leaving: FOR_PERIOD,
    figure: FOR_PERIOD
};

export const ALL_ROOTS = [...new Set(Object.values(ROOTS).flat())];

/** Words without a point that mean something of their own, and where. Any other word is a field of the transaction. */
export const OWN_WORDS: Record<string, Standing[]> = {
    payable: ['credit', 'reversal'],
    quotaCredit: ['credit', 'reversal'],
    countCredit: ['credit', 'reversal'],
    share: ['credit', 'reversal', 'share'],
    level: ['credit', 'reversal', 'share'],
    elapsedMonths: ['reversal'],
    monthsInForce: ['reversal'],
    elapsedDays: ['reversal'],
    paidToDate: ['period', 'credit', 'reversal', 'payout', 'leaving', 'figure'],
    due: ['payout', 'leaving', 'figure'],
    paid: ['figure'],
    served: ['leaving']
};

export const WITH_TRANSACTION: Standing[] = ['transaction', 'share', 'credit', 'reversal'];

/** Where an expression stands, for problems. */
export const PLACES: Record<Standing, string> = {
    parameter: 'in a parameter',
    transaction: 'for a transaction (crediting)',
    share: 'where a transaction is credited',
    credit: 'for a credit (measures, per: credit)',
    reversal: 'in a chargeback',
    quota: 'in a quota',
    period: 'for a period',
    pool: 'for the amount of a pool',
    payout: 'in payout',
    leaving: 'in afterLeaving',
    figure: 'in figures'
};

/** Members that may stand after a root; null: any (fields of people and facts). */
export function membersOf(root: string, plan: Plan, before: Placed['before']): string[] | null {
    switch (root) {
        case 'param':
            return before.parameters ?? keys(plan.parameters);
        case 'measure':
        case 'before':
        case 'inPeriod':
            return before.measures ?? keys(plan.measures);
        case 'quota':
        case 'attainment':
        case 'attainmentBefore':
            return plan.quotas.map(({ measure }) => measure);
        case 'earning':
        case 'earningToDate':
            return before.components ?? keys(plan.components);
        case 'earningBefore':
            return keys(plan.components);
        case 'balance':
            return ledgersOf(plan);
        case 'period':
            return ['start', 'end', 'number', 'days', 'months'];
        case 'assigned':
            return ['days', 'months', 'part'];
        default:
            return null;
    }
}

function keys(parts: { key: string }[]): string[] {
    return parts.map(({ key }) => key);
}
