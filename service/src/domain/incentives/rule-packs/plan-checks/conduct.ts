// Checks of conduct: that it is asked before multipliers, that worse conduct never pays more, who may waive it, and whether pay can be
// adjusted afterwards.
import type { Criterion } from '../plan-profile.ts';
import { movedBy, type MovingPart } from '../plan-direction.ts';
import { clear, hit, unsure, type CheckInput, type CheckResult } from './check.ts';
import { kindsOf, Names, payoutModifiers } from './criteria.ts';

const DECLARE =
    'Declare the conduct criterion in the profile, e.g. fact.breaches: { kind: conduct, dataSource: ... }.';

function conductOf({ profile }: CheckInput): Criterion[] {
    return profile.criteria.filter(({ kind }) => kind === 'conduct');
}

/** Every component that pays for sales must be held by a gate on conduct; a factor is asked after the multipliers before it. */
export function conductGate(input: CheckInput): CheckResult {
    const { plan, profile } = input;
    const names = new Names(plan);
    if (conductOf(input).length === 0) return hit('no conduct criterion', ['profile.criteria'], DECLARE);
    if (kindsOf(payoutModifiers(plan, names), profile).has('conduct'))
        return clear('conduct multiplies everything that is paid');
    const paying = plan.components.filter((one) => kindsOf(names.ofAmount(one), profile).has('commercial'));
    const open = paying.filter(
        ({ gates }) => !gates.some(({ when }) => kindsOf(names.of([when]), profile).has('conduct'))
    );
    if (open.length === 0)
        return clear(
            'a gate on conduct stands before every component that pays for sales',
            paying.map(({ key }) => `components.${key}.gates`)
        );
    const where = open.map(({ key }) => `components.${key}`);
    return hit(
        `no gate on conduct: ${where.join(', ')}`,
        where,
        'Add a gate: it is asked before factors and multipliers.'
    );
}

/** Worse conduct never pays more, shown part by part. Negative pay (reversals) is not looked at. */
export function payoutInBreaches(input: CheckInput): CheckResult {
    const criteria = conductOf(input);
    if (criteria.length === 0) return unsure('no conduct criterion', ['profile.criteria'], DECLARE);
    const parts = criteria.flatMap(({ name, moreIs }) =>
        movedBy(input.plan, name).map((part) => ({ ...part, name, worse: moreIs === 'worse' }))
    );
    const wrong = parts.filter(({ direction, worse }) => direction === (worse ? 'up' : 'down'));
    const open = parts.filter(({ direction }) => direction === 'unknown');
    if (wrong.length > 0)
        return hit(`worse conduct pays more: ${words(wrong)}`, places(wrong), 'Turn the condition round.');
    if (open.length > 0)
        return unsure(
            `not certain: ${words(open)}`,
            places(open),
            'Write it simpler, e.g. if(fact.breaches > 0, 50%, 100%), or show it by a test.'
        );
    return clear(
        parts.length === 0 ? 'conduct does not move pay' : `worse conduct never pays more: ${words(parts)}`,
        places(parts)
    );
}

function words(parts: readonly (MovingPart & { name: string })[]): string {
    return parts.map(({ place, name }) => `${place} by ${name}`).join(', ');
}

function places(parts: readonly MovingPart[]): string[] {
    return [...new Set(parts.map(({ place }) => place))];
}

/** Which gates may be waived. The engine refuses waivers by whoever asked, by the payee and by anybody the plan pays. */
export function waivers({ plan, profile }: CheckInput): CheckResult {
    const names = new Names(plan);
    const where = plan.components.flatMap(({ key, gates }) =>
        gates
            .filter(({ waivable, when }) => waivable && kindsOf(names.of([when]), profile).has('conduct'))
            .map((gate) => `components.${key}.gates.${gate.key}`)
    );
    if (where.length === 0) return clear('no gate on conduct can be waived');
    return hit(
        `${where.length} gates on conduct can be waived, by a second approver outside the pay line`,
        where,
        'Make sure the approver is outside the pay line also beyond this plan.'
    );
}

/** Something must be able to take pay back: a step clawback, a deferral with a clawback window, or chargebacks. */
export function exPostAdjustment({ plan }: CheckInput): CheckResult {
    const steps = plan.payout
        .filter(
            (step) => step.kind === 'clawback' || (step.kind === 'deferral' && step.clawbackMonths !== null)
        )
        .map(({ key }) => `payout.${key}`);
    const chargebacks = plan.components
        .filter(({ chargeback }) => chargeback !== null)
        .map(({ key }) => `components.${key}.chargeback`);
    const where = [...steps, ...chargebacks];
    if (where.length === 0)
        return hit(
            'pay cannot be adjusted afterwards',
            ['payout'],
            'Add a step clawback, defer a part with clawbackMonths, or let components charge back.'
        );
    return clear(`pay can be taken back: ${where.join(', ')}`, where);
}
