// The scorecard of one row in one month: dimensions, metrics, score, what capped it, and what is wrong with it.
import type { Problem } from '../../problem.ts';
import { Ratio } from '../../ratio.ts';
import { monthKeyOf } from '../months.ts';
import { segmentAt } from '../roster.ts';
import type { ScoreOutcome } from '../scoring.ts';
import { tenthsOf } from '../columns/score-pass.ts';
import { trendOf } from '../trend.ts';
import type { Fact, MetricResult, RoleKey, Scorecard, Template } from '../types.ts';
import { unitsRatio } from '../units.ts';
import type { CardContext } from './card-context.ts';
import { metricResult } from './metric-result.ts';
import { dimensionOfKind, extraMetrics } from './shown-metrics.ts';

/** Null where the row has no days or the role no template. The person of the row must be loaded. */
export function buildCard(context: CardContext, row: number, period: number): Scorecard | null {
    const { book, cohorts, scores, asOf } = context;
    const { grid, roster, rowDays } = book;
    const cell = row * grid.count + period;
    const days = rowDays.days[cell]!;
    const role = cohorts.roleOf(row, period);
    const template = book.registry.templateOf(role);
    const outcome = days === 0 ? null : scores.exactly(row, period);
    if (!template || !outcome) return null;
    const person = roster.people[roster.rowPerson[row]!]!;
    const { from, to } = daysOf(context, row, period);
    const facts = factsBehind(context, person.id, role);
    const metrics = resultsOf(context, template, row, period, facts);
    const rampMonth = cohorts.rampMonth(row, period);
    const month = monthKeyOf(grid.firstMonth + period);
    const history = Array.from({ length: period + 1 }, (_, at) => scoreAt(context, row, at));
    return {
        person: person.id,
        month,
        role,
        templateVersion: template.version,
        status: asOf >= grid.starts[period + 1]! ? 'closed' : 'open',
        from,
        to,
        days,
        daysOfMonth: grid.starts[period + 1]! - grid.starts[period]!,
        managers: managersOf(context, row, period),
        isRamping: rampMonth !== null,
        rampMonth,
        score: tenthsOf(outcome.score),
        exactScore: outcome.score,
        coverage: outcome.coverage,
        trend: trendOf(history),
        previousScore: history.at(-2) ?? null,
        percentile: null,
        peers: 0,
        cappedBy: outcome.cappedBy,
        overriddenBy: outcome.overriddenBy,
        dimensions: template.dimensions.map(({ dimension, weight }, index) => ({
            dimension,
            weight,
            score: outcome.dimensions[index]!.score,
            coverage: outcome.dimensions[index]!.coverage
        })),
        metrics,
        problems: [
            ...coverageProblems(outcome, template, person.id, month),
            ...partProblems(context, metrics, person.id, month),
            ...teamProblems(context, role, person.id, period, month)
        ]
    };
}

/** First and last day of the row in the period, for the line that says which days count. */
function daysOf({ book, asOf }: CardContext, row: number, period: number): { from: number; to: number } {
    const { segmentStart, segments, rowPerson } = book.roster;
    const person = rowPerson[row]!;
    const [start, end] = [book.grid.starts[period]!, Math.min(book.grid.starts[period + 1]!, asOf + 1)];
    const own = segments
        .slice(segmentStart[person], segmentStart[person + 1])
        .filter((one) => one.row === row && one.from < end && one.to > start);
    return { from: Math.max(start, own[0]!.from), to: Math.min(end, own.at(-1)!.to) };
}

/** Each manager's days, in the order they managed. */
function managersOf({ book, asOf }: CardContext, row: number, period: number): Scorecard['managers'] {
    const { segmentStart, segments, rowPerson } = book.roster;
    const person = rowPerson[row]!;
    const [start, end] = [book.grid.starts[period]!, Math.min(book.grid.starts[period + 1]!, asOf + 1)];
    const days = new Map<string, number>();
    for (const one of segments.slice(segmentStart[person], segmentStart[person + 1])) {
        const counted = Math.min(one.to, end) - Math.max(one.from, start);
        if (one.row !== row || one.manager === null || counted <= 0) continue;
        days.set(one.manager, (days.get(one.manager) ?? 0) + counted);
    }
    return [...days].map(([manager, count]) => ({ manager, days: count }));
}

