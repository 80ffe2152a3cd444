// Parts that must make a whole: instalments, releases, tranches, credit shares. Judged where all of them are constant; others
// are judged when they are calculated.
import type { Problem } from '../../problem.ts';
import { Ratio, sumOf } from '../../ratio.ts';
import type { Expression } from '../expression.ts';
import type { CreditRule, Plan } from '../plan.ts';
import { constantOf } from './constant.ts';

export function checkShares(plan: Plan): Problem[] {
    const problems: Problem[] = [];
    const mustBeWhole = (shares: Expression[], where: string, what: string): void => {
        problems.push(...notWhole(shares, where, what, plan));
    };
    for (const { key, schedule } of plan.components)
        if (schedule)
            mustBeWhole(
                schedule.parts.map(({ share }) => share),
                `components.${key}.schedule.${schedule.kind}`,
                schedule.kind === 'instalments' ? 'The instalments' : 'The parts released'
            );
    for (const step of plan.payout)
        if (step.kind === 'deferral')
            mustBeWhole(
                step.tranches.map(({ share }) => share),
                `payout.${step.key}.deferral.tranches`,
                'The tranches'
            );
    for (const { measure, seasonality } of plan.quotas)
        if (seasonality.length > 0)
            mustBeWhole(seasonality, `quotas.${measure}.seasonality`, 'The parts of the year');
    return [...problems, ...plan.crediting.flatMap((rule) => ofRule(rule, plan))];
}

function notWhole(shares: Expression[], where: string, what: string, plan: Plan): Problem[] {
    const constants = shares.map((share) => constantOf(share, plan));
    const negative = constants.find((share) => share !== null && share.sign < 0);
    if (negative) return [wrong('SHARE_NEGATIVE', where, percent(negative), 'Write shares of 0 % or more.')];
    if (constants.length === 0 || constants.some((share) => share === null)) return [];
    const sum = sumOf(constants as Ratio[]);
    if (sum.equals(Ratio.ONE)) return [];
    return [
        wrong(
            'SHARES_NOT_WHOLE',
            where,
            percent(sum),
            `${what} must add up to 100 %, not ${percent(sum)}. Thirds are written 1/3.`
        )
    ];
}

function ofRule(rule: CreditRule, plan: Plan): Problem[] {
    const where = `crediting.${rule.key}`;
    const { to, share, total } = rule;
    if (to.kind === 'touches' && to.method.method === 'position') {
        const ends = [constantOf(to.method.first, plan), constantOf(to.method.last, plan)];
        const sum = sumOf(ends.filter((end) => end !== null));
        if (sum.compare(Ratio.ONE) <= 0) return [];
        return [
            wrong(
                'SHARES_NOT_WHOLE',
                `${where}.to.touches`,
                percent(sum),
                'First and last may take at most 100 % together.'
            )
        ];
    }
    const bringsShares = to.kind === 'splits' || to.kind === 'handOver' || to.kind === 'touches';
    if (bringsShares && share)
        return [
            wrong(
                'SHARE_NOT_HERE',
                `${where}.share`,
                '',
                `${to.kind} brings its own shares: leave out share, or use payable.`
            )
        ];
    const constant = constantOf(share, plan);
    if (total === 'whole' && constant && !constant.equals(Ratio.ONE))
        return [
            wrong(
                'SHARES_NOT_WHOLE',
                `${where}.share`,
                percent(constant),
                'Write 100 %, or total: any for a credit beyond or below the whole.'
            )
        ];
    return [];
}

function percent(share: Ratio): string {
    const hundredfold = share.times(Ratio.of(100)).toString();
    return hundredfold.includes('/') ? share.toString() : `${hundredfold}%`;
}

function wrong(code: string, where: string, value: string, fix: string): Problem {
    return { code, where, value, fix };
}
