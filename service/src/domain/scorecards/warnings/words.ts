// What a warning says, in one sentence of at most 255 characters. A check-in is a reason to ask, never a finding: it says what is
// recorded, and that there may be good reasons.
import { formatDay } from '../../calendar.ts';
import type { Break, WatchedMetric } from './types.ts';

const LONGEST = 255;

export function warningWords(broken: Break, metric: WatchedMetric): string {
    const way = broken.observed < broken.usual ? 'lower' : 'higher';
    const now = figure(broken.observed, metric);
    const usual = figure(broken.usual, metric);
    return within(
        `${metric.name} has been ${way} than this person's usual since ${formatDay(broken.since)}: ` +
            `${now}, usually ${usual} (${count(broken.n)} ${metric.nWords}).`
    );
}

export function checkInWords(broken: Break, metric: WatchedMetric): string {
    return within(
        `Less recorded than usual since ${formatDay(broken.since)}: ${figure(broken.observed, metric)} ` +
            `${metric.name.toLowerCase()}, usually ${figure(broken.usual, metric)}. There may be good reasons. ` +
            'Ask how things are and what would help.'
    );
}

/** Three significant digits, as people read them. */
export function figure(value: number, metric: Pick<WatchedMetric, 'scale' | 'whole'>): string {
    const rounded = Number(value.toPrecision(3));
    if (metric.scale === 'share') return `${Number(((value / metric.whole) * 100).toPrecision(3))} %`;
    return metric.scale === 'count' ? `${rounded} a week` : String(rounded);
}

function count(n: number): string {
    return String(Math.round(n));
}

function within(text: string): string {
    return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
