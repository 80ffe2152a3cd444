// Runs a case of a scorecard and tells every difference: for tests and for the docs.
import { parseExactJson } from '../../incentives/input-file/exact-json.ts';
import type { PlanCase } from '../../incentives/parse-cases.ts';
import { comparisons, type Comparison } from '../../incentives/run-cases.ts';
import { buildScorecards } from '../build-scorecards.ts';
import type { Definitions } from '../checks/check-definitions.ts';
import { caseInput } from './case-input.ts';
import { outcomeAsJson } from './write-outcome.ts';

export interface ScorecardCaseOutcome {
    name: string;
    /** every figure the case expects, beside what came out */
    compared: Comparison[];
    /** those that do not hold; problems that the case does not speak of are differences, too */
    differences: Comparison[];
}

export function runScorecardCase(
    { name, given, expect }: PlanCase,
    definitions: Definitions
): ScorecardCaseOutcome {
    const outcome = buildScorecards(caseInput(given, definitions));
    const spoken = Object(expect) as object;
    const silent = [
        ...('problems' in spoken ? [] : outcome.problems),
        ...('rejected' in spoken ? [] : outcome.rejected.map(({ problem }) => problem))
    ].map(({ code, where, fix }) => ({
        path: 'problems',
        expected: 'none',
        actual: `${code} at ${where}. ${fix}`,
        holds: false
    }));
    const compared = [
        ...silent,
        ...comparisons(expect, parseExactJson(outcomeAsJson(outcome), `the result of ${name}`), '')
    ];
    return { name, compared, differences: compared.filter(({ holds }) => !holds) };
}
