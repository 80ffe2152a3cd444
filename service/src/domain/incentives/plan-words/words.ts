// Small words of plans: keys as words, intervals, percentages, lists.
import type { Expression } from '../expression.ts';
import type { Interval, Measure } from '../plan.ts';

/** `targetIncentive` and `target_incentive`: target incentive. */
export function words(key: string): string {
    return key
        .replaceAll('_', ' ')
        .replace(/([a-z])([A-Z])/g, '$1 $2')
        .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
        .split(' ')
        .map((word) => (/^[A-Z]{2,}\d*$/.test(word) ? word : word.toLowerCase()))
        .join(' ');
}

export function listed(items: string[], joint = 'and'): string {
    if (items.length < 2) return items.join('');
    return `${items.slice(0, -1).join(', ')} ${joint} ${items.at(-1)}`;
}

export function sentence(text: string): string {
    const begun = text.charAt(0).toUpperCase() + text.slice(1);
    return /[.:!?]$/.test(begun) ? begun : `${begun}.`;
}

export function everyInterval(interval: Interval): string {
    return interval === 'plan' ? 'once, at the end' : `every ${interval}`;
}

/** Over what a measure adds up. */
export function overInterval({ interval, window }: Measure): string {
    if (window) {
        const end = window.until === 'periodStart' ? 'before the period' : 'up to the end of the period';
        return `over the ${window.months} months ${end}`;
    }
    if (interval === 'credit') return 'for each deal alone';
    return interval === 'plan' ? 'over the whole plan' : `over the ${interval}`;
}

/** `375,000` for 375000; other texts as they are. */
export function figureText(text: string): string {
    const [, whole, rest] = /^(\d+)(.*)$/s.exec(text) ?? [];
    if (whole === undefined) return text;
    return (
        whole.replace(/\B(?=(\d{3})+$)/g, ',') +
        (rest ?? '').replace('bp', ' basis points').replace('%', ' %')
    );
}

export function isPercentage(expression: Expression): boolean {
    return expression.kind === 'number' && /%|bp/.test(expression.text);
}
