// Early warnings of all people on one day: every metric of a person is held against his own usual course, what was found is told
// once per person, and a manager hears of at most so many people for the first time in one week, the strongest first.
// People in their ramp are not warned of; leavers are not watched; a drop of activity is a check-in, for the manager alone.
import { formatDay } from '../../calendar.ts';
import type { DayNumber } from '../../pipeline/types.ts';
import type { Person, Series } from '../types.ts';
import { mondayOf, observe } from './presence.ts';
import { weightedMedian } from './usual-course.ts';
import { splitOf, watchSeries, type Split } from './watch-series.ts';
import { checkInWords, warningWords } from './words.ts';
import type {
    Break,
    Observation,
    EarlierWarning,
    PersonAlert,
    Warning,
    WarningInput,
    WarningResult,
    WatchedGrain,
    WatchedMetric
} from './types.ts';

/** Twice beyond the limit of luck. */
const RED = 2;
const MOST_EVIDENCE = 13;

export function earlyWarnings(input: WarningInput): WarningResult {
    const { asOf } = input;
    const people = new Map(input.people.map((person) => [person.id, person]));
    const stillOpen = input.earlier.filter(({ clearedOn }) => clearedOn === null);
    const { watched, unwatched } = watchable(input, people);
    const spreads = typicalSpreads(watched);
    const openOf = new Map(stillOpen.map((warning) => [`${warning.person} ${warning.metric}`, warning]));
    const found = new Map<string, Warning[]>();
    for (const one of watched) {
        const { person, metric, grain, split } = one;
        const open = openOf.get(`${person.id} ${metric.id}`);
        const broken = watchSeries(split, grain, metric, spreads.get(metric.id)!, open !== undefined);
        if (!broken) continue;
        const warning = written(one, open ? { ...broken, since: open.since } : broken, open, asOf);
        found.set(person.id, [...(found.get(person.id) ?? []), warning]);
    }
    const alerts = [...found].map(([id, warnings]) => alertOf(people.get(id)!, warnings, asOf));
    const { told, heldBack } = capped(alerts.sort(byPerson), input);
    const still = new Set(told.flatMap(warningsOf).map(({ key }) => key));
    return {
        alerts: told,
        cleared: stillOpen
            .map(({ key }) => key)
            .filter((key) => !still.has(key))
            .sort(),
        heldBack,
        unwatched
    };
}

interface Watched {
    person: Person;
    metric: WatchedMetric;
    grain: WatchedGrain;
    seen: readonly Observation[];
    split: Split;
}

/** Series with a usual course, and how many have none or are not watched, by reason. */
function watchable(
    input: WarningInput,
    people: ReadonlyMap<string, Person>
): { watched: Watched[]; unwatched: WarningResult['unwatched'] } {
    const metrics = new Map(input.metrics.map((metric) => [metric.id, metric]));
    const watched: Watched[] = [];
    const counts = { TooFew: 0, Ramping: 0, Left: 0 };
    for (const series of input.series) {
        const metric = metrics.get(series.metric);
        const person = people.get(series.person);
        if (!metric || !person || series.grain === 'quarter') continue;
        const seen = watchedOne(person, series, series.grain, metric, input);
        if (typeof seen === 'string') counts[seen]++;
        else if (seen) watched.push(seen);
    }
    const reasons = ['TooFew', 'Ramping', 'Left'] as const;
    return {
        watched,
        unwatched: reasons
            .map((reason) => ({ reason, count: counts[reason] }))
            .filter(({ count }) => count > 0)
    };
}

function watchedOne(
    person: Person,
    { points }: Series,
    grain: WatchedGrain,
    metric: WatchedMetric,
    { asOf, calendar, ramping }: WarningInput
): Watched | null | 'TooFew' | 'Ramping' | 'Left' {
    if (person.left !== null && person.left < asOf) return 'Left';
    if (ramping.has(person.id)) return 'Ramping';
    if (metric.as === 'check-in' && managerOf(person, asOf) === null) return null;
    const seen = observe(person, points, grain, roleSince(person, asOf), asOf, metric, calendar);
    const split = splitOf(seen, grain, metric);
    return split === 'TooFew' ? split : { person, metric, grain, seen, split };
}

/** Median over the people watched, by metric. */
function typicalSpreads(watched: readonly Watched[]): Map<string, number> {
    const byMetric = Map.groupBy(watched, ({ metric }) => metric.id);
    return new Map(
        [...byMetric].map(([id, ofMetric]) => {
            const spreads = ofMetric.map(({ split }) => ({ value: split.course.spread, weight: 1 }));
            return [id, weightedMedian(spreads)];
        })
    );
}

