// What everybody together would be paid if every deal were of one product: all else stays, so that what differs is the plan's own.
import { calculate } from '../calculate.ts';
import { namesIn, type Expression } from '../expression.ts';
import type { CalculationInput } from '../input.ts';
import type { CalculationResult } from '../result.ts';
import { placedExpressions } from '../plan-check/placed-expressions.ts';
import type { PlanProfile } from '../rule-packs/plan-profile.ts';
import { paysOf, totalOf } from './pay-of.ts';
import type { Scenario, Simulation } from './simulation.ts';

/** Null where the plan does not look at the product. Products the plan does not name are all paid alike: one stands for them. */
export function productPay(
    { plan, input }: Scenario,
    result: CalculationResult,
    { productFields }: PlanProfile
): Simulation['productPay'] {
    const expressions = placedExpressions(plan).map(({ expression }) => expression);
    const field = productFields.find((name) => expressions.some((one) => mentions(one, name)));
    if (field === undefined) return null;
    const named = new Set(expressions.filter((one) => mentions(one, field)).flatMap(textsIn));
    const sold = productsIn(input, field);
    const other = sold.find((product) => !named.has(product));
    const products = [
        ...sold.filter((product) => named.has(product)),
        ...(other === undefined ? [] : [other])
    ];
    const everybody = paysOf(result).size;
    const pay = products.flatMap((product) => {
        const pays = paysOf(calculate(plan, asIf(input, field, product)));
        return pays.size === everybody ? [{ product, paid: totalOf(pays) }] : [];
    });
    return { field, pay };
}

function mentions(expression: Expression, field: string): boolean {
    return namesIn(expression).some((path) => path.length === 1 && path[0] === field);
}

/** Texts an expression compares with. */
function textsIn(expression: Expression): string[] {
    switch (expression.kind) {
        case 'text':
            return [expression.value];
        case 'minus':
        case 'not':
            return textsIn(expression.of);
        case 'binary':
            return [...textsIn(expression.left), ...textsIn(expression.right)];
        case 'in':
            return [expression.left, ...expression.options].flatMap(textsIn);
        case 'call':
            return expression.arguments.flatMap(textsIn);
        default:
            return [];
    }
}

function productsIn({ transactions }: CalculationInput, field: string): string[] {
    const values = transactions.flatMap(({ fields }) =>
        typeof fields[field] === 'string' ? [fields[field]] : []
    );
    return [...new Set(values)].sort();
}

function asIf(input: CalculationInput, field: string, product: string): CalculationInput {
    const transactions = input.transactions.map((one) => ({
        ...one,
        fields: { ...one.fields, [field]: product }
    }));
    return { ...input, transactions };
}
