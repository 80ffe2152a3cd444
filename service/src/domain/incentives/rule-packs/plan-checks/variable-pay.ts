// Checks of what variable pay rests on: share on quantitative commercial criteria, sources of the others, whether nothing can be paid,
// and how it stands to fixed pay.
import { Ratio, sumOf } from '../../../ratio.ts';
import { constantOf } from '../../plan-check/constant.ts';
import { namesIn, type Expression } from '../../expression.ts';
import type { Component, Plan } from '../../plan.ts';
import { clear, hit, percent, unsure, type CheckInput, type CheckResult } from './check.ts';
import { criterionKind, kindsOf, Names, payoutModifiers } from './criteria.ts';

/** `commercial`: on such criteria alone; `tempered`: held or multiplied by others, or resting on others too. */
type Basis = 'commercial' | 'tempered' | 'other' | 'unknown';

function basisOf(component: Component, names: Names, { plan, profile }: CheckInput): Basis {
    const amount = kindsOf(names.ofAmount(component), profile);
    const modifiers = kindsOf([...names.ofModifiers(component), ...payoutModifiers(plan, names)], profile);
    if (amount.has('unknown')) return 'unknown';
    if (!amount.has('commercial')) return 'other';
    if (amount.size > 1 || modifiers.has('qualitative') || modifiers.has('conduct')) return 'tempered';
    return modifiers.has('unknown') ? 'unknown' : 'commercial';
}

/** 80,000 on sales alone and 20,000 on a client survey is 80 %. */
export function quantitativeShare(input: CheckInput): CheckResult {
    const { plan, evidence } = input;
    const names = new Names(plan);
    const bases = new Map(
        plan.components.map((component) => [component.key, basisOf(component, names, input)])
    );
    const of = (basis: Basis): string[] =>
        [...bases].filter(([, one]) => one === basis).map(([key]) => `components.${key}`);
    if (plan.components.length === of('commercial').length)
        return compareShare(Ratio.ONE, Ratio.ONE, of('commercial'), input.limit!);
    if (of('commercial').length === 0 && of('tempered').length === 0 && of('unknown').length === 0)
        return clear('no variable pay on quantitative commercial criteria');
    const total = sumOf(evidence?.earnings.map(({ amount }) => amount) ?? []);
    if (total.sign <= 0)
        return unsure(
            `${of('commercial').length} of ${plan.components.length} components rest on quantitative commercial criteria alone, ${of('tempered').length} also on others`,
            [...of('commercial'), ...of('tempered'), ...of('unknown')],
            'Simulate the plan over a year, so that the share of the amounts is known.'
        );
    const part = (wanted: Basis[]): Ratio =>
        sumOf(
            evidence!.earnings
                .filter(({ component }) => wanted.includes(bases.get(component)!))
                .map(({ amount }) => amount)
        ).over(total);
    return compareShare(
        part(['commercial']),
        part(['commercial', 'tempered', 'unknown']),
        of('commercial'),
        input.limit!
    );
}

function compareShare(alone: Ratio, atMost: Ratio, where: string[], limit: Ratio): CheckResult {
    const fix = 'Let qualitative criteria decide more of the amount, or hold it by a gate.';
    const found = `${percent(alone)} on quantitative commercial criteria alone`;
    if (alone.compare(limit) > 0) return hit(found, where, fix);
    if (atMost.compare(limit) <= 0) return clear(found);
    return unsure(
        `${found}, ${percent(atMost)} with what other criteria temper`,
        where,
        'Show that the other criteria weigh enough, and declare those that are not known.'
    );
}

/** Facts and other criteria that are not commercial: each must say where its data come from, and there must be one. */
export function qualitativeSource({ plan, profile }: CheckInput): CheckResult {
    const names = new Names(plan);
    const used = plan.components.flatMap((one) => [...names.ofAmount(one), ...names.ofModifiers(one)]);
    const all = new Map(
        [...used, ...payoutModifiers(plan, names)].map((path) => [
            path.join('.'),
            criterionKind(path, profile)
        ])
    );
    const of = (kinds: string[]): string[] =>
        [...all].filter(([, kind]) => kind !== null && kinds.includes(kind)).map(([name]) => name);
    const unknown = of(['unknown']);
    if (unknown.length > 0)
        return unsure(
            `not declared: ${unknown.join(', ')}`,
            unknown,
            'Say in the profile of each whether it is commercial, qualitative or conduct.'
        );
    const others = of(['qualitative', 'conduct']);
    if (others.length === 0)
        return hit(
            'no qualitative criterion',
            ['components'],
            'Add a criterion on how clients were treated, with a data source.'
        );
    const withoutSource = others.filter(
        (name) => !profile.criteria.some((one) => one.name === name && one.dataSource !== '')
    );
    if (withoutSource.length > 0)
        return hit(
            `no data source: ${withoutSource.join(', ')}`,
            withoutSource,
            'Name where the data come from, and who keeps them.'
        );
    return clear(`${others.length} qualitative criteria with a data source: ${others.join(', ')}`, others);
}

