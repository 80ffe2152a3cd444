// Gates of a component: conditions asked before its factors. One that is not met zeroes, multiplies or caps what the component
// gives, unless somebody who may has waived it.
import type { Ratio } from '../ratio.ts';
import { smaller } from '../ratio.ts';
import { whyNotApproved } from './approval.ts';
import type { Books } from './books.ts';
import type { Context } from './context.ts';
import type { Scope } from './evaluate.ts';
import type { GateException } from './input.ts';
import type { Component, Gate } from './plan.ts';
import type { Step } from './result.ts';
import { inputsOf, step, truthAt, workedFigure } from './working.ts';

export interface GateOutcome {
    /** a gate zeroes: nothing else is asked */
    isZero: boolean;
    /** after factors: parts first, then caps */
    hold(amount: Ratio): { amount: Ratio; steps: Step[] };
    /** what was asked, with the answers */
    steps: Step[];
}

export function passGates(
    context: Context,
    books: Books,
    component: Component,
    period: number,
    scope: Scope
): GateOutcome {
    const steps: Step[] = [];
    const closed = component.gates.filter((gate) => {
        const rule = `components.${component.key}.gates.${gate.key}`;
        const isMet = truthAt(gate.when, scope, rule);
        steps.push({ what: `gate ${gate.key}`, rule, inputs: inputsOf(gate.when, scope), result: isMet });
        if (isMet) return false;
        const waiver = waiverOf(context, books, component, gate, period);
        if (!waiver) return true;
        const { reason, requestedBy, approvedBy } = waiver;
        steps.push(step(`gate ${gate.key} waived`, rule, { reason, requestedBy, approvedBy }, true));
        return false;
    });
    return {
        isZero: closed.some(({ otherwise }) => otherwise.kind === 'zero'),
        hold: (amount) => hold(closed, amount, component, scope),
        steps
    };
}

function hold(
    closed: readonly Gate[],
    amount: Ratio,
    component: Component,
    scope: Scope
): ReturnType<GateOutcome['hold']> {
    const steps: Step[] = [];
    let held = amount;
    const inOrder = closed.toSorted(
        (a, b) => Number(a.otherwise.kind === 'cap') - Number(b.otherwise.kind === 'cap')
    );
    for (const { key, otherwise } of inOrder) {
        if (otherwise.kind === 'zero') continue;
        const rule = `components.${component.key}.gates.${key}`;
        const isCap = otherwise.kind === 'cap';
        const { value } = workedFigure(key, isCap ? otherwise.at : otherwise.by, scope, rule);
        const after = isCap ? smaller(held, value) : held.times(value);
        steps.push(
            step(
                `gate ${key} not met: ${isCap ? 'capped' : 'multiplied'}`,
                rule,
                { amount: held, [isCap ? 'cap' : 'by']: value },
                after
            )
        );
        held = after;
    }
    return { amount: held, steps };
}

/** Approved by somebody else than asked, who is not paid by the plan. Any other waiver is told and does not count. */
function waiverOf(
    context: Context,
    { payee }: Books,
    component: Component,
    { key, waivable }: Gate,
    period: number
): GateException | null {
    const periodKey = context.periods[period]!.key;
    const asked = context.input.exceptions.filter(
        (one) =>
            one.payeeId === payee.id &&
            (one.gate === key || one.gate === `${component.key}.${key}`) &&
            (one.period === '' || one.period === periodKey)
    );
    const valid = waivable ? asked.find((one) => whyNot(context, one) === null) : undefined;
    if (valid) return valid;
    for (const one of asked)
        tell(context, one, periodKey, waivable ? whyNot(context, one)! : 'The gate cannot be waived.');
    return null;
}

function whyNot(context: Context, exception: GateException): string | null {
    return whyNotApproved(exception, exception.payeeId, (person) => context.books.has(person))?.fix ?? null;
}

function tell(
    context: Context,
    { payeeId, gate, approvedBy }: GateException,
    period: string,
    why: string
): void {
    const where = `payee ${payeeId}, ${period}, exceptions ${gate}`;
    if (context.problems.some((problem) => problem.where === where)) return;
    context.problems.push({
        code: 'WAIVER_NOT_VALID',
        where,
        value: approvedBy,
        fix: `The gate stays. ${why}`
    });
}
