// Every expression of a plan with its place, where it stands (which decides the names it may use) and what it must amount to.
// Tables are apart: they stand wherever they are used from.
import type { Expression } from '../expression.ts';
import type { Component, CreditRule, Measure, PayoutStep, Plan, Quota, RateTable } from '../plan.ts';

/** A reversal is the credit of a transaction that takes another back. */
export type Standing =
    | 'parameter'
    | 'transaction'
    /** a transaction being credited to one payee */
    | 'share'
    | 'credit'
    | 'reversal'
    | 'quota'
    | 'period'
    /** a period without any payee */
    | 'pool'
    | 'payout'
    /** what is kept of a tranche when the payee leaves */
    | 'leaving'
    | 'figure';

export interface Placed {
    place: string;
    expression: Expression;
    standing: Standing;
    wants: 'figure' | 'condition' | 'anything';
    /** parts that are calculated before this one, by kind; kinds left out are all there */
    before: { parameters?: string[]; measures?: string[]; components?: string[] };
}

export function placedExpressions(plan: Plan): Placed[] {
    return [
        ...plan.parameters.flatMap((_, index) => ofParameter(plan, index)),
        ...plan.crediting.flatMap(ofCreditRule),
        ...plan.measures.flatMap((measure, index) => ofMeasure(measure, keysBefore(plan.measures, index))),
        ...plan.quotas.flatMap(ofQuota),
        ...plan.components.flatMap((component, index) =>
            ofComponent(component, keysBefore(plan.components, index))
        ),
        ...plan.payout.flatMap(ofPayoutStep),
        ...plan.figures.map(({ key, per, value }) => ({
            place: `figures.${key}`,
            expression: value,
            standing: per === 'credit' ? ('credit' as const) : ('figure' as const),
            wants: 'anything' as const,
            before: {}
        }))
    ];
}

/** Expressions of a table, without their standing. */
export function tableExpressions({
    key,
    scale,
    rows,
    columns
}: RateTable): Omit<Placed, 'standing' | 'before'>[] {
    const list = new Placing(`tables.${key}`, 'period');
    list.figure('scale', scale);
    rows.forEach(({ from, to, values }, index) => {
        const row = `rows[${index + 1}]`;
        list.figure(`${row}.from`, from);
        list.figure(`${row}.to`, to);
        if (values.length === 1) list.figure(`${row}.value`, values[0]!);
        else values.forEach((value, column) => list.figure(`${row}.values[${column + 1}]`, value));
    });
    columns.forEach(({ from, to }, index) => {
        list.figure(`columns[${index + 1}].from`, from);
        list.figure(`columns[${index + 1}].to`, to);
    });
    return list.placed;
}

/** Collects the expressions of one part. */
class Placing {
    readonly placed: Placed[] = [];
    readonly #place: string;
    readonly #standing: Standing;
    readonly #before: Placed['before'];

    constructor(place: string, standing: Standing, before: Placed['before'] = {}) {
        this.#place = place;
        this.#standing = standing;
        this.#before = before;
    }

    figure(key: string, expression: Expression | null, standing = this.#standing): void {
        this.#add(key, expression, 'figure', standing);
    }

    condition(key: string, expression: Expression | null, standing = this.#standing): void {
        this.#add(key, expression, 'condition', standing);
    }

    /** `key`, `when` and a figure, as in rateAdjustments and factors */
    named(
        list: string,
        items: { key: string; when: Expression | null }[],
        name: string,
        values: Expression[]
    ): void {
        items.forEach(({ key, when }, index) => {
            this.condition(`${list}.${key}.when`, when);
            this.figure(`${list}.${key}.${name}`, values[index]!);
        });
    }

