// A plan as a plan file again, loss-free: reading what was written gives the same plan. What is as by default is left out.
import { stringify } from 'yaml';
import type { Expression } from './expression.ts';
import type {
    CreditRule,
    CreditTarget,
    Interval,
    Measure,
    Plan,
    Quota,
    RateTable,
    TableRow
} from './plan.ts';
import { writeComponent } from './plan-file/write-component.ts';
import { writeExpression } from './plan-file/write-expression.ts';
import { writePayoutStep } from './plan-file/write-payout.ts';
import { figureOf, unless, type Written } from './plan-file/written.ts';
import { NO_BEGINNING } from './vocabulary.ts';

export function writePlan(plan: Plan): string {
    // Numbers come out in quotes, so that no other reader of YAML makes floating point numbers of them.
    return stringify(planAsData(plan), { lineWidth: 120, aliasDuplicateObjects: false });
}

/** The same as maps, lists and texts, for other notations. */
export function planAsData(plan: Plan): Written {
    const { references, effectiveFrom: from, effectiveTo: to } = plan;
    const named = <T>(
        list: string,
        parts: T[],
        keyOf: (part: T) => string,
        write: (part: T) => Written
    ): Written =>
        parts.length === 0
            ? undefined
            : Object.fromEntries(
                  parts.map((part) => [
                      keyOf(part),
                      referred(write(part), references[`${list}.${keyOf(part)}`])
                  ])
              );
    const keyed = <T extends { key: string }>(
        list: string,
        parts: T[],
        write: (part: T) => Written
    ): Written => named(list, parts, ({ key }) => key, write);
    return {
        plan: plan.key,
        version: plan.version,
        name: unless(plan.name, plan.key),
        reference: references['plan'],
        currency: plan.currency,
        effective:
            from === NO_BEGINNING && to === null
                ? undefined
                : { from: unless(from, NO_BEGINNING), to: to ?? undefined },
        period: plan.period,
        yearStart: unless(plan.yearStart, '01-01'),
        rounding: { ...plan.rounding, unit: plan.rounding.unit.toString() },
        negativeAmounts: unless(plan.negativeAmounts, 'refused'),
        parameters: keyed('parameters', plan.parameters, writeParameter),
        crediting: keyed('crediting', plan.crediting, (rule) => writeCreditRule(rule, references)),
        measures: keyed('measures', plan.measures, (measure) => writeMeasure(measure, plan.period)),
        quotas: named('quotas', plan.quotas, ({ measure }) => measure, writeQuota),
        tables: keyed('tables', plan.tables, writeTable),
        components: keyed('components', plan.components, (component) =>
            writeComponent(component, plan.period, references)
        ),
        payout: keyed('payout', plan.payout, (step) => writePayoutStep(step, plan.period)),
        figures: keyed('figures', plan.figures, ({ per, value }) => ({ per, value: writeExpression(value) }))
    };
}

function referred(part: Written, reference: string | undefined): Written {
    return reference === undefined ? part : { ...(part as object), reference };
}

function writeParameter({ values }: Plan['parameters'][number]): Written {
    const [only, ...more] = values;
    if (only && more.length === 0 && only.from === null) return { value: writeExpression(only.value) };
    return {
        values: values.map(({ from, value }) => ({ from: from ?? undefined, value: writeExpression(value) }))
    };
}

function writeCreditRule(rule: CreditRule, references: Plan['references']): Written {
    const bringsShares = ['splits', 'handOver', 'touches'].includes(rule.to.kind);
    return {
        when: figureOf(rule.when),
        to: writeTarget(rule.to),
        share: figureOf(rule.share),
        total: unless(rule.total, bringsShares ? 'whole' : 'any'),
        before:
            rule.before.length === 0
                ? undefined
                : rule.before.map(({ key, when, amount }) => ({
                      key,
                      when: figureOf(when),
                      amount: writeExpression(amount),
                      reference: references[`crediting.${rule.key}.before.${key}`]
                  })),
        payable: figureOf(rule.payable),
        quota: figureOf(rule.quota),
        count: figureOf(rule.count),
        only: rule.only.length === 0 ? undefined : rule.only
    };
}

function writeTarget(to: CreditTarget): Written {
    switch (to.kind) {
        case 'owner':
        case 'splits':
            return to.kind;
        case 'role':
            return { role: to.role };
        case 'payee':
            return { payee: to.payee };
        case 'payees':
            return { payees: writeExpression(to.when) };
        case 'manager':
            return { manager: to.of, levels: String(to.levels) };
        case 'handOver':
            return { handOver: to.by, from: to.from === 'owner' ? undefined : to.from };
        case 'touches': {
            const { method } = to;
            const from = to.from.length > 1 ? [...to.from] : to.from[0];
            if (method.method !== 'position') return { touches: method.method, from };
            const { first, last } = method;
            return { touches: { first: writeExpression(first), last: writeExpression(last) }, from };
        }
    }
}

function writeMeasure(measure: Measure, period: Interval): Written {
    const { window } = measure;
    return {
        of: writeExpression(measure.of),
        when: figureOf(measure.when),
        interval: window ? undefined : unless(measure.interval, period),
        window: window ? { months: String(window.months), until: window.until } : undefined,
        by: measure.by ?? undefined,
        divideBy: figureOf(measure.divideBy)
    };
}

function writeQuota(quota: Quota): Written {
    return {
        amount: figureOf(quota.amount),
        ramp:
            quota.ramp.length === 0
                ? undefined
                : quota.ramp.map(({ fromMonth, amount }) => ({
                      fromMonth: String(fromMonth),
                      amount: writeExpression(amount)
                  })),
        seasonality: quota.seasonality.length === 0 ? undefined : quota.seasonality.map(writeExpression),
        prorate: unless(quota.prorate, 'none')
    };
}

function writeTable(table: RateTable): Written {
    return {
        mode: table.mode,
        boundary: unless(table.boundary, 'lower'),
        scale: figureOf(table.scale),
        columns:
            table.columns.length === 0
                ? undefined
                : table.columns.map(({ from, to }) => ({ from: writeExpression(from), to: figureOf(to) })),
        rows: table.rows.map((row) => ({ ...writeBounds(row, table), ...writeValues(row.values) }))
    };
}

function writeBounds({ from, to }: TableRow, { mode }: RateTable): Record<string, string | undefined> {
    return mode === 'interpolated'
        ? { at: writeExpression(from) }
        : { from: writeExpression(from), to: figureOf(to) };
}

function writeValues(values: Expression[]): Written & object {
    return values.length === 1
        ? { value: writeExpression(values[0]!) }
        : { values: values.map(writeExpression) };
}
