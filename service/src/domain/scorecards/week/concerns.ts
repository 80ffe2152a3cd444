// What may need a manager, from what was found: early warnings of the person's own course, and standards missed beyond luck.
// Check-ins are no concern of this kind: they are not ranked, not counted in money, and lead to a question, not to a step.
import type { DayNumber } from '../../pipeline/types.ts';
import type { Direction, UnitName } from '../types.ts';
import type { PersonAlert } from '../warnings/types.ts';
import type { Concern, EvidenceItem } from './types.ts';

/** One metric of a closed month that a standard is held against. */
export interface MissedStandard {
    person: string;
    metric: string;
    name: string;
    dimension: string;
    direction: Direction;
    unit: UnitName;
    value: number;
    /** end of the interval that is kinder to the person; the value itself where there is no interval */
    kindest: number;
    floor: number;
    n: number;
    minimumN: number;
    /** first day of the month it has been missed since */
    since: DayNumber;
    evidence: readonly EvidenceItem[];
}

export function concernsOfWarnings(
    alerts: readonly PersonAlert[],
    dimensionOf: (metric: string) => string,
    evidenceOf: (person: string, metric: string, since: DayNumber) => readonly EvidenceItem[]
): Concern[] {
    return alerts.flatMap(({ warnings }) =>
        warnings.map(({ person, metric, words, observed, usual, since }) => ({
            person,
            metric,
            dimension: dimensionOf(metric),
            words,
            observed,
            baseline: usual,
            since,
            shortfall: Math.abs(observed - usual) / Math.max(Math.abs(usual), Number.MIN_VALUE),
            evidence: evidenceOf(person, metric, since)
        }))
    );
}

/** Nothing of people in their ramp, of too few observations, or where even the kinder end of the interval could be met. */
export function concernsOfStandards(
    missed: readonly MissedStandard[],
    ramping: ReadonlySet<string>
): Concern[] {
    return missed.flatMap((one) => {
        if (ramping.has(one.person) || one.n < one.minimumN || one.direction === 'band') return [];
        const isMissed = one.direction === 'up' ? one.kindest < one.floor : one.kindest > one.floor;
        if (!isMissed) return [];
        const way = one.direction === 'up' ? 'below' : 'above';
        const gap = Math.abs(one.value - one.floor) / Math.max(Math.abs(one.floor), 1);
        return [
            {
                person: one.person,
                metric: one.metric,
                dimension: one.dimension,
                words: `${one.name} is ${way} its standard: ${figure(one.value, one.unit)}, at ${way === 'below' ? 'least' : 'most'} ${figure(one.floor, one.unit)}${basis(one)}.`,
                observed: one.value,
                baseline: one.floor,
                since: one.since,
                shortfall: gap,
                evidence: one.evidence
            }
        ];
    });
}

const UNIT_WORDS: Partial<Record<UnitName, string>> = { percent: ' %', hours: ' hours', days: ' days' };

/** As people say it: `66.7 %`, `175,000`. */
function figure(value: number, unit: UnitName): string {
    const digits = Math.abs(value) >= 1000 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
    const number = value.toLocaleString('en-GB', { maximumFractionDigits: digits });
    return `${number}${UNIT_WORDS[unit] ?? ''}`;
}

/** A count is its own number of observations. */
function basis({ n, unit }: MissedStandard): string {
    return unit === 'count' || n === 0 ? '' : ` (${n === 1 ? '1 observation' : `${n} observations`})`;
}
