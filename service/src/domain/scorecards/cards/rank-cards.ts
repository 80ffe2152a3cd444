// Percentiles of finished scorecards of one month: among people of the same role who are not in their ramp, score by score and metric by
// metric. Whole months are compared with whole months, so who held the role for part of one has no rank.
import { standings, type Peer, type Standing } from '../percentile.ts';
import type { MetricDefinition, MetricResult, Person, Scorecard } from '../types.ts';

export function rankCards(
    cards: readonly Scorecard[],
    people: ReadonlyMap<string, Person>,
    definitionOf: (metric: string) => MetricDefinition | undefined
): Scorecard[] {
    const groups = Map.groupBy(cards, ({ month, role }) => `${month} ${role}`);
    const ranks = new Map([...groups].map(([key, group]) => [key, ranksOf(group, people, definitionOf)]));
    return cards.map((card) => {
        const { score, metrics } = ranks.get(`${card.month} ${card.role}`)!;
        const own = score.get(card.person);
        return {
            ...card,
            percentile: own?.percentile ?? null,
            peers: own?.peers ?? 0,
            metrics: card.metrics.map((result) =>
                ranked(result, metrics.get(result.metric)?.get(card.person))
            )
        };
    });
}

function ranked(result: MetricResult, standing: Standing | undefined): MetricResult {
    return standing ? { ...result, percentile: standing.percentile, peers: standing.peers } : result;
}

function ranksOf(
    group: readonly Scorecard[],
    people: ReadonlyMap<string, Person>,
    definitionOf: (metric: string) => MetricDefinition | undefined
): { score: Map<string, Standing>; metrics: Map<string, Map<string, Standing>> } {
    const whole = group.filter(({ isRamping, days, daysOfMonth }) => !isRamping && days === daysOfMonth);
    const unitOf = (person: string): string | null => people.get(person)?.unit ?? null;
    const peers = new Map<string, Peer[]>();
    for (const { person, metrics } of whole)
        for (const { metric, value } of metrics) {
            const direction = definitionOf(metric)?.direction;
            if (value === null || direction === undefined || direction === 'band') continue;
            const list = peers.get(metric) ?? [];
            peers.set(metric, list);
            list.push({ person, unit: unitOf(person), value: direction === 'down' ? -value : value });
        }
    const scored = whole.flatMap(({ person, score }) =>
        score === null ? [] : [{ person, unit: unitOf(person), value: score }]
    );
    return {
        score: standings(scored),
        metrics: new Map([...peers].map(([metric, list]) => [metric, standings(list)]))
    };
}
