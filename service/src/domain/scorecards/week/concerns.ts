// What may need a manager, from what was found: early warnings of the person's own course, and standards missed beyond luck.
// Check-ins are no concern of this kind: they are not ranked, not counted in money, and lead to a question, not to a step.
import type { DayNumber } from '../../pipeline/types.ts';
import type { Direction } from '../types.ts';
import type { PersonAlert } from '../warnings/types.ts';
import type { Concern, EvidenceItem } from './types.ts';

/** One metric of a closed month that a standard is held against. */
export interface MissedStandard {
    person: string;
    metric: string;
    name: string;
    dimension: string;
    direction: Direction;
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
                words: `${one.name} is ${way} its standard: ${one.value}, at ${way === 'below' ? 'least' : 'most'} ${one.floor} (${one.n} observations).`,
                observed: one.value,
                baseline: one.floor,
                since: one.since,
                shortfall: gap,
                evidence: one.evidence
            }
        ];
    });
}
