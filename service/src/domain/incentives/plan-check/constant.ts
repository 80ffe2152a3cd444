// The figure an expression always amounts to, where it does: literals, arithmetic, and parameters with one value for all days.
import type { Ratio } from '../../ratio.ts';
import { evaluate, asFigure, type Scope } from '../evaluate.ts';
import type { Expression } from '../expression.ts';
import type { Plan } from '../plan.ts';

/** Null where it depends on anything, or is no figure. */
export function constantOf(expression: Expression | null, plan: Plan): Ratio | null {
    if (expression === null) return null;
    try {
        return asFigure(evaluate(expression, constantScope(plan, new Set())));
    } catch {
        // Whatever else is wrong with the expression is told by check-expressions.ts.
        return null;
    }
}

class NotConstant extends Error {}

function constantScope(plan: Plan, open: ReadonlySet<string>): Scope {
    return {
        where: '',
        name([root, key = '', ...more]) {
            const values = root === 'param' && more.length === 0 ? parameterValues(plan, key) : [];
            if (values.length !== 1 || values[0]!.from !== null || open.has(key)) throw new NotConstant();
            return evaluate(values[0]!.value, constantScope(plan, new Set([...open, key])));
        },
        table() {
            throw new NotConstant();
        },
        group: () => null
    };
}

function parameterValues(plan: Plan, key: string): Plan['parameters'][number]['values'] {
    return plan.parameters.find((parameter) => parameter.key === key)?.values ?? [];
}
