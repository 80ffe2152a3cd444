// One plan over its timeline: stretch after stretch, each given what the ones before left open, so that a change of version loses
// nothing and pays nothing twice. What is told of it is build-statement.ts.
import { calculate } from '../incentives/calculate.ts';
import { parseInput } from '../incentives/parse-input.ts';
import type { CalculationResult, PayeeResult, ScheduledAmount } from '../incentives/result.ts';
import type { Problem } from '../problem.ts';
import { carriedFrom, type Carried } from './carried.ts';
import type { PayFacts } from './pay-facts.ts';
import { broughtForward, stretchInput } from './plan-input.ts';
import type { Stretch, Timeline } from './plan-timeline.ts';
import { datesOf } from './statement-lines.ts';

/** One stretch as it was calculated. */
export interface Calculated extends Stretch {
    input: string;
    result: CalculationResult;
    /** what it was given */
    before: Carried;
    payees: ReadonlyMap<string, PayeeResult>;
    /** by payee, also of earlier stretches */
    scheduled: ReadonlyMap<string, readonly ScheduledAmount[]>;
    /** by payee, of earlier stretches: without them nothing can be told of this one */
    earlierProblems: ReadonlyMap<string, readonly Problem[]>;
    /** day of each transaction */
    dates: ReadonlyMap<string, string>;
}

/** Null with problems where an input cannot be calculated at all. */
export function calculatePlan(
    facts: PayFacts,
    { stretches }: Timeline
): { calculated: Calculated[] | null; problems: Problem[] } {
    const calculated: Calculated[] = [];
    const first = stretches[0]!;
    let before = broughtForward(facts, first.version.planKey, first.periods[0]!);
    let earlierProblems: Calculated['earlierProblems'] = new Map();
    for (const stretch of stretches) {
        before = dueAfterGap(before, calculated.at(-1), stretch);
        const input = stretchInput(facts, stretch, before);
        const parsed = parseInput(input, stretch.plan);
        if (!parsed.input) return { calculated: null, problems: parsed.problems };
        const result = calculate(stretch.plan, parsed.input);
        calculated.push({
            ...stretch,
            input,
            result,
            before,
            payees: new Map(result.payees.map((one) => [one.payeeId, one])),
            scheduled: Map.groupBy(result.scheduled, ({ payeeId }) => payeeId),
            earlierProblems,
            dates: datesOf(parsed.input.transactions)
        });
        before = carriedFrom(result, stretch, before);
        earlierProblems = withProblemsOf(result, earlierProblems);
    }
    return { calculated, problems: [] };
}

/** What fell due in days that no calculation paid falls due when the next one begins. */
function dueAfterGap(before: Carried, last: Stretch | undefined, { periods }: Stretch): Carried {
    const { start } = periods[0]!;
    const paidTo = last?.periods.at(-1)!.end;
    const isInGap = (day: string | null): boolean =>
        paidTo !== undefined && day !== null && paidTo < day && day < start;
    if (!before.scheduled.some(({ dueOn }) => isInGap(dueOn))) return before;
    const scheduled = before.scheduled.map((one) => (isInGap(one.dueOn) ? { ...one, dueOn: start } : one));
    return { ...before, scheduled };
}

function withProblemsOf(
    { payees }: CalculationResult,
    earlier: Calculated['earlierProblems']
): Calculated['earlierProblems'] {
    const all = new Map(earlier);
    for (const { payeeId, problems } of payees)
        if (problems.length > 0) all.set(payeeId, [...(all.get(payeeId) ?? []), ...problems]);
    return all;
}