/** What is paid whatever happens keeps variable pay from being nothing. */
export function zeroReachable({ plan }: CheckInput): CheckResult {
    const floors = guaranteesOf(plan);
    const sure = floors.filter(({ isSure }) => isSure).map(({ place }) => place);
    const fix = 'Let it be fixed pay, or end it with a condition.';
    if (sure.length > 0) return hit(`something is always paid: ${sure.join(', ')}`, sure, fix);
    const maybe = floors.map(({ place }) => place);
    if (maybe.length > 0)
        return unsure(
            `something may always be paid: ${maybe.join(', ')}`,
            maybe,
            'Find out whether it can be nothing.'
        );
    return clear('nothing is paid where nothing is earned');
}

interface Guarantee {
    place: string;
    isSure: boolean;
}

function guaranteesOf(plan: Plan): Guarantee[] {
    const floors: Guarantee[] = [];
    const note = (place: string, amount: Expression | null, when: Expression | null): void => {
        if (amount === null) return;
        const constant = constantOf(amount, plan);
        if (constant !== null && constant.sign <= 0) return;
        floors.push({ place, isSure: constant !== null && when === null });
    };
    for (const component of plan.components) {
        const place = `components.${component.key}`;
        for (const { key, scope, least } of component.limits)
            if (scope !== 'credit') note(`${place}.limits.${key}`, least, component.when);
        if (
            component.per === 'period' &&
            component.gates.length === 0 &&
            component.pool === null &&
            isUnearned(plan, component)
        )
            note(place, component.base ?? { kind: 'number', value: Ratio.ONE, text: '1' }, component.when);
    }
    for (const step of plan.payout) {
        const place = `payout.${step.key}`;
        if (step.kind === 'limit') note(place, step.least, step.when);
        if (step.kind === 'add' && namesIn(step.amount).length === 0) note(place, step.amount, step.when);
        if (step.kind === 'draw' && !step.recoverable) note(place, step.amount, step.when);
    }
    return floors;
}

/** Pay of a period that rests on nothing the payee or the firm achieved. */
function isUnearned(plan: Plan, component: Component): boolean {
    const names = new Names(plan).ofAmount(component);
    const isFixed = ([root]: string[]): boolean => ['payee', 'period', 'assigned'].includes(root!);
    return component.factors.length === 0 && names.every(isFixed);
}

/** Paid 120,000 beside fixed pay of 60,000 is 200 %. */
export function fixedToVariable({ profile, evidence, plan, limit }: CheckInput): CheckResult {
    const fixed = constantOf(profile.fixedPay, plan);
    const fix = 'Raise fixed pay, or limit variable pay in the payout steps.';
    if (fixed?.isZero) return hit('pay is variable alone', ['profile.fixedPay'], fix);
    const known = evidence?.people.filter((one) => one.fixed !== null && one.fixed.sign > 0) ?? [];
    if (known.length === 0)
        return unsure(
            'fixed pay is not known',
            ['profile.fixedPay'],
            'Say fixedPay in the profile and simulate the plan over a year.'
        );
    const ratios = known.map(({ payeeId, paid, fixed: beside }) => ({ payeeId, ratio: paid.over(beside!) }));
    const above = ratios
        .filter(({ ratio }) => ratio.compare(limit!) > 0)
        .map(({ payeeId }) => `payee ${payeeId}`);
    const most = ratios.reduce((best, one) => (one.ratio.compare(best.ratio) > 0 ? one : best));
    const found = `at most ${percent(most.ratio)} of fixed pay (payee ${most.payeeId})`;
    return above.length > 0 ? hit(`${found}, ${above.length} above the limit`, above, fix) : clear(found);
}
