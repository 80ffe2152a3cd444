// What clients and colleagues of the demo firm answer when they are asked.
import { poisson } from '../firm/behaviour.ts';
import { counted, hitsOf, type PersonMonth, type Told } from './outside.ts';

const EVERY_MONTHS = 3;
const TEAM_ANSWERS = 6;

export function surveys(one: PersonMonth): Told[] {
    return [...recommendations(one), ...satisfaction(one), ...feedback(one)];
}

function recommendations({ person, strength, random }: PersonMonth): Told[] {
    if (!person.sells) return [];
    const answers = poisson(random, 5);
    const happy = hitsOf(random, answers, 0.42 + 0.35 * strength);
    const unhappy = hitsOf(random, answers - happy, 0.45 - 0.25 * strength);
    return counted('client-recommendation', [
        { value: '9', n: happy },
        { value: '4', n: unhappy },
        { value: '7', n: answers - happy - unhappy }
    ]);
}

/** Asked every week it is told with the planted declines. */
function satisfaction({ person, isAskedWeekly, strength, random }: PersonMonth): Told[] {
    if (!person.sells || isAskedWeekly) return [];
    const answers = poisson(random, 4);
    const content = hitsOf(random, answers, 0.78 + 0.18 * strength);
    return counted('client-satisfaction', [
        { value: '4', n: content },
        { value: '3', n: answers - content }
    ]);
}

/** Means of enough answers, so that nobody can be told by whom. */
function feedback({ isManager, month, strength, random }: PersonMonth): Told[] {
    if (month % EVERY_MONTHS !== 0) return [];
    const score = (least: number): string => (least + 1.1 * strength + 0.4 * random.next()).toFixed(1);
    return [
        { signal: 'peer-feedback', value: score(3.2), n: random.int(3, 6) },
        ...(isManager ? [{ signal: 'team-pulse', value: score(3.1), n: TEAM_ANSWERS }] : [])
    ];
}
