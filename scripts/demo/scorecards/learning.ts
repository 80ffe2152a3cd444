// What the learning platform, coaching sessions and the library of the demo firm tell: courses apart from what is used of them.
import { poisson } from '../firm/behaviour.ts';
import { counted, hitsOf, type PersonMonth, type Told } from './outside.ts';

const EVERY_MONTHS = 3;
const MENTORS_ONE_IN = 3;

export function learning(one: PersonMonth): Told[] {
    const { strength, random } = one;
    const share = (signal: string, count: number, chance: number, [good, bad]: [string, string]): Told[] => {
        const hits = hitsOf(random, count, chance);
        return counted(signal, [
            { n: hits, attributes: { outcome: good } },
            { n: count - hits, attributes: { outcome: bad } }
        ]);
    };
    const shared = poisson(random, 0.3 + 0.8 * strength);
    return [
        ...share('course-due', random.int(0, 2), 0.82 + 0.17 * strength, ['completed', 'open']),
        ...share('learning-applied', random.int(0, 2), 0.45 + 0.45 * strength, ['applied', 'not-applied']),
        ...share('agreed-step', random.int(1, 2), 0.6 + 0.35 * strength, ['done', 'open']),
        ...(shared > 0 ? [{ signal: 'knowledge-shared', n: shared }] : []),
        ...(one.month % EVERY_MONTHS === 1 ? assessments(one) : [])
    ];
}

function assessments({ isManager, index, strength, random }: PersonMonth): Told[] {
    const isMentor = index % MENTORS_ONE_IN === 0;
    return [
        {
            signal: 'skill-assessment',
            value: (2.7 + 1.4 * strength + 0.5 * random.next()).toFixed(1),
            n: 2,
            attributes: { area: isManager ? 'leading' : 'discovery' }
        },
        ...(isMentor ? [{ signal: 'mentee-change', value: (0.6 * random.next()).toFixed(1) }] : [])
    ];
}
