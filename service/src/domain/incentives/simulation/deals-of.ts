// The deals of one payee: those that name them, and what reverses or amends such a deal. Scaled for the pay curve, or taken alone (with
// those of everybody below, where the plan pays overrides) where nothing in the plan makes pay depend on the deals of others.
import { Ratio } from '../../ratio.ts';
import { namesIn } from '../expression.ts';
import type { CalculationInput, Transaction } from '../input.ts';
import { reachesFurther, reachOf } from '../reach.ts';
import type { Scenario } from './simulation.ts';

/** The scenario with what the payee's pay can depend on, and nobody else; as it is where that may be anybody. */
export function aloneIfPossible(scenario: Scenario, payeeId: string): Scenario {
    const { plan, input } = scenario;
    const reach = reachOf(plan);
    if (reachesFurther(reach, 'creditsBelow')) return scenario;
    const below = reachesFurther(reach, 'own') ? reportsOf(input, payeeId) : [];
    const deals = dealsOf(input, new Set([payeeId, ...below]));
    const transactions = input.transactions.filter(({ id }) => deals.has(id));
    const people = withManagers(input, [payeeId, ...transactions.flatMap(namedIn)]);
    const payees = input.payees.filter(({ id }) => people.has(id));
    return { plan, input: { ...rowsOf(input, people), payees, transactions } };
}

/** Lists of rows about people, with those about these people and about everybody. */
function rowsOf(input: CalculationInput, people: ReadonlySet<string>): CalculationInput {
    const isKept = (row: object): boolean =>
        !('payeeId' in row) || ['', '*'].includes(String(row.payeeId)) || people.has(String(row.payeeId));
    const lists = Object.entries(input).map(([name, rows]: [string, object[]]) => [
        name,
        rows.filter(isKept)
    ]);
    return Object.fromEntries(lists) as CalculationInput;
}

/** Everybody below the payee, on every level: their deals reach the payee as overrides. */
function reportsOf({ payees }: CalculationInput, payeeId: string): string[] {
    const byManager = Map.groupBy(payees, ({ managerId }) => managerId);
    const found = new Set<string>([payeeId]);
    for (const id of found) for (const report of byManager.get(id) ?? []) found.add(report.id);
    return [...found];
}

/** And everybody above: the engine asks for managers by name. */
function withManagers({ payees }: CalculationInput, ids: readonly string[]): Set<string> {
    const managers = new Map(payees.map(({ id, managerId }) => [id, managerId]));
    const found = new Set(ids);
    for (const id of found) {
        const manager = managers.get(id);
        if (manager) found.add(manager);
    }
    return found;
}

/** Every deal of the payee so much larger or smaller: amounts, and fields that measures add up. */
export function scaleDeals({ plan, input }: Scenario, payeeId: string, part: Ratio): CalculationInput {
    const own = dealsOf(input, new Set([payeeId]));
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
function dealsOf({ transactions }: CalculationInput, people: ReadonlySet<string>): Set<string> {
    const byId = new Map(transactions.map((one) => [one.id, one]));
    const isOwn = (deal: Transaction | undefined, seen: ReadonlySet<string>): boolean => {
        if (!deal || seen.has(deal.id)) return false;
        return (
            namedIn(deal).some((id) => people.has(id)) ||
            isOwn(byId.get(deal.reverses || deal.amends), new Set([...seen, deal.id]))
        );
    };
    return new Set(transactions.filter((one) => isOwn(one, new Set())).map(({ id }) => id));
}

function namedIn({ owner, splits, team, owners, touches }: Transaction): string[] {
    return [
        ...(owner === '' ? [] : [owner]),
        ...Object.values(team),
        ...[...splits, ...owners, ...touches].map(({ payeeId }) => payeeId)
    ];
}
