// The fixed words of the plan language that reading, checking, writing and explaining share.
import type { Component, Interval, Measure, PayoutStep, Quota, TableMode } from './plan.ts';

export const INTERVALS: readonly Interval[] = ['week', 'month', 'quarter', 'half-year', 'year', 'plan'];
export const MEASURE_INTERVALS: readonly Measure['interval'][] = [...INTERVALS, 'credit'];
export const TABLE_MODES: readonly TableMode[] = ['marginal', 'slab', 'step', 'interpolated', 'proportional'];
export const PRORATIONS: readonly Quota['prorate'][] = ['none', 'days', 'months'];
export const PER: readonly Component['per'][] = ['credit', 'period'];

/** Kinds of payout steps; each is written as the key of the same name. */
export const PAYOUT_KINDS: readonly PayoutStep['kind'][] = [
    'add',
    'limit',
    'multiply',
    'draw',
    'advance',
    'carryNegative',
    'deferral',
    'clawback',
    'grossUp'
];

/** `effective.from` of plans that do not say when they begin. */
export const NO_BEGINNING = '0001-01-01';

/** Figures of a credit that are numbers of things, not money. */
export const COUNTED_FIELDS: ReadonlySet<string> = new Set(['countCredit', 'units']);
