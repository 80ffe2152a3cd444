// What HR of the demo firm tells: who was promoted.
import type { PersonMonth, Told } from './outside.ts';

const PROMOTED = { oneIn: 23, at: 7, monthsAgo: 5 };

export function staff({ index, ago }: PersonMonth): Told[] {
    return index % PROMOTED.oneIn === PROMOTED.at && ago === PROMOTED.monthsAgo
        ? [{ signal: 'promoted' }]
        : [];
}