    #add(key: string, expression: Expression | null, wants: Placed['wants'], standing: Standing): void {
        if (expression === null) return;
        const place = key === '' ? this.#place : `${this.#place}.${key}`;
        this.placed.push({ place, expression, standing, wants, before: this.#before });
    }
}

function keysBefore(parts: { key: string }[], index: number): string[] {
    return parts.slice(0, index).map(({ key }) => key);
}

function ofParameter(plan: Plan, index: number): Placed[] {
    const { key, values } = plan.parameters[index]!;
    const isDated = values.length > 1 || values[0]?.from !== null;
    return values.map(({ value }, row) => ({
        place: `parameters.${key}${isDated ? `.values[${row + 1}].value` : ''}`,
        expression: value,
        standing: 'parameter',
        wants: 'anything',
        before: { parameters: keysBefore(plan.parameters, index) }
    }));
}

function ofCreditRule(rule: CreditRule): Placed[] {
    const list = new Placing(`crediting.${rule.key}`, 'transaction');
    list.condition('when', rule.when);
    list.figure('share', rule.share, 'share');
    const amounts = rule.before.map(({ amount }) => amount);
    list.named('before', rule.before, 'amount', amounts);
    list.figure('payable', rule.payable, 'share');
    list.figure('quota', rule.quota, 'share');
    list.figure('count', rule.count, 'share');
    if (rule.to.kind === 'payees') list.condition('to.payees', rule.to.when, 'share');
    if (rule.to.kind === 'touches' && rule.to.method.method === 'position') {
        list.figure('to.touches.first', rule.to.method.first);
        list.figure('to.touches.last', rule.to.method.last);
    }
    return list.placed;
}

function ofMeasure(measure: Measure, earlier: string[]): Placed[] {
    const list = new Placing(`measures.${measure.key}`, 'credit', { measures: earlier, components: [] });
    list.figure('of', measure.of);
    list.condition('when', measure.when);
    list.figure('divideBy', measure.divideBy, 'period');
    return list.placed;
}

function ofQuota(quota: Quota): Placed[] {
    const list = new Placing(`quotas.${quota.measure}`, 'quota');
    list.figure('amount', quota.amount);
    quota.ramp.forEach(({ amount }, index) => list.figure(`ramp[${index + 1}].amount`, amount));
    quota.seasonality.forEach((part, index) => list.figure(`seasonality[${index + 1}]`, part));
    return list.placed;
}

function ofComponent(component: Component, earlier: string[]): Placed[] {
    const list = new Placing(`components.${component.key}`, component.per, { components: earlier });
    list.condition('when', component.when);
    list.figure('base', component.base);
    component.rates.forEach((rate, index) => {
        const place = ratePlace(component, index);
        list.condition(`${place}.when`, rate.when);
        if (rate.kind === 'value')
            list.figure(component.rates.length === 1 ? 'rate' : `${place}.value`, rate.value);
        else {
            const at = 'measure' in rate.at ? measureName(rate.at.measure) : rate.at.value;
            list.figure(`${place}.at`, at);
            list.figure(`${place}.column`, rate.columnAt);
        }
    });
    const { rateAdjustments, factors } = component;
    list.named(
        'rateAdjustments',
        rateAdjustments,
        'add',
        rateAdjustments.map(({ add }) => add)
    );
    list.figure('rateFloor', component.rateFloor);
    list.figure('rateCeiling', component.rateCeiling);
    list.named(
        'factors',
        factors,
        'value',
        factors.map(({ value }) => value)
    );
    placeHolds(component, list);
    placeTiming(component, list);
    return list.placed;
}

/** `rate` for a single one, `rate[2]` for the second of several. */
export function ratePlace(component: Component, index: number): string {
    return component.rates.length === 1 ? 'rate' : `rate[${index + 1}]`;
}

function measureName(measure: string): Expression {
    return { kind: 'name', path: ['measure', measure] };
}

function placeHolds(component: Component, list: Placing): void {
    for (const { key, when, otherwise } of component.gates) {
        list.condition(`gates.${key}.when`, when);
        if (otherwise.kind === 'cap') list.figure(`gates.${key}.otherwise.cap`, otherwise.at);
        if (otherwise.kind === 'multiply') list.figure(`gates.${key}.otherwise.multiply`, otherwise.by);
    }
    component.limits.forEach(({ scope, least, most, beyond }, index) => {
        const standing = scope === 'credit' ? 'credit' : 'period';
        const limit = `limits[${index + 1}]`;
        const where = component.per === 'credit' ? standing : 'period';
        list.figure(`${limit}.least`, least, where);
        list.figure(`${limit}.most`, most, where);
        list.figure(`${limit}.beyond`, beyond, where);
    });
    if (component.pool) {
        list.figure('pool.amount', component.pool.amount, 'pool');
        list.condition('pool.among', component.pool.among);
        list.figure('pool.by', component.pool.by);
    }
}

function placeTiming(component: Component, list: Placing): void {
    const { chargeback, schedule, amortisation } = component;
    if (chargeback) {
        list.figure('chargeback.windowMonths', chargeback.windowMonths, 'reversal');
        list.figure('chargeback.part', chargeback.part, 'reversal');
    }
    schedule?.parts.forEach(({ share }, index) => {
        list.figure(`schedule.${schedule.kind}[${index + 1}].share`, share);
    });
    if (amortisation) list.figure('amortisation.months', amortisation.months);
}

function ofPayoutStep(step: PayoutStep): Placed[] {
    const list = new Placing(`payout.${step.key}`, 'payout');
    list.condition('when', step.when);
    switch (step.kind) {
        case 'add':
            list.figure('add', step.amount);
            break;
        case 'multiply':
            list.figure('multiply', step.by);
            break;
        case 'limit':
            list.figure('limit.least', step.least);
            list.figure('limit.most', step.most);
            break;
        case 'draw':
            list.figure('draw.amount', step.amount);
            list.figure('draw.recoverShare', step.recoverShare);
            break;
        case 'deferral':
            list.figure('deferral.deferred', step.deferred);
            step.tranches.forEach(({ share }, index) =>
                list.figure(`deferral.tranches[${index + 1}].share`, share)
            );
            list.figure('deferral.instruments', step.instruments);
            list.figure('deferral.afterLeaving', step.afterLeaving, 'leaving');
            break;
        case 'clawback':
            list.figure('clawback.recoverShare', step.recoverShare);
            break;
        case 'grossUp':
            list.figure('grossUp.rate', step.rate);
            break;
    }
    return list.placed;
}
