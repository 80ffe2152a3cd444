// Least and most of a component: for a credit, for a period, and over an interval to date. What is above the most is lost, or
// paid in part where the plan says so (windfall).
import { larger, Ratio } from '../ratio.ts';
import type { Books } from './books.ts';
import type { Context } from './context.ts';
import type { Scope } from './evaluate.ts';
import type { Fields } from './input.ts';
import type { Component, Limit } from './plan.ts';
import type { Step } from './result.ts';
import { earnedBefore } from './to-date.ts';
import { figureAt, step } from './working.ts';

export interface Limited {
    amount: Ratio;
    steps: Step[];
}

/** Limits for each credit. A negative credit mirrors a positive one: its size is held. */
export function limitCredit(component: Component, amount: Ratio, scope: Scope): Limited {
    const limits = component.limits.filter((limit) => limit.scope === 'credit');
    return inTurn(limits, amount, (limit, held) => {
        const size = within(component, limit, held.absolute(), Ratio.ZERO, scope);
        return held.sign < 0 ? { ...size, amount: size.amount.negated() } : size;
    });
}

/** Limits for the period, and for the interval with what was earned in it before. */
export function limitPeriod(
    context: Context,
    books: Books,
    component: Component,
    period: number,
    amount: Ratio,
    scope: Scope
): Limited {
    const limits = component.limits.filter((limit) => limit.scope !== 'credit');
    return inTurn(limits, amount, (limit, held) => {
        const earlier =
            limit.scope === 'cumulative'
                ? earnedBefore(context, books, component.key, limit.interval, period, 'earning')
                : Ratio.ZERO;
        return within(component, limit, held, earlier, scope);
    });
}

function inTurn(
    limits: readonly Limit[],
    amount: Ratio,
    apply: (limit: Limit, held: Ratio) => Limited
): Limited {
    return limits.reduce<Limited>(
        (limited, limit) => {
            const next = apply(limit, limited.amount);
            return { amount: next.amount, steps: [...limited.steps, ...next.steps] };
        },
        { amount, steps: [] }
    );
}

function within(component: Component, limit: Limit, amount: Ratio, earlier: Ratio, scope: Scope): Limited {
    const rule = `components.${component.key}.limits.${limit.key}`;
    const before: Fields = limit.scope === 'cumulative' ? { earlier } : {};
    const steps: Step[] = [];
    let held = amount;
    if (limit.most) {
        const most = figureAt(limit.most, scope, `${rule}.most`);
        const above = larger(held.plus(earlier).minus(larger(most, earlier)), Ratio.ZERO);
        if (above.sign > 0) {
            const beyond = limit.beyond ? figureAt(limit.beyond, scope, `${rule}.beyond`) : Ratio.ZERO;
            const after = held.minus(above).plus(above.times(beyond));
            steps.push(
                step(
                    `limit ${limit.key}: most`,
                    rule,
                    { amount: held, ...before, most, above, beyond },
                    after
                )
            );
            held = after;
        }
    }
    if (limit.least) {
        const least = figureAt(limit.least, scope, `${rule}.least`);
        if (held.plus(earlier).compare(least) < 0) {
            const after = least.minus(earlier);
            steps.push(step(`limit ${limit.key}: least`, rule, { amount: held, ...before, least }, after));
            held = after;
        }
    }
    return { amount: held, steps };
}
