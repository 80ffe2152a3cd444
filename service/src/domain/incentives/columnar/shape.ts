// The shape of a plan for the fast engine: which rules fill which sums, which components walk which tables, what is left to
// decide per kind of transaction and per payee and period. From the plan alone; a plan outside the class is refused by name.
import type { Expression } from '../expression.ts';
import type { Component, CreditRule, Interval, PayoutStep, Plan, RateTable } from '../plan.ts';
import { componentShape } from './component-shape.ts';
import { DoesNotFit } from './does-not-fit.ts';
import {
    creditFigure,
    isSameExpression,
    isSameFigure,
    namesOf,
    needCellFigure,
    needKindFigure,
    type CreditFigure
} from './figures.ts';

/** Something added up per payee and interval: a measure of the plan, or the base of a component per period. */
export interface SumShape {
    /** '' for a base */
    key: string;
    /** null: begins anew every period */
    interval: Interval | null;
    figure: CreditFigure;
    when: Expression | null;
    /** by index of the rule, whether its credits count */
    counts: boolean[];
}

export type Target =
    | { kind: 'owner' }
    | { kind: 'splits' }
    | { kind: 'role'; role: string }
    | { kind: 'payee'; payee: string };

export interface RuleShape {
    rule: CreditRule;
    target: Target;
    /** sums its credits move or its lines look at, by index */
    sums: number[];
    /** components per credit that pay for its credits, by index */
    lines: number[];
}

export type WalkKind = 'marginal' | 'banded' | 'flat';

export interface ComponentShape {
    component: Component;
    place: string;
    kind: WalkKind;
    /** null for a single rate */
    table: RateTable | null;
    /** a figure instead of a table */
    rate: Expression | null;
    /** sum the table is looked up at; for a flat rate its base, -1 for none */
    at: number;
    /** nothing moves that sum but what the component pays for */
    ownsWalk: boolean;
    /** bounds are parts of the quota of this measure */
    attained: string | null;
    position: 'before' | 'after';
    /** sum the rate is applied to; null: what the rate says is the amount; for marginal tables the sum walked along */
    base: number | null;
    /** base that is the same all through a period: folded into the rates */
    cellBase: Expression | null;
    /** names its rates and bounds depend on, of a payee and period */
    rateNames: string[][];
}

export interface Shape {
    plan: Plan;
    /** fields that put transactions into kinds */
    fields: string[];
    roles: string[];
    rules: RuleShape[];
    sums: SumShape[];
    components: ComponentShape[];
    payout: FastStep[];
    /** names of a payee and period that anything depends on */
    cellNames: string[][];
}

export type FastStep =
    | { key: string; place: string; when: Expression | null; kind: 'multiply'; by: Expression }
    | {
          key: string;
          place: string;
          when: Expression | null;
          kind: 'deferral';
          /** part of what is due, or null for `amount` */
          part: Expression | null;
          amount: Expression | null;
          step: PayoutStep & { kind: 'deferral' };
      };

/** Throws DoesNotFit. */
export function shapeOf(plan: Plan): Shape {
    const sums = plan.measures.map((measure) => measureSum(plan, measure));
    const components = plan.components.map((component) => componentShape(plan, component, sums));
    const rules = plan.crediting.map((rule) => ruleShape(plan, rule, sums, components));
    if (plan.figures.length > 0) throw new DoesNotFit('figures', 'are told by the reference engine only');
    const payout = plan.payout.map((step) => payoutStep(step));
    if (payout.filter(({ kind }) => kind === 'deferral').length > 1)
        throw new DoesNotFit('payout', 'defers twice');
    return {
        plan,
        fields: fieldsOf(plan, rules, sums, components),
        roles: [...new Set(rules.flatMap(({ target }) => (target.kind === 'role' ? [target.role] : [])))],
        rules,
        sums,
        components,
        payout,
        cellNames: cellNamesOf(components, payout)
    };
}

function measureSum(
    plan: Plan,
    { key, of, when, interval, window, by, divideBy }: Plan['measures'][number]
): SumShape {
    const place = `measures.${key}`;
    if (window) throw new DoesNotFit(place, 'looks back over a window');
    if (interval === 'credit') throw new DoesNotFit(place, 'stands for every credit alone');
    if (by !== null) throw new DoesNotFit(place, `is kept apart by ${by}`);
    if (divideBy) throw new DoesNotFit(place, 'is divided');
    needKindFigure(when, `${place}.when`);
    const counts = plan.crediting.map(({ only }) => only.length === 0 || only.includes(key));
    return { key, interval, figure: creditFigure(of, `${place}.of`), when, counts };
}

