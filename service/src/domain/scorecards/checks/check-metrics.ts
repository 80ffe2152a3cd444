// What metrics must keep to: signals that are allowed, filters they have, versions that do not overlap, parts that exist.
import { formatDay } from '../../calendar.ts';
import { didYouMean } from '../../incentives/nearest.ts';
import type { Problem } from '../../problem.ts';
import type { FigureFormula, Formula } from '../formula.ts';
import { figuresOf } from '../formula-parts.ts';
import type { MetricDefinition, Signal } from '../types.ts';

export function checkMetrics(
    metrics: readonly MetricDefinition[],
    signals: ReadonlyMap<string, Signal>
): Problem[] {
    const ids = new Set(metrics.map(({ id }) => id));
    return [
        ...metrics.flatMap((metric) => [
            ...checkFigures(metric, signals),
            ...checkInterval(metric),
            ...checkParts(metric, ids)
        ]),
        ...checkVersions(metrics)
    ];
}

export function placeOf({ id, version }: MetricDefinition): string {
    return `metric ${id} version ${version}`;
}

function checkFigures(metric: MetricDefinition, signals: ReadonlyMap<string, Signal>): Problem[] {
    const where = placeOf(metric);
    return figuresOf(metric.formula).flatMap((figure) => {
        const signal = signals.get(figure.signal);
        if (!signal) {
            const fix = `${didYouMean(figure.signal, signals.keys())}Use a signal of the list, or add it there with its purpose.`;
            return [{ code: 'SIGNAL_NOT_ALLOWED', where, value: figure.signal, fix }];
        }
        return [
            ...checkGrain(figure, signal, where),
            ...checkFilter(figure, signal, where),
            ...checkRaters(metric, signal, where),
            ...checkTeam(metric, figure, where)
        ];
    });
}

function checkGrain({ figure }: FigureFormula, { id, grain }: Signal, where: string): Problem[] {
    const isLevel = figure === 'latest' || figure === 'opening';
    if (isLevel === (grain === 'level')) return [];
    const fix =
        grain === 'level' ? 'Take its latest, opening or change.' : 'Take its sum, count, mean or quantile.';
    return [{ code: 'FIGURE_MISMATCH', where, value: `${figure} of ${id}`, fix }];
}

function checkFilter({ filter }: FigureFormula, signal: Signal, where: string): Problem[] {
    return Object.entries(filter.attributes).flatMap(([name, values]) => {
        const known = signal.attributes[name] ?? [];
        return values
            .filter((value) => !known.includes(value))
            .map((value) => ({
                code: 'FILTER_UNKNOWN',
                where,
                value: `${name}: ${value}`,
                fix: `${didYouMean(value, known)}${signal.id} has ${name}: ${known.join(', ') || 'nothing'}.`
            }));
    });
}

function checkRaters(metric: MetricDefinition, signal: Signal, where: string): Problem[] {
    if (!signal.isAnonymous || metric.minimumN >= signal.leastRaters) return [];
    const fix = `Write minimumN: ${signal.leastRaters}, as ${signal.id} is anonymous.`;
    return [{ code: 'TOO_FEW_RATERS', where, value: String(metric.minimumN), fix }];
}

/** Figures of teams are sums that people can be taken out of and put back into. */
function checkTeam({ scope }: MetricDefinition, { figure, signal }: FigureFormula, where: string): Problem[] {
    if (scope === 'own' || figure === 'sum' || figure === 'count' || figure === 'mean') return [];
    const fix = 'Take sums, counts or means of a team; levels and quantiles of teams are not supported.';
    return [{ code: 'TEAM_FIGURE', where, value: `${figure} of ${signal}`, fix }];
}

/** A share of 100: what an interval can be given for. */
export function shareOf(formula: Formula): { hits: Formula; of: Formula } | null {
    if (formula.kind !== 'times' || formula.parts.length !== 2) return null;
    const [hundred, ratio] = formula.parts as [Formula, Formula];
    if (hundred.kind !== 'number' || ratio.kind !== 'ratio') return null;
    return { hits: ratio.parts[0]!, of: ratio.parts[1]! };
}

function checkInterval(metric: MetricDefinition): Problem[] {
    if (metric.interval === 'none' || shareOf(metric.formula)) return [];
    const fix = 'Write the formula as percent: [ part, whole ] of counts, or leave the interval out.';
    return [{ code: 'INTERVAL_OF_NO_SHARE', where: placeOf(metric), value: 'wilson', fix }];
}

function checkParts(metric: MetricDefinition, ids: ReadonlySet<string>): Problem[] {
    return metric.parts
        .filter((part) => !ids.has(part))
        .map((value) => ({
            code: 'METRIC_UNKNOWN',
            where: `${placeOf(metric)}, parts`,
            value,
            fix: `${didYouMean(value, ids)}Name metrics of this registry.`
        }));
}

function checkVersions(metrics: readonly MetricDefinition[]): Problem[] {
    const byId = Map.groupBy(metrics, ({ id }) => id);
    return [...byId.values()].flatMap((versions) => {
        const ordered = versions.toSorted((a, b) => a.effectiveFrom - b.effectiveFrom);
        return ordered.flatMap((version, index) => checkVersion(version, ordered[index + 1], versions));
    });
}

function checkVersion(
    version: MetricDefinition,
    next: MetricDefinition | undefined,
    all: readonly MetricDefinition[]
): Problem[] {
    const where = placeOf(version);
    const problems: Problem[] = [];
    if (all.filter((other) => other.version === version.version)[0] !== version)
        problems.push({
            code: 'VERSION_TWICE',
            where,
            value: String(version.version),
            fix: 'Number each version once.'
        });
    const { effectiveFrom, effectiveTo } = version;
    if (effectiveTo !== null && effectiveTo <= effectiveFrom)
        problems.push({
            code: 'DATES_REVERSED',
            where,
            value: formatDay(effectiveTo),
            fix: 'Let it end after it begins.'
        });
    if (next && (effectiveTo === null || next.effectiveFrom < effectiveTo))
        problems.push({
            code: 'VERSIONS_OVERLAP',
            where,
            value: effectiveTo === null ? 'open end' : formatDay(effectiveTo),
            fix: `End it on ${formatDay(next.effectiveFrom)}, when version ${next.version} begins.`
        });
    return problems;
}