/** A manager's team metrics rest on the facts of the team, on the days the people reported to them. */
function factsBehind({ book, factsOf }: CardContext, person: string, role: RoleKey): readonly Fact[] {
    const own = factsOf.get(person) ?? [];
    if (role !== 'manager') return own;
    const ofTeam = book.roster.people.flatMap(({ id, managers }) => {
        const days = managers.filter(({ manager }) => manager === person);
        if (days.length === 0) return [];
        return (factsOf.get(id) ?? []).filter(({ day }) =>
            days.some(({ from, to }) => from <= day && (to === null || day < to))
        );
    });
    return [...own, ...ofTeam];
}

function resultsOf(
    context: CardContext,
    template: Template,
    row: number,
    period: number,
    facts: readonly Fact[]
): MetricResult[] {
    const { registry } = context.book;
    const place = { row, period, cap: template.cap };
    const scored = template.dimensions.flatMap(({ dimension, weight, metrics }) =>
        metrics.map((one) => ({
            ...place,
            dimension,
            metric: registry.metricIds.indexOf(one.metric),
            weight: weight.times(one.weight)
        }))
    );
    const extra = extraMetrics(registry, template, context.book.grid.starts[period]!).map((definition) => ({
        ...place,
        dimension: dimensionOfKind(definition.kind),
        metric: registry.metricIds.indexOf(definition.id),
        weight: Ratio.ZERO
    }));
    return [...scored, ...extra]
        .filter(({ metric }) => context.book.versionAt(metric, period) !== null)
        .map((one) => metricResult(context, one, scopeFacts(context, one.metric, period, row, facts)));
}

/** The team's for metrics of the team; else the person's own in this role, and levels whenever they were told. */
function scopeFacts(
    { book }: CardContext,
    metric: number,
    period: number,
    row: number,
    facts: readonly Fact[]
): readonly Fact[] {
    const { roster, registry } = book;
    const person = roster.rowPerson[row]!;
    const own = roster.people[person]!.id;
    if (book.versionAt(metric, period)!.scope === 'team') return facts.filter((fact) => fact.person !== own);
    return facts.filter(
        (fact) =>
            fact.person === own &&
            (registry.signals.get(fact.signal)!.grain === 'level' ||
                segmentAt(roster, person, fact.day)?.row === row)
    );
}

function scoreAt({ scores, book }: CardContext, row: number, period: number): number | null {
    const score = scores.scores[row * book.grid.count + period]!;
    return Number.isNaN(score) ? null : score;
}

function coverageProblems(
    { score, coverage }: ScoreOutcome,
    { leastCoverage }: Template,
    person: string,
    month: string
): Problem[] {
    if (score !== null) return [];
    const fix = `Bring in the data of the metrics without any; below ${leastCoverage} of the weights no score is told.`;
    return [
        { code: 'COVERAGE_TOO_LOW', where: `scorecard ${person} ${month}`, value: coverage.toString(), fix }
    ];
}

/** Parts sum to the whole exactly, or the difference is told. */
function partProblems(
    { book }: CardContext,
    metrics: readonly MetricResult[],
    person: string,
    month: string
): Problem[] {
    const valueOf = new Map(metrics.map(({ metric, value }) => [metric, value]));
    return book.registry.definitions.metrics.flatMap(({ id, parts }) => {
        const whole = valueOf.get(id);
        const values = parts.map((part) => valueOf.get(part));
        if (parts.length === 0 || whole === null || whole === undefined) return [];
        if (values.some((value) => value === null || value === undefined)) return [];
        const sum = values.reduce<number>((total, value) => total + value!, 0);
        if (sum === whole) return [];
        return [
            {
                code: 'PARTS_DIFFER',
                where: `scorecard ${person} ${month}, ${id}`,
                value: unitsRatio(whole - sum).toString(),
                fix: `Ask the source for what is missing: ${parts.join(' + ')} must be ${id}.`
            }
        ];
    });
}

function teamProblems(
    { book }: CardContext,
    role: RoleKey,
    person: string,
    period: number,
    month: string
): Problem[] {
    if (role !== 'manager') return [];
    const [start, end] = [book.grid.starts[period]!, book.grid.starts[period + 1]!];
    const reports = new Set<number>();
    book.roster.segments.forEach(({ manager, from, to, row }) => {
        if (manager === person && from < end && to > start) reports.add(book.roster.rowPerson[row]!);
    });
    if (reports.size > 1) return [];
    const where = `scorecard ${person} ${month}`;
    if (reports.size === 0)
        return [
            {
                code: 'MANAGER_WITHOUT_TEAM',
                where,
                value: '0',
                fix: 'Set the manager of the people they lead, or change their role.'
            }
        ];
    return [
        {
            code: 'TEAM_OF_ONE',
            where,
            value: '1',
            fix: 'Read the figures of the team as those of one person: they are no average.'
        }
    ];
}
