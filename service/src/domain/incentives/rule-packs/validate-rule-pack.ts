// What does not fit together in a rule pack: sources and figures that are named but not there, names no expression may use,
// checks nobody knows, dates the wrong way round.
import type { Problem } from '../../problem.ts';
import { namesIn, type Expression } from '../expression.ts';
import { didYouMean } from '../nearest.ts';
import { NEEDS_LIMIT, PLAN_CHECKS } from './plan-checks/index.ts';
import type { RulePack } from './rule-pack.ts';

const CHECK_NAMES = Object.keys(PLAN_CHECKS);

/** Names an expression of a pack may use besides `figure.x` and `person.x`. */
export const PERSON_NAMES = ['variable', 'fixed', 'total', 'deferred', 'upfront', 'deferralMonths'] as const;

export function validateRulePack(pack: RulePack): Problem[] {
    return [...checkDates(pack), ...checkSources(pack), ...checkExpressions(pack), ...checkChecks(pack)];
}

function checkDates({
    effectiveFrom,
    effectiveTo,
    optionalFrom,
    requirements,
    checks,
    sources
}: RulePack): Problem[] {
    const problems: Problem[] = [];
    if (effectiveTo !== null && effectiveTo < effectiveFrom)
        problems.push(
            problem('DATES_REVERSED', 'effective', effectiveTo, `Write an end from ${effectiveFrom} on.`)
        );
    if (optionalFrom !== null && optionalFrom >= effectiveFrom)
        problems.push(
            problem('DATES_REVERSED', 'optionalFrom', optionalFrom, `Write a day before ${effectiveFrom}.`)
        );
    if (requirements.length + checks.length === 0)
        problems.push(problem('PACK_EMPTY', '', '', 'Write requirements, checks or both.'));
    if (sources.length === 0)
        problems.push(problem('MISSING', 'sources', '', 'Write where the rules stand.'));
    return problems;
}

function checkSources(pack: RulePack): Problem[] {
    const known = pack.sources.map(({ key }) => key);
    const cited = [
        ...pack.figures.map(({ key, source }) => ({ place: `figures.${key}`, source })),
        ...pack.exemptions.map(({ key, source }) => ({ place: `exemptions.${key}`, source })),
        ...pack.requirements.map(({ key, source }) => ({ place: `requirements.${key}`, source })),
        ...pack.checks.map(({ key, source }) => ({ place: `checks.${key}`, source }))
    ];
    return cited
        .filter(({ source }) => source !== '' && !known.includes(source))
        .map(({ place, source }) =>
            problem(
                'SOURCE_UNKNOWN',
                `${place}.source`,
                source,
                `${didYouMean(source, known)}Write it under sources.`
            )
        );
}

function checkExpressions(pack: RulePack): Problem[] {
    const placed = [
        ...pack.exemptions.map(({ key, when }) => ({ place: `exemptions.${key}.when`, expression: when })),
        ...pack.requirements.flatMap(({ key, bound, amount, when }) => [
            { place: `requirements.${key}.${bound}`, expression: amount },
            ...(when === null ? [] : [{ place: `requirements.${key}.when`, expression: when }])
        ])
    ];
    return placed.flatMap(({ place, expression }) => checkNames(pack, place, expression));
}

function checkNames(pack: RulePack, place: string, expression: Expression): Problem[] {
    const known = [...PERSON_NAMES, ...pack.figures.map(({ key }) => `figure.${key}`)];
    return namesIn(expression)
        .map((path) => path.join('.'))
        .filter((name) => !name.startsWith('person.') && !known.includes(name))
        .map((name) => {
            const fix = `${didYouMean(name, known)}Known here: ${known.join(', ')}, and person. with any fact.`;
            return problem('NAME_UNKNOWN', place, name, fix);
        });
}

function checkChecks(pack: RulePack): Problem[] {
    const figures = pack.figures.map(({ key }) => key);
    return pack.checks.flatMap(({ key, check, limit }) => {
        const place = `checks.${key}`;
        if (!CHECK_NAMES.includes(check)) {
            const fix = `${didYouMean(check, CHECK_NAMES)}Write one of ${CHECK_NAMES.join(', ')}.`;
            return [problem('CHECK_UNKNOWN', `${place}.check`, check, fix)];
        }
        if (limit === null && NEEDS_LIMIT.includes(check))
            return [problem('MISSING', `${place}.limit`, '', 'Name the figure it is held against.')];
        if (limit !== null && !figures.includes(limit))
            return [
                problem(
                    'FIGURE_UNKNOWN',
                    `${place}.limit`,
                    limit,
                    `${didYouMean(limit, figures)}Write it under figures.`
                )
            ];
        return [];
    });
}

function problem(code: string, where: string, value: string, fix: string): Problem {
    return { code, where, value, fix };
}
