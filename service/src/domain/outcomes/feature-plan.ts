// Which features a pipeline has: fixed ones (age, stage, amount, rhythm of work) and one per kind of work or event that
// occurs often enough in the known history. Owns the list and its order; the values are filled by deal-features.ts.
import type { EventLog } from './event-log.ts';
import type { Feature } from './feature-table.ts';

export interface FeaturePlan {
    features: Feature[];
    stageCount: number;
    /** activity number of a kind of event, -1: not work; names are shared by its steps */
    activityOf: Int16Array;
    activityCount: number;
    /** events without a stage that have a feature of their own: number, or -1 */
    plainOf: Int16Array;
    plainCount: number;
    stepOf: Uint8Array;
    indexOf: Map<string, number>;
}

export const SCHEDULE = 1;
export const START = 2;
export const COMPLETE = 3;
const STEPS = { '': 0, schedule: SCHEDULE, start: START, complete: COMPLETE };
const MOST_ACTIVITIES = 10;
const MOST_PLAIN_EVENTS = 10;
const FEWEST_DEALS_SHARE = 0.005;

export function planFeatures(log: EventLog, meaningOf: Int8Array, stageLabels: string[]): FeaturePlan {
    const counts = new Float64Array(log.kinds.length);
    for (const kind of log.kind) counts[kind]!++;
    const fewest = Math.max(5, FEWEST_DEALS_SHARE * log.dealIds.length);
    const activities = mostCommon(
        log,
        counts,
        (kind) => log.kinds[kind]!.table === 'work',
        MOST_ACTIVITIES,
        fewest
    );
    const isPlain = (kind: number) => log.kinds[kind]!.table === 'stage' && meaningOf[kind] === 0;
    const plain = mostCommon(log, counts, isPlain, MOST_PLAIN_EVENTS, fewest);
    const features: Feature[] = [
        ...stageLabels.map((label, i): Feature => ({
            key: `stage_${i + 1}`,
            group: `stage is ${label}`,
            kind: 'flag'
        })),
        ...FIXED,
        ...stageLabels.map((label, i): Feature =>
            plainNumber(`days_to_stage_${i + 1}`, `days it took to reach ${label}`)
        ),
        ...activities.flatMap((name): Feature[] => [
            { key: `done_${name}`, group: `times "${name}" was done`, kind: 'number' },
            flag(`last_${name}`, 'kind of the last work'),
            flag(`before_last_${name}`, 'kind of the work before the last'),
            flag(`pending_${name}`, 'work begun or planned')
        ]),
        ...plain.flatMap((name): Feature[] => [
            plainNumber(`event_${name}`, `times "${name}" happened`),
            flag(`last_event_${name}`, 'kind of the last event')
        ]),
        ...stageLabels.map((label, i): Feature =>
            plainNumber(`times_stage_${i + 1}`, `times ${label} was reached`)
        )
    ];
    return {
        features,
        stageCount: stageLabels.length,
        activityOf: Int16Array.from(log.kinds, ({ table, name }) =>
            table === 'work' ? activities.indexOf(name) : -1
        ),
        activityCount: activities.length,
        plainOf: Int16Array.from(log.kinds, ({ name }, kind) => (isPlain(kind) ? plain.indexOf(name) : -1)),
        plainCount: plain.length,
        stepOf: Uint8Array.from(log.kinds, ({ step }) => STEPS[step]),
        indexOf: new Map(features.map(({ key }, index) => [key, index]))
    };
}

/** By how often, then by name: the order in which kinds were met must not matter. */
function mostCommon(
    log: EventLog,
    counts: Float64Array,
    counted: (kind: number) => boolean,
    most: number,
    fewest: number
): string[] {
    const byName = new Map<string, number>();
    log.kinds.forEach(({ name }, kind) => {
        if (counted(kind)) byName.set(name, (byName.get(name) ?? 0) + counts[kind]!);
    });
    return [...byName]
        .filter(([, count]) => count >= fewest)
        .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
        .slice(0, most)
        .map(([name]) => name);
}

function number(key: string, group: string): Feature {
    return { key, group, kind: 'number' };
}

function plainNumber(key: string, group: string): Feature {
    return { key, group, kind: 'plain' };
}

function flag(key: string, group: string): Feature {
    return { key, group, kind: 'flag' };
}

const FIXED: Feature[] = [
    { key: 'age_days', group: 'age of the deal', kind: 'clock' },
    number('days_in_stage', 'days in this stage'),
    number('days_since_event', 'days since anything happened'),
    number('days_since_stage_event', 'days since the last stage event'),
    number('days_since_progress', 'days since a stage was last reached'),
    number('days_since_work', 'days since work was last done'),
    number('events', 'events so far'),
    number('events_7d', 'events in 7 days'),
    number('work_done', 'work done so far'),
    number('work_7d', 'work done in 7 days'),
    number('work_3d', 'work done in 3 days'),
    number('work_1d', 'work done in one day'),
    number('work_since_progress', 'work done since a stage was last reached'),
    number('people', 'people who worked on it'),
    { key: 'amount', group: 'amount', kind: 'clock' },
    number('last_work_minutes', 'length of the last work'),
    number('longest_work_minutes', 'longest piece of work'),
    number('work_minutes', 'time worked on it'),
    plainNumber('days_between_work', 'days between the last two pieces of work'),
    plainNumber('days_to_first_work', 'days until work first was done'),
    plainNumber('steps_back', 'moves back to an earlier stage'),
    flag('round_amount', 'amount is a round figure'),
    flag('no_amount', 'amount is missing or not above 0'),
    flag('created_at_night', 'time of day it was created'),
    flag('created_in_evening', 'time of day it was created'),
    flag('created_on_weekend', 'weekday it was created'),
    flag('month_old', 'age of the deal')
];
