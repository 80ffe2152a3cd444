// The client master of the demo firm: which clients each seller serves, what they use, and who left.
import { createRandom, mixSeed, type Random } from '../firm/random.ts';
import type { PersonMonth, Told } from './outside.ts';

/** Of all clients, in a month, of somebody in the middle. */
const LEAVING = 0.006;
const REASONS = ['left', 'left', 'left', 'died', 'moved'];

/** In the first month all clients; later only who left. */
export function households(one: PersonMonth): Told[] {
    const { person, isAdviser, index, own } = one;
    if (!person.sells) return [];
    const count = isAdviser ? own.int(14, 22) : own.int(7, 11);
    return Array.from({ length: count }, (_, client) => {
        const random = createRandom(mixSeed(79, index, client));
        return one.month === one.firstMonth
            ? arrival(one, `client ${index}-${client}`, random)
            : leaving(one, `client ${index}-${client}`, random);
    }).flat();
}

function arrival({ isAdviser, from }: PersonMonth, subject: string, random: Random): Told[] {
    const level = (signal: string, value: number): Told => ({
        signal,
        subject,
        day: from,
        value: String(value)
    });
    const use = [level('products-held', random.int(1, 4)), level('advisory-areas', random.int(1, 3))];
    return [level('client-served', 1), ...(isAdviser ? use : [])];
}

function leaving(
    { isAdviser, strength, ago, from, to }: PersonMonth,
    subject: string,
    random: Random
): Told[] {
    const monthsAgo = Math.floor(random.next() / (LEAVING * (2 - 1.6 * strength)));
    if (monthsAgo !== ago) return [];
    const day = random.int(from, to);
    const gone = isAdviser ? ['client-served', 'products-held', 'advisory-areas'] : ['client-served'];
    return [
        { signal: 'client-left', day, attributes: { reason: random.pick(REASONS) } },
        ...gone.map((signal) => ({ signal, subject, day, value: '0' }))
    ];
}
