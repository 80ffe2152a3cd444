// What deals pay beside their revenue, by product: the incentive a unit of revenue carries. Counts what lines name a deal; pay of a whole
// period, which no deal brings about alone, is told apart.
import { Ratio } from '../../ratio.ts';
import type { CalculationInput, Transaction } from '../input.ts';
import type { CalculationResult } from '../result.ts';
import type { PlanProfile } from '../rule-packs/plan-profile.ts';
import type { ProductIncentives, Scenario } from './simulation.ts';

interface Deals {
    product: ReadonlyMap<string, string>;
    revenue: ReadonlyMap<string, Ratio>;
}

/** Null where no deal says its product. */
export function productIncentives(
    { plan, input }: Scenario,
    result: CalculationResult,
    against: CalculationResult | null,
    { profile, people }: { profile: PlanProfile; people: readonly string[] }
): ProductIncentives | null {
    const field = profile.productFields.find((name) =>
        input.transactions.some(({ fields }) => isWord(fields[name]))
    );
    if (field === undefined) return null;
    const deals = dealsOf(input, field, plan.currency);
    const counted = new Set(people);
    const [own, other] = [
        payByProduct(result, deals, counted),
        against && payByProduct(against, deals, counted)
    ];
    const products = [...new Set(deals.product.values())].sort();
    return {
        field,
        products: products.map((product) => ({
            product,
            ...revenueOf(deals, product),
            pay: own.get(product) ?? Ratio.ZERO,
            againstPay: other && (other.get(product) ?? Ratio.ZERO)
        })),
        withoutDeal: own.get(null) ?? Ratio.ZERO,
        againstWithoutDeal: other && (other.get(null) ?? Ratio.ZERO)
    };
}

function isWord(value: unknown): value is string {
    return typeof value === 'string' && value !== '';
}

/** Deals of the replay in the plan's currency, each with all that restates or takes it back. */
function dealsOf({ transactions, periods }: CalculationInput, field: string, currency: string): Deals {
    const [start, end] = [periods[0]!.start, periods.at(-1)!.end];
    const rootOf = new Map<string, string>();
    const product = new Map<string, string>();
    const revenue = new Map<string, Ratio>();
    for (const deal of transactions) {
        const original = deal.reverses || deal.amends;
        const root = original === '' ? deal.id : (rootOf.get(original) ?? original);
        rootOf.set(deal.id, root);
        if (original !== '') changeRevenue(revenue, root, deal);
        else if (
            deal.date >= start &&
            deal.date <= end &&
            (deal.currency === '' || deal.currency === currency)
        ) {
            const word = deal.fields[field];
            product.set(root, isWord(word) ? word : '');
            revenue.set(root, deal.amount ?? Ratio.ZERO);
        }
    }
    for (const [id, root] of rootOf) if (product.has(root)) product.set(id, product.get(root)!);
    return { product, revenue };
}

/** An amendment says the new amount, a reversal what is taken back: all of it without an amount. */
function changeRevenue(revenue: Map<string, Ratio>, root: string, { amount, amends }: Transaction): void {
    const before = revenue.get(root);
    if (before === undefined) return;
    if (amends !== '') revenue.set(root, amount ?? before);
    else revenue.set(root, amount ? before.minus(amount.absolute()) : Ratio.ZERO);
}

function revenueOf({ product, revenue }: Deals, wanted: string): { deals: number; revenue: Ratio } {
    const own = [...revenue].filter(([root]) => product.get(root) === wanted);
    return { deals: own.length, revenue: own.reduce((sum, [, amount]) => sum.plus(amount), Ratio.ZERO) };
}

/** By product; null: of no deal. Lines of deals before the replay, or in another currency, have no revenue to stand beside. */
function payByProduct(
    { payees }: CalculationResult,
    { product }: Deals,
    people: ReadonlySet<string>
): Map<string | null, Ratio> {
    const pay = new Map<string | null, Ratio>();
    for (const { payeeId, periods } of payees) {
        if (!people.has(payeeId)) continue;
        for (const { transaction, amount } of periods
            .flatMap(({ components }) => components)
            .flatMap(({ lines }) => lines)) {
            const key = transaction === '' ? null : product.get(transaction);
            if (key !== undefined) pay.set(key, (pay.get(key) ?? Ratio.ZERO).plus(amount));
        }
    }
    return pay;
}
