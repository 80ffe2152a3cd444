// The worked examples of a plan version: the cases of the plan with what comes out of them, calculated when they are made. Given and
// expected are kept as they were written, so that the cases can be had back and calculated again.
import type { Expected, PlanCase } from '../incentives/parse-cases.ts';
import type { Plan } from '../incentives/plan.ts';
import { runCase } from '../incentives/run-cases.ts';

export interface Example {
    name: string;
    /** where it was published; '' where it was not */
    source: string;
    /** JSON of the input */
    given: string;
    /** JSON of the parts of the result that must come out */
    expected: string;
    /** JSON: what came out, by place in the result */
    result: string;
    holds: boolean;
}

export function exampleOf(plan: Plan, one: PlanCase): Example {
    const { compared, differences } = runCase(plan, one);
    return {
        name: one.name,
        source: one.source,
        given: one.given,
        expected: JSON.stringify(one.expect),
        result: JSON.stringify(Object.fromEntries(compared.map(({ path, actual }) => [path, actual]))),
        holds: differences.length === 0
    };
}

/** The cases again. Examples that people told in words only are none. */
export function casesOf(examples: readonly Example[]): PlanCase[] {
    return examples
        .filter(({ given, expected }) => isMap(given) && isMap(expected))
        .map(({ name, source, given, expected }) => ({
            name,
            source: source ?? '',
            given,
            expect: JSON.parse(expected) as Expected
        }));
}

function isMap(text: string): boolean {
    try {
        return text.startsWith('{') && JSON.parse(text) !== null;
    } catch {
        return false;
    }
}
