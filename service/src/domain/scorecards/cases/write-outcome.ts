// Scorecards as JSON for cases and pages: every figure as the text that is shown.
import type { ScorecardOutcome } from '../build-scorecards.ts';
import { formatDay } from '../../calendar.ts';
import { Ratio } from '../../ratio.ts';
import { roundTo } from '../../rounding.ts';
import type { MetricResult, Scorecard, Units } from '../types.ts';
import { unitsText } from '../units.ts';

const HUNDREDTH = Ratio.of(1n, 100n);

export function outcomeAsJson({ cards, problems, rejected, duplicates, ramp }: ScorecardOutcome): string {
    return JSON.stringify({
        cards: Object.fromEntries(
            cards.map((card) => [`${card.person}:${card.month}:${card.role}`, cardOf(card)])
        ),
        problems: problems.map(({ code, where }) => ({ code, where })),
        rejected: rejected.map(({ problem: { code, where } }) => ({ code, where })),
        duplicates: String(duplicates),
        ramp: { months: String(ramp.months), basis: ramp.basis }
    });
}

function cardOf(card: Scorecard): object {
    return {
        status: card.status,
        days: `${card.days} of ${card.daysOfMonth}`,
        from: formatDay(card.from),
        to: formatDay(card.to),
        managers: Object.fromEntries(card.managers.map(({ manager, days }) => [manager, String(days)])),
        score: card.score === null ? null : String(card.score),
        coverage: percent(card.coverage),
        trend: card.trend,
        rampMonth: card.rampMonth === null ? null : String(card.rampMonth),
        percentile: card.percentile === null ? null : String(card.percentile),
        peers: String(card.peers),
        cappedBy: card.cappedBy,
        overriddenBy: card.overriddenBy,
        dimensions: Object.fromEntries(
            card.dimensions.map(({ dimension, score, coverage }) => [
                dimension,
                { score: score === null ? null : rounded(score), coverage: percent(coverage) }
            ])
        ),
        metrics: Object.fromEntries(card.metrics.map((result) => [result.metric, resultOf(result)])),
        problems: card.problems.map(({ code, value }) => ({ code, value }))
    };
}

function resultOf(result: MetricResult): object {
    return {
        version: String(result.version),
        value: text(result.value),
        n: String(result.n),
        low: text(result.low),
        high: text(result.high),
        floor: text(result.floor),
        target: text(result.target),
        status: result.status,
        attainment: result.attainment === null ? null : result.attainment.toString(),
        points: result.points === null ? null : rounded(result.points),
        trend: result.trend,
        percentile: result.percentile === null ? null : String(result.percentile),
        evidence: String(result.evidence.length),
        working: result.working.map(({ words, value }) => `${words}: ${value}`)
    };
}

function text(units: Units | null): string | null {
    return units === null ? null : unitsText(units);
}

function rounded(ratio: Ratio): string {
    return roundTo(ratio, HUNDREDTH, 'half-up').toString();
}

function percent(ratio: Ratio): string {
    return rounded(ratio.times(Ratio.of(100n)));
}