function written(
    { person, metric, seen }: Watched,
    broken: Break,
    open: EarlierWarning | undefined,
    asOf: DayNumber
): Warning {
    const isCheckIn = metric.as === 'check-in';
    return {
        ...broken,
        key: open?.key ?? `${person.id}:${metric.id}:${formatDay(broken.since)}`,
        person: person.id,
        metric: metric.id,
        kind: isCheckIn ? 'CheckIn' : 'Warning',
        raisedOn: open?.raisedOn ?? asOf,
        severity: broken.strength >= RED ? 'Red' : 'Amber',
        words: (isCheckIn ? checkInWords : warningWords)(broken, metric),
        evidence: seen
            .filter(({ from }) => from >= broken.since)
            .slice(-MOST_EVIDENCE)
            .reverse()
            .map(({ from, value, n }) => ({ from, value, n }))
    };
}

/** Several check-ins are one: the strongest. A person is asked once how he is. */
function alertOf(person: Person, warnings: Warning[], asOf: DayNumber): PersonAlert {
    const sorted = [...warnings].sort((a, b) => b.strength - a.strength || (a.metric < b.metric ? -1 : 1));
    return {
        person: person.id,
        manager: managerOf(person, asOf),
        raisedOn: Math.min(...warnings.map(({ raisedOn }) => raisedOn)),
        warnings: sorted.filter(({ kind }) => kind === 'Warning'),
        checkIn: sorted.find(({ kind }) => kind === 'CheckIn') ?? null
    };
}

/** Who is told already stays told; of new people a manager hears as many as the week still has room for. */
function capped(
    alerts: readonly PersonAlert[],
    input: WarningInput
): { told: PersonAlert[]; heldBack: WarningResult['heldBack'] } {
    const toldBefore = new Set(
        input.earlier.filter(({ clearedOn }) => clearedOn === null).map(({ person }) => person)
    );
    const used = toldThisWeek(input);
    const told = alerts.filter(({ person }) => toldBefore.has(person));
    const heldBack = new Map<string, number>();
    const fresh = alerts.filter(({ person }) => !toldBefore.has(person));
    for (const alert of [...fresh].sort((a, b) => strengthOf(b) - strengthOf(a) || byPerson(a, b))) {
        const { manager } = alert;
        const count = manager === null ? 0 : (used.get(manager) ?? 0);
        if (manager !== null && count >= input.rules.perManagerPerWeek) {
            heldBack.set(manager, (heldBack.get(manager) ?? 0) + 1);
            continue;
        }
        if (manager !== null) used.set(manager, count + 1);
        told.push(alert);
    }
    return {
        told: told.sort(byPerson),
        heldBack: [...heldBack]
            .map(([manager, count]) => ({ manager, count }))
            .sort((a, b) => (a.manager < b.manager ? -1 : 1))
    };
}

/** People each manager was told of for the first time in the week of the day, whatever became of it since. */
function toldThisWeek({ asOf, earlier, people }: WarningInput): Map<string, number> {
    const firstOn = new Map<string, DayNumber>();
    for (const { person, raisedOn } of earlier)
        firstOn.set(person, Math.min(raisedOn, firstOn.get(person) ?? raisedOn));
    const used = new Map<string, number>();
    for (const person of people) {
        const manager = managerOf(person, asOf);
        if (manager !== null && (firstOn.get(person.id) ?? Number.NEGATIVE_INFINITY) >= mondayOf(asOf))
            used.set(manager, (used.get(manager) ?? 0) + 1);
    }
    return used;
}

export function warningsOf({ warnings, checkIn }: PersonAlert): Warning[] {
    return checkIn ? [...warnings, checkIn] : warnings;
}

/** Whom the person reports to on the day, or null. */
export function managerOf(person: Pick<Person, 'managers'>, day: DayNumber): string | null {
    const entry = person.managers.find(({ from, to }) => from <= day && (to === null || day < to));
    return entry?.manager ?? null;
}

/** Since when the person has the role of the day: what was usual in another role says nothing about this one. */
export function roleSince(person: Pick<Person, 'roles' | 'joined'>, day: DayNumber): DayNumber {
    const current = person.roles.find(({ from, to }) => from <= day && (to === null || day < to));
    if (!current) return person.joined;
    const others = person.roles.filter(({ role, from }) => role !== current.role && from <= current.from);
    const changed = Math.max(...others.map(({ to }) => to ?? current.from), Number.NEGATIVE_INFINITY);
    const same = person.roles.filter(({ role, from }) => role === current.role && from >= changed);
    return Math.min(...same.map(({ from }) => from));
}

const strengthOf = (alert: PersonAlert): number =>
    Math.max(...warningsOf(alert).map(({ strength }) => strength));

const byPerson = (a: PersonAlert, b: PersonAlert): number =>
    a.person < b.person ? -1 : a.person > b.person ? 1 : 0;
