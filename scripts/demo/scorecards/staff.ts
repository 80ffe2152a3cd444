// What HR of the demo firm tells: who was there in each month, and who was promoted.
import type { PersonMonth, Told } from './outside.ts';

const PROMOTED = { oneIn: 23, at: 7, monthsAgo: 5 };

export function staff({ person, index, ago, from }: PersonMonth): Told[] {
    if (person.managerId === null) return [];
    const isPromoted = index % PROMOTED.oneIn === PROMOTED.at && ago === PROMOTED.monthsAgo;
    return [{ signal: 'employed', day: from }, ...(isPromoted ? [{ signal: 'promoted' }] : [])];
}