function ruleShape(
    plan: Plan,
    rule: CreditRule,
    sums: readonly SumShape[],
    components: readonly ComponentShape[]
): RuleShape {
    const place = `crediting.${rule.key}`;
    if (rule.before.length > 0) throw new DoesNotFit(place, 'takes something off before it shares');
    if (rule.to.kind === 'splits' && rule.total === 'any')
        throw new DoesNotFit(place, 'shares may sum to anything');
    if (
        rule.to.kind === 'payees' ||
        rule.to.kind === 'manager' ||
        rule.to.kind === 'handOver' ||
        rule.to.kind === 'touches'
    )
        throw new DoesNotFit(place, `credits by ${rule.to.kind}`);
    needKindFigure(rule.when, `${place}.when`);
    for (const part of ['share', 'payable', 'quota', 'count'] as const)
        needKindFigure(rule[part], `${place}.${part}`);
    const isPaid = ({ component }: ComponentShape): boolean =>
        component.per === 'credit' &&
        (component.credits.length === 0 || component.credits.includes(rule.key));
    const index = plan.crediting.indexOf(rule);
    const lines = [...components.keys()].filter((one) => isPaid(components[one]!));
    const looked = lines.flatMap((one) => [components[one]!.at, components[one]!.base ?? -1]);
    const used = [...sums.keys()].filter((sum) => sums[sum]!.counts[index] || looked.includes(sum));
    return { rule, target: rule.to, sums: used, lines };
}

function payoutStep(step: PayoutStep): FastStep {
    const place = `payout.${step.key}`;
    const { key, when } = step;
    needCellFigure(when, `${place}.when`);
    if (step.kind === 'multiply') {
        needCellFigure(step.by, `${place}.multiply`);
        return { key, place, when, kind: 'multiply', by: step.by };
    }
    if (step.kind !== 'deferral')
        throw new DoesNotFit(place, `${step.kind} is a step of the reference engine`);
    for (const { share } of step.tranches) needCellFigure(share, `${place}.deferral.tranches`);
    if (step.afterLeaving) throw new DoesNotFit(`${place}.deferral`, 'says what leavers keep');
    needCellFigure(step.instruments, `${place}.deferral.instruments`);
    const part = partOfDue(step.deferred);
    needCellFigure(part ?? step.deferred, `${place}.deferral.deferred`);
    return { key, place, when, kind: 'deferral', part, amount: part ? null : step.deferred, step };
}

/** `due * 40%`: 40%. */
function partOfDue(deferred: Expression): Expression | null {
    if (deferred.kind !== 'binary' || deferred.operator !== '*') return null;
    const isDue = (one: Expression): boolean => one.kind === 'name' && one.path.join('.') === 'due';
    if (isDue(deferred.left)) return deferred.right;
    return isDue(deferred.right) ? deferred.left : null;
}

function fieldsOf(
    { crediting }: Plan,
    rules: readonly RuleShape[],
    sums: readonly SumShape[],
    components: readonly ComponentShape[]
): string[] {
    const ofRules = crediting.flatMap((rule) => [
        rule.when,
        rule.share,
        rule.payable,
        rule.quota,
        rule.count
    ]);
    const ofSums = sums.flatMap(({ figure, when }) => [figure.factor, when]);
    const perCredit = components.filter(({ component }) => component.per === 'credit');
    const ofLines = perCredit.map(({ component }) => component.when);
    return [...new Set(namesOf(...ofRules, ...ofSums, ...ofLines).map(([name]) => name!))];
}

function cellNamesOf(components: readonly ComponentShape[], payout: readonly FastStep[]): string[][] {
    const names = [
        ...components.flatMap(({ rateNames }) => rateNames),
        ...components.flatMap(({ component }) => cellNamesOfComponent(component)),
        ...payout.flatMap(stepNames)
    ];
    return [...new Map(names.map((path) => [path.join('.'), path])).values()];
}

/** Names of gates, factors and limits. */
export function cellNamesOfComponent(component: Component): string[][] {
    const { per, when, gates, factors, limits } = component;
    const held = gates.flatMap(({ when: condition, otherwise }) => [
        condition,
        otherwise.kind === 'cap' ? otherwise.at : otherwise.kind === 'multiply' ? otherwise.by : null
    ]);
    const changed = factors.flatMap((factor) => [factor.when, factor.value]);
    const limited = limits.flatMap(({ least, most, beyond }) => [least, most, beyond]);
    return namesOf(per === 'period' ? when : null, ...held, ...changed, ...limited);
}

export function stepNames(step: FastStep): string[][] {
    if (step.kind === 'multiply') return namesOf(step.when, step.by);
    const { tranches, instruments } = step.step;
    return namesOf(step.when, step.part, step.amount, instruments, ...tranches.map(({ share }) => share));
}

/** The sum that adds up exactly this of exactly these rules, or a new one. */
export function sumFor(sums: SumShape[], wanted: Omit<SumShape, 'key' | 'interval'>): number {
    const found = sums.findIndex(
        ({ figure, when, counts }) =>
            isSameFigure(figure, wanted.figure) &&
            isSameExpression(when, wanted.when) &&
            counts.every((isCounted, rule) => isCounted === wanted.counts[rule])
    );
    if (found !== -1) return found;
    sums.push({ key: '', interval: null, ...wanted });
    return sums.length - 1;
}
