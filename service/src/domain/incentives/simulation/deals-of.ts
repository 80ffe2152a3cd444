// The deals of one payee: those that name them, and what reverses or amends such a deal. Scaled for the pay curve, or taken alone where
// nothing in the plan makes pay depend on the deals of others.
import { Ratio } from '../../ratio.ts';
import { namesIn, type Expression } from '../expression.ts';
import type { CalculationInput, Transaction } from '../input.ts';
import { placedExpressions, tableExpressions } from '../plan-check/placed-expressions.ts';
import type { Plan } from '../plan.ts';
import type { Scenario } from './simulation.ts';

const GROUPS = ['team', 'organisation', 'everyone', 'transactions', 'source'];

/** The scenario with the payee's deals only, where those of others cannot matter; else as it is. */
export function aloneIfPossible(scenario: Scenario, payeeId: string): Scenario {
    const { plan, input } = scenario;
    if (dependsOnOthers(plan)) return scenario;
    const own = dealsOf(input, payeeId);
    return { plan, input: { ...input, transactions: input.transactions.filter(({ id }) => own.has(id)) } };
}

function dependsOnOthers(plan: Plan): boolean {
    const expressions = [...placedExpressions(plan), ...plan.tables.flatMap(tableExpressions)];
    return (
        plan.crediting.some(({ to }) => to.kind === 'manager' || to.kind === 'payee') ||
        plan.components.some(({ pool }) => pool !== null) ||
        expressions.some(({ expression }) => mentionsGroup(expression))
    );
}

function mentionsGroup(expression: Expression): boolean {
    return namesIn(expression).some(([root]) => GROUPS.includes(root!));
}

/** Every deal of the payee so much larger or smaller: amounts, and fields that measures add up. */
export function scaleDeals({ plan, input }: Scenario, payeeId: string, part: Ratio): CalculationInput {
    const own = dealsOf(input, payeeId);
    const fields = plan.measures
        .flatMap(({ of }) => namesIn(of))
        .flatMap((path) => (path.length === 1 ? path : []));
    const transactions = input.transactions.map((one) =>
        own.has(one.id) ? scaleDeal(one, fields, part) : one
    );
    return { ...input, transactions };
}

function scaleDeal(deal: Transaction, fields: readonly string[], part: Ratio): Transaction {
    const grown = Object.entries(deal.fields).flatMap(([key, value]) =>
        value instanceof Ratio && fields.includes(key) ? [[key, value.times(part)] as const] : []
    );
    const amount = deal.amount && deal.amount.times(part);
    return { ...deal, amount, fields: { ...deal.fields, ...Object.fromEntries(grown) } };
}

/** Ids; a deal that takes back or restates another belongs to whom that one belongs. */
function dealsOf({ transactions }: CalculationInput, payeeId: string): Set<string> {
    const byId = new Map(transactions.map((one) => [one.id, one]));
    const isOwn = (deal: Transaction | undefined, seen: ReadonlySet<string>): boolean => {
        if (!deal || seen.has(deal.id)) return false;
        return (
            names(deal, payeeId) || isOwn(byId.get(deal.reverses || deal.amends), new Set([...seen, deal.id]))
        );
    };
    return new Set(transactions.filter((one) => isOwn(one, new Set())).map(({ id }) => id));
}

function names({ owner, splits, team, owners, touches }: Transaction, payeeId: string): boolean {
    return (
        owner === payeeId ||
        Object.values(team).includes(payeeId) ||
        [...splits, ...owners, ...touches].some((one) => one.payeeId === payeeId)
    );
}
