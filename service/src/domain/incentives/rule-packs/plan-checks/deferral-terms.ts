// Whether the plan's own deferral steps give what a pack asks for, tried at amounts around the pack's thresholds.
import { ProblemError } from '../../../problem.ts';
import { larger, Ratio, smaller } from '../../../ratio.ts';
import { evaluate, figure, type Scope } from '../../evaluate.ts';
import type { PayoutStep, Plan } from '../../plan.ts';
import { tableValue } from '../../rate-table.ts';
import type { AwardTerms } from '../award-terms.ts';
import { checkAward } from '../check-award.ts';
import type { Finding } from '../finding.ts';
import { NO_BEGINNING } from '../../vocabulary.ts';
import { clear, hit, unsure, type CheckInput, type CheckResult } from './check.ts';

type Deferral = PayoutStep & { kind: 'deferral' };

/** Figures above this are money, not months or parts. */
const LEAST_THRESHOLD = Ratio.of(1000);
const ONE = Ratio.ONE;

export function deferralTerms(input: CheckInput): CheckResult {
    const { plan } = input;
    const steps = plan.payout.filter((step): step is Deferral => step.kind === 'deferral');
    if (steps.length === 0)
        return hit('no deferral', ['payout'], 'Add a deferral step, unless everybody on the plan is exempt.');
    const results = steps.flatMap((step) => amountsToTry(input).map((amount) => tried(input, step, amount)));
    const failed = results.filter(({ failing }) => failing.length > 0);
    const open = results.filter(({ missing }) => missing !== '');
    const where = steps.map(({ key }) => `payout.${key}`);
    if (failed.length > 0)
        return hit(
            failed.map(({ words }) => words).join('; '),
            where,
            'Change the step until each of them passes.'
        );
    if (open.length > 0)
        return unsure(
            open[0]!.missing,
            where,
            'Say it in the profile (person), or write the step without it.'
        );
    return clear(`holds at ${results.map(({ amount }) => amount).join(', ')}`, where);
}

interface Tried {
    amount: string;
    failing: string[];
    words: string;
    /** what had to be known */
    missing: string;
}

/** Each threshold of the pack, and half and twice the largest. */
function amountsToTry({ pack }: CheckInput): Ratio[] {
    const amounts = pack.figures
        .map(({ value }) => value)
        .filter((value) => value.compare(LEAST_THRESHOLD) >= 0);
    const most = amounts.reduce(larger, LEAST_THRESHOLD);
    const all = [...amounts.filter((value) => value.compare(most) < 0), most, most.times(Ratio.of(2))];
    return all
        .filter((value, index) => all.findIndex((other) => other.equals(value)) === index)
        .sort((a, b) => a.compare(b));
}

function tried({ plan, pack, profile }: CheckInput, step: Deferral, amount: Ratio): Tried {
    const shown = String(amount);
    try {
        const award = termsOf(plan, step, amount);
        const person = {
            id: `payout.${step.key}`,
            yearStart: yearOf(plan, pack.effectiveFrom),
            fixed: amount,
            variable: amount,
            facts: profile.person
        };
        const findings = checkAward(pack, person, award).filter(({ check }) => check !== 'dates');
        const failed = findings.filter(({ verdict }) => verdict === 'fail');
        const [unsaid, short] = [failed.filter(isOfRetention), failed.filter((one) => !isOfRetention(one))];
        const failing = short.map(({ found, limit }) => `${found}, ${limit}`);
        const open = findings.find(({ verdict }) => verdict === 'toBeReviewed')?.found ?? '';
        const missing =
            open === '' && unsaid.length > 0 ? 'how long instruments are kept is not in the plan' : open;
        return { amount: shown, failing, words: `${step.key} at ${shown}: ${failing.join(', ')}`, missing };
    } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        return {
            amount: shown,
            failing: [],
            words: '',
            missing: `payout.${step.key} needs ${error.problem.value}`
        };
    }
}

/** Plans do not say how long instruments are kept: that is for whoever holds them. */
function isOfRetention({ where }: Finding): boolean {
    return where.some((subject) => subject.endsWith('RetentionMonths'));
}

function yearOf({ effectiveFrom }: Plan, packFrom: string): string {
    return effectiveFrom === NO_BEGINNING || effectiveFrom < packFrom ? packFrom : effectiveFrom;
}

/** The award a deferral step makes of an amount; what is not deferred is paid at once, in cash. */
export function termsOf(plan: Plan, step: Deferral, amount: Ratio): AwardTerms {
    const scope = dueScope(plan, step, amount);
    const deferred = larger(smaller(figure(step.deferred, scope), amount), Ratio.ZERO);
    const instruments = step.instruments ? figure(step.instruments, scope) : Ratio.ZERO;
    const parts = step.tranches.flatMap(({ afterMonths, share }) => {
        const tranche = deferred.times(figure(share, scope));
        return [
            {
                afterMonths,
                amount: tranche.times(ONE.minus(instruments)),
                form: 'cash' as const,
                retentionMonths: 0
            },
            {
                afterMonths,
                amount: tranche.times(instruments),
                form: 'instrument' as const,
                retentionMonths: 0
            }
        ];
    });
    const upfront = {
        afterMonths: 0,
        amount: amount.minus(deferred),
        form: 'cash' as const,
        retentionMonths: 0
    };
    return {
        parts: [upfront, ...parts].filter((part) => !part.amount.isZero),
        clawbackMonths: step.clawbackMonths
    };
}

/** `due`, parameters without dates and tables; anything else is named as missing. */
function dueScope(plan: Plan, step: Deferral, amount: Ratio): Scope {
    const scope: Scope = {
        where: `payout.${step.key}`,
        name([root, key]) {
            if (root === 'due') return amount;
            const values =
                root === 'param' ? (plan.parameters.find((one) => one.key === key)?.values ?? []) : [];
            return values.length === 0 ? undefined : evaluate(values.at(-1)!.value, scope);
        },
        table(key, x, y) {
            return tableValue(
                plan.tables.find((one) => one.key === key)!,
                x,
                y,
                scope
            );
        },
        group: () => null
    };
    return scope;
}
