// What the registers of compliance and complaints of the demo firm hold: little, as in life, and one severe event that overrides a score.
import { poisson } from '../firm/behaviour.ts';
import type { PersonMonth, Told } from './outside.ts';

/** One of so many people had a severe event, two months ago. */
const SEVERE = { oneIn: 90, at: 43, monthsAgo: 2 };

export function registers({ index, ago, strength, random }: PersonMonth): Told[] {
    const event = (severity: string): Told => ({ signal: 'compliance-event', attributes: { severity } });
    const told: Told[] = [];
    if (index % SEVERE.oneIn === SEVERE.at && ago === SEVERE.monthsAgo) told.push(event('severe'));
    if (random.chance(0.012 * (1 - strength))) told.push(event('material'));
    for (let count = poisson(random, 0.12 - 0.1 * strength); count > 0; count--) told.push(event('minor'));
    if (random.chance(0.08 - 0.06 * strength))
        told.push({
            signal: 'complaint',
            attributes: { outcome: random.chance(0.4) ? 'upheld' : 'rejected' }
        });
    return told;
}
