// What a playbook must keep to together with the definitions: watches only what is on the list of signals, happens on days and was not
// said in confidence; names metrics that exist; and never warns, with a score in sight, of how much somebody does.
import { didYouMean } from '../../incentives/nearest.ts';
import type { Problem } from '../../problem.ts';
import type { Definitions } from '../checks/check-definitions.ts';
import type { MetricKind, Signal } from '../types.ts';
import type { WatchedWeekly } from '../warnings/weekly-series.ts';
import type { Playbook } from './types.ts';

const FILE = 'playbook.yaml';

export function checkPlaybook(playbook: Playbook, definitions: Definitions): Problem[] {
    const signals = new Map(definitions.signals.map((signal) => [signal.id, signal]));
    const kinds = new Map(definitions.metrics.map(({ id, kind }) => [id, kind]));
    const named = [
        ...playbook.watch.map(({ id }) => ({ where: `${FILE}: watch ${id}`, metric: id })),
        ...playbook.steps.flatMap(({ key, metrics }) =>
            metrics.map((metric) => ({ where: `${FILE}: step ${key}`, metric }))
        ),
        ...[...playbook.shortlist.reaches.keys()].map((metric) => ({
            where: `${FILE}: shortlist.reaches`,
            metric
        }))
    ];
    return [
        ...named
            .filter(({ metric }) => !kinds.has(metric))
            .map(({ where, metric }) => ({
                code: 'METRIC_UNKNOWN',
                where,
                value: metric,
                fix: `${didYouMean(metric, kinds.keys())}Name a metric of the registry.`
            })),
        ...playbook.watch.flatMap((watched) => checkWatched(watched, signals, kinds.get(watched.id)))
    ];
}

function checkWatched(
    watched: WatchedWeekly,
    signals: ReadonlyMap<string, Signal>,
    kind: MetricKind | undefined
): Problem[] {
    const where = `${FILE}: watch ${watched.id}`;
    const problems = watched.weekly.signals.flatMap((id) =>
        checkSignal(id, signals.get(id), watched, where, signals)
    );
    // How much somebody does is no finding about him: a drop is a reason to ask.
    if (kind === 'leading' && watched.as === 'warning')
        problems.push({
            code: 'ACTIVITY_IS_CHECK_IN',
            where,
            value: watched.as,
            fix: 'Write as: check-in, or watch what clients and reviews say instead.'
        });
    return problems;
}

function checkSignal(
    id: string,
    signal: Signal | undefined,
    { weekly }: WatchedWeekly,
    where: string,
    signals: ReadonlyMap<string, Signal>
): Problem[] {
    if (!signal) {
        const fix = `${didYouMean(id, signals.keys())}Use a signal of the list, or add it there with its purpose.`;
        return [{ code: 'SIGNAL_NOT_ALLOWED', where, value: id, fix }];
    }
    const problems: Problem[] = [];
    if (signal.isAnonymous) {
        const fix = 'Watch something else: week by week it could be told who said it.';
        problems.push({ code: 'SIGNAL_ANONYMOUS', where, value: id, fix });
    }
    if (signal.grain === 'level') {
        const fix = 'Watch what happens on days; a level holds until the next one.';
        problems.push({ code: 'SIGNAL_IS_LEVEL', where, value: id, fix });
    }
    for (const [name, value] of Object.entries(weekly.hits)) {
        const known = signal.attributes[name] ?? [];
        if (known.includes(value)) continue;
        const fix = `${didYouMean(value, known)}${id} has ${name}: ${known.join(', ') || 'nothing'}.`;
        problems.push({ code: 'FILTER_UNKNOWN', where, value: `${name}: ${value}`, fix });
    }
    return problems;
}
