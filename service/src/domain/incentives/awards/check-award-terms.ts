// What is wrong with an award before anything happens to it.
import type { Problem } from '../../problem.ts';
import { sumOf } from '../../ratio.ts';
import type { Award } from './award.ts';

export function problemsOfAward(award: Award): Problem[] {
    const { id, amount, tranches, awardedOn, rounding, leaverRules } = award;
    const problems: Problem[] = [];
    const report = (code: string, part: string, value: string, fix: string): void => {
        problems.push({ code, where: `award ${id}${part}`, value, fix });
    };
    const sum = sumOf(tranches.map((tranche) => tranche.amount));
    if (!sum.equals(amount))
        report('TRANCHES_NOT_WHOLE', '', String(sum), `The tranches must sum to ${amount}.`);
    for (const [index, { key, amount: part, vestsOn }] of tranches.entries()) {
        const where = `, tranche ${key}`;
        if (tranches.findIndex((other) => other.key === key) < index)
            report('TRANCHE_TWICE', where, key, 'Give each tranche a key of its own.');
        if (part.sign < 0)
            report('AMOUNT_NEGATIVE', where, String(part), 'A tranche cannot be less than nothing.');
        if (part.over(rounding.unit).denominator !== 1n)
            report('AMOUNT_NOT_IN_UNITS', where, String(part), `Write a whole number of ${rounding.unit}.`);
        if (vestsOn < awardedOn)
            report('VESTS_BEFORE_AWARD', where, vestsOn, `It can vest from ${awardedOn} on.`);
    }
    for (const [index, { reason }] of leaverRules.entries())
        if (leaverRules.findIndex((other) => other.reason === reason) < index)
            report('LEAVER_RULE_TWICE', '', reason, 'Keep one rule for each reason.');
    return problems;
}
