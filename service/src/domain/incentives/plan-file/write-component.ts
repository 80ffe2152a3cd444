// A component as it stands in a plan file; read again by component.ts and component-timing.ts.
import type { Component, Gate, Interval, Limit, Plan, RateChoice, Schedule } from '../plan.ts';
import { writeExpression } from './write-expression.ts';
import { figureOf, listOrNothing, unless, type Written } from './written.ts';

export function writeComponent(
    component: Component,
    period: Interval,
    references: Plan['references']
): Written {
    const { key, pool, chargeback, schedule, amortisation } = component;
    const referenceOf = (list: string, name: string): string | undefined =>
        references[`components.${key}.${list}.${name}`];
    return {
        name: unless(component.name, key),
        per: component.per,
        credits: listOrNothing(component.credits, (rule) => rule),
        when: figureOf(component.when),
        pays: component.pays ? undefined : 'false',
        base: figureOf(component.base),
        rate: writeRates(component.rates),
        rateAdjustments: listOrNothing(component.rateAdjustments, (item) => ({
            key: item.key,
            when: figureOf(item.when),
            add: writeExpression(item.add),
            reference: referenceOf('rateAdjustments', item.key)
        })),
        rateFloor: figureOf(component.rateFloor),
        rateCeiling: figureOf(component.rateCeiling),
        factors: listOrNothing(component.factors, (item) => ({
            key: item.key,
            when: figureOf(item.when),
            value: writeExpression(item.value),
            reference: referenceOf('factors', item.key)
        })),
        gates: listOrNothing(component.gates, (gate) => writeGate(gate, referenceOf('gates', gate.key))),
        limits: listOrNothing(component.limits, (limit) => writeLimit(limit, period)),
        toDate: component.toDate ?? undefined,
        pool: pool
            ? { amount: writeExpression(pool.amount), among: figureOf(pool.among), by: figureOf(pool.by) }
            : undefined,
        chargeback: chargeback
            ? {
                  windowMonths: figureOf(chargeback.windowMonths),
                  part: writeExpression(chargeback.part),
                  reducesMeasures: String(chargeback.reducesMeasures)
              }
            : undefined,
        schedule: schedule ? writeSchedule(schedule) : undefined,
        amortisation: amortisation
            ? {
                  months: writeExpression(amortisation.months),
                  expedientMonths: amortisation.expedientMonths?.toString()
              }
            : undefined
    };
}

function writeRates(rates: RateChoice[]): Written {
    if (rates.length > 1) return rates.map(writeRate);
    const [only] = rates;
    if (only?.kind === 'value' && only.when === null) return writeExpression(only.value);
    return only ? writeRate(only) : undefined;
}

function writeRate(rate: RateChoice): Written {
    const when = figureOf(rate.when);
    if (rate.kind === 'value') return { when, value: writeExpression(rate.value) };
    return {
        when,
        table: rate.table,
        at: 'measure' in rate.at ? `measure.${rate.at.measure}` : writeExpression(rate.at.value),
        column: figureOf(rate.columnAt),
        position: unless(rate.position, 'after')
    };
}

function writeGate({ key, when, otherwise, waivable }: Gate, reference: string | undefined): Written {
    return {
        key,
        when: writeExpression(when),
        otherwise: writeOtherwise(otherwise),
        waivable: waivable ? 'true' : undefined,
        reference
    };
}

function writeOtherwise(otherwise: Gate['otherwise']): Written {
    switch (otherwise.kind) {
        case 'zero':
            return 'zero';
        case 'cap':
            return { cap: writeExpression(otherwise.at) };
        case 'multiply':
            return { multiply: writeExpression(otherwise.by) };
    }
}

function writeLimit({ key, scope, interval, least, most, beyond }: Limit, period: Interval): Written {
    return {
        key,
        scope,
        interval: scope === 'cumulative' ? interval : unless(interval, period),
        least: figureOf(least),
        most: figureOf(most),
        beyond: figureOf(beyond)
    };
}

function writeSchedule(schedule: Schedule): Written {
    if (schedule.kind === 'release')
        return { release: schedule.parts.map(({ on, share }) => ({ on, share: writeExpression(share) })) };
    return {
        instalments: schedule.parts.map(({ afterPeriods, share }) => ({
            after: String(afterPeriods),
            share: writeExpression(share)
        }))
    };
}
