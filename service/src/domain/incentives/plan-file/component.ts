// Components of a plan file: base, rates, factors, gates, limits. When they are paid is in component-timing.ts.
import type { Component, Gate, Interval, Limit, Pool, RateChoice } from '../plan.ts';
import { INTERVALS, PER } from '../vocabulary.ts';
import { readAmortisation, readChargeback, readSchedule } from './component-timing.ts';
import { readKeyed } from './keyed.ts';
import type { Reading } from './part-reader.ts';
import { PartReader, readExpression, textOf } from './part-reader.ts';
import type { Tree } from './tree.ts';

export function readComponent(part: PartReader, key: string, period: Interval): Component {
    return {
        key,
        name: part.text('name') ?? key,
        per: part.needChoice('per', PER, 'period'),
        credits: part.words('credits'),
        when: part.expression('when'),
        pays: part.truth('pays', true),
        base: part.expression('base'),
        rates: ratesOf(part),
        rateAdjustments: readKeyed(part, 'rateAdjustments', (item, name) => ({
            key: name,
            when: item.expression('when'),
            add: item.needExpression('add', '-2%')
        })),
        rateFloor: part.expression('rateFloor'),
        rateCeiling: part.expression('rateCeiling'),
        factors: readKeyed(part, 'factors', (item, name) => ({
            key: name,
            when: item.expression('when'),
            value: item.needExpression('value', '50%')
        })),
        gates: readKeyed(part, 'gates', readGate),
        pool: part.part('pool', readPool),
        limits: limitsOf(part, period),
        toDate: part.has('toDate') ? part.choice('toDate', INTERVALS, period) : null,
        chargeback: part.part('chargeback', readChargeback),
        schedule: part.part('schedule', readSchedule),
        amortisation: part.part('amortisation', readAmortisation)
    };
}

/** `6%`, one map, or a list of alternatives. */
function ratesOf(part: PartReader): RateChoice[] {
    const tree = part.tree('rate');
    if (tree === null) return [];
    if (tree.kind === 'list') return part.list('rate', (item, place) => readRate(item, place, part.reading));
    const rate = readRate(tree, part.placeOf('rate'), part.reading);
    return rate === null ? [] : [rate];
}

function readRate(tree: Tree, place: string, reading: Reading): RateChoice | null {
    if (tree.kind === 'text')
        return { when: null, kind: 'value', value: readExpression(tree, place, reading) };
    return PartReader.read(tree, place, reading, rateInMap);
}

function rateInMap(part: PartReader): RateChoice {
    const when = part.expression('when');
    if (!part.has('table')) return { when, kind: 'value', value: part.needExpression('value', '6%') };
    const at = part.needExpression('at', 'measure.bookings');
    const isMeasure = at.kind === 'name' && at.path.length === 2 && at.path[0] === 'measure';
    return {
        when,
        kind: 'table',
        table: part.text('table') ?? '',
        at: isMeasure ? { measure: at.path[1]! } : { value: at },
        columnAt: part.expression('column'),
        position: part.choice('position', ['before', 'after'], 'after')
    };
}

function readGate(part: PartReader, key: string): Gate {
    return {
        key,
        when: part.needExpression('when', 'fact.nrr >= 90%'),
        otherwise: otherwiseOf(part),
        waivable: part.truth('waivable', false)
    };
}

function otherwiseOf(part: PartReader): Gate['otherwise'] {
    const tree = part.tree('otherwise');
    if (tree === null || (tree.kind === 'text' && tree.text === 'zero')) return { kind: 'zero' };
    const inMap = tree.kind === 'map' ? part.part('otherwise', otherwiseInMap) : null;
    if (tree.kind !== 'map')
        part.report(
            'CHOICE_UNKNOWN',
            'otherwise',
            textOf(tree),
            'Write zero, { cap: x } or { multiply: x }.'
        );
    return inMap ?? { kind: 'zero' };
}

function otherwiseInMap(part: PartReader): Gate['otherwise'] {
    if (part.has('cap') && !part.has('multiply'))
        return { kind: 'cap', at: part.needExpression('cap', 'payee.targetIncentive') };
    return { kind: 'multiply', by: part.needExpression('multiply', '50%') };
}

function readPool(part: PartReader): Pool {
    return {
        amount: part.needExpression('amount', 'fact.pool'),
        among: part.expression('among'),
        by: part.expression('by')
    };
}

/** A limit without a key is called by its scope: `credit`, `cumulative`, and `cumulative2` for a second one. */
function limitsOf(part: PartReader, period: Interval): Limit[] {
    const taken = new Set<string>();
    return part.parts('limits', (limit) => {
        const scope = limit.needChoice('scope', ['credit', 'period', 'cumulative'] as const, 'period');
        if (scope === 'cumulative' && !limit.has('interval')) limit.reportMissing('interval', 'year');
        return {
            key: limit.text('key') ?? freeKey(scope, taken),
            scope,
            interval: limit.choice('interval', INTERVALS, period),
            least: limit.expression('least'),
            most: limit.expression('most'),
            beyond: limit.expression('beyond')
        };
    });
}

function freeKey(scope: string, taken: Set<string>): string {
    let key = scope;
    for (let count = 2; taken.has(key); count++) key = `${scope}${count}`;
    taken.add(key);
    return key;
}
