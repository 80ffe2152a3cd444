// What each component of a plan rests on: names its expressions mention, followed through measures, parameters, tables and earlier
// components, each commercial, qualitative, conduct or not known. Amounts (base, rate) and modifiers (factors, gates) are kept apart.
import { namesIn, type Expression } from '../../expression.ts';
import { placedExpressions, tableExpressions, type Placed } from '../../plan-check/placed-expressions.ts';
import type { Component, Plan } from '../../plan.ts';
import type { Criterion, PlanProfile } from '../plan-profile.ts';

export type CriterionKind = Criterion['kind'] | 'unknown';

/** Roots that read one measure in different ways. */
const OF_MEASURE = ['measure', 'inPeriod', 'before', 'attainment', 'attainmentBefore'];
/** Names that say nothing about performance. */
const NEUTRAL = [
    ...[
        'payee',
        'period',
        'assigned',
        'quota',
        'balance',
        'source',
        'paidToDate',
        'due',
        'paid',
        'date',
        'share',
        'level'
    ],
    ...['elapsedMonths', 'elapsedDays', 'monthsInForce']
];
const GROUPS = ['team', 'organisation', 'everyone', 'credits', 'transactions'];

/** Null for names that are no criterion. */
export function criterionKind(path: readonly string[], profile: PlanProfile): CriterionKind | null {
    const [root, key] = path;
    if (root === undefined) return null;
    const name = OF_MEASURE.includes(root) ? `measure.${key}` : path.join('.');
    const declared = profile.criteria.find((criterion) => criterion.name === name);
    if (declared) return declared.kind;
    if (root === 'fact') return 'unknown';
    if (NEUTRAL.includes(root) || GROUPS.includes(root)) return null;
    return 'commercial';
}

/** Names an expression rests on, through whatever it mentions. */
export class Names {
    readonly #plan: Plan;
    readonly #placed: Placed[];
    readonly #components = new Map<string, string[][]>();

    constructor(plan: Plan) {
        this.#plan = plan;
        this.#placed = placedExpressions(plan);
    }

    of(expressions: readonly Expression[]): string[][] {
        return expressions.flatMap((expression) => [
            ...namesIn(expression).flatMap((path) => this.#follow(path)),
            ...tablesIn(expression).flatMap((key) => this.ofTable(key))
        ]);
    }

    ofTable(key: string): string[][] {
        const table = this.#plan.tables.find((one) => one.key === key);
        return table ? this.of(tableExpressions(table).map(({ expression }) => expression)) : [];
    }

    /** What gives the component its amount. */
    ofAmount(component: Component): string[][] {
        const known = this.#components.get(component.key);
        if (known) return known;
        this.#components.set(component.key, []);
        const names = this.of(this.#at(component, isAmount));
        const tables = component.rates.flatMap((rate) =>
            rate.kind === 'table' ? this.ofTable(rate.table) : []
        );
        const credits = component.per === 'credit' && names.length === 0 ? [['payable']] : [];
        const all = [...names, ...tables, ...credits];
        this.#components.set(component.key, all);
        return all;
    }

    /** What may multiply, hold or forbid it. */
    ofModifiers(component: Component): string[][] {
        return this.of(this.#at(component, (part) => !isAmount(part)));
    }

    /** Expressions of the plan whose place begins so; of all places for ''. */
    at(prefix: string): Placed[] {
        return this.#placed.filter(
            ({ place }) => prefix === '' || place === prefix || place.startsWith(`${prefix}.`)
        );
    }

    #at(component: Component, wanted: (part: string) => boolean): Expression[] {
        const prefix = `components.${component.key}`;
        return this.at(prefix)
            .filter(({ place }) => wanted(place.slice(prefix.length + 1)))
            .map(({ expression }) => expression);
    }

    /** A measure stays a measure: what it sums is its definition, not another criterion. */
    #follow(path: string[]): string[][] {
        const [root, key = ''] = path;
        if (root === 'param') return this.of(this.#values(key));
        if (root !== 'earning' && root !== 'earningToDate') return [path];
        const component = this.#plan.components.find((one) => one.key === key);
        return component ? [...this.ofAmount(component), ...this.ofModifiers(component)] : [];
    }

    #values(key: string): Expression[] {
        return this.#plan.parameters.find((one) => one.key === key)?.values.map(({ value }) => value) ?? [];
    }
}

function isAmount(part: string): boolean {
    return !/^(when|factors|gates|limits|chargeback|schedule|amortisation)\b/.test(part);
}

/** Keys of the tables an expression looks up. */
function tablesIn(expression: Expression): string[] {
    switch (expression.kind) {
        case 'minus':
        case 'not':
            return tablesIn(expression.of);
        case 'binary':
            return [...tablesIn(expression.left), ...tablesIn(expression.right)];
        case 'in':
            return [expression.left, ...expression.options].flatMap(tablesIn);
        case 'call': {
            const [first] = expression.arguments;
            const own = expression.name === 'table' && first?.kind === 'text' ? [first.value] : [];
            return [...own, ...expression.arguments.flatMap(tablesIn)];
        }
        default:
            return [];
    }
}

export function kindsOf(names: readonly string[][], profile: PlanProfile): Set<CriterionKind> {
    return new Set(names.flatMap((path) => criterionKind(path, profile) ?? []));
}

const CREDIT_WORDS = ['amount', 'payable', 'quotaCredit', 'countCredit', 'earning', 'earningToDate'];

/** Whether names have a commercial result among them: a measure, an amount, or a field some measure adds up. Other fields of a deal
 *  (its product, the day it was issued) are no results. */
export function haveResult(names: readonly string[][], plan: Plan, profile: PlanProfile): boolean {
    const measured = plan.measures
        .flatMap(({ of }) => namesIn(of))
        .flatMap((path) => (path.length === 1 ? path : []));
    const results = [...OF_MEASURE, ...CREDIT_WORDS, ...measured];
    return names.some((path) => results.includes(path[0]!) && criterionKind(path, profile) === 'commercial');
}

/** Payout steps that multiply everything. */
export function payoutModifiers(plan: Plan, names: Names): string[][] {
    return plan.payout
        .filter(({ kind }) => kind === 'multiply')
        .flatMap(({ key }) => names.of(names.at(`payout.${key}`).map(({ expression }) => expression)));
}
