// What followed each step that was done. A metric that is watched week by week is measured (scorecards/week/effects.ts); of any other
// the months before and after are told beside each other, without a verdict: so few of them do not tell a change from luck.
import { formatDay } from '../calendar.ts';
import type { DayNumber } from '../pipeline/types.ts';
import type { Definitions } from '../scorecards/checks/check-definitions.ts';
import { monthKeyOf, monthNumberOf } from '../scorecards/months.ts';
import type { Fact, Person, Scorecard, SeriesPoint } from '../scorecards/types.ts';
import { observe } from '../scorecards/warnings/presence.ts';
import type { WorkCalendar } from '../scorecards/warnings/types.ts';
import { weeklySeries } from '../scorecards/warnings/weekly-series.ts';
import { measureEffect } from '../scorecards/week/effects.ts';
import type { Effect, PastIntervention, Playbook } from '../scorecards/week/types.ts';

interface StepsInput {
    asOf: DayNumber;
    /** present on the day */
    people: readonly Person[];
    past: readonly PastIntervention[];
    facts: readonly Fact[];
    cards: readonly Scorecard[];
    playbook: Playbook;
    definitions: Definitions;
    calendar: WorkCalendar;
}

/** By key of the intervention. */
export function stepEffects(input: StepsInput): Map<string, Effect> {
    const { past, people, playbook, facts, asOf, calendar } = input;
    const byId = new Map(people.map((person) => [person.id, person]));
    const effects = new Map<string, Effect>();
    const done = past.filter(({ status }) => status === 'Done');
    if (done.length === 0) return effects;
    const factsOf = Map.groupBy(facts, ({ person }) => person);
    for (const { key, person: id, metric, closedOn } of done) {
        const person = byId.get(id);
        if (!person || closedOn === null) continue;
        const watched = playbook.watch.find((one) => one.id === metric);
        if (!watched) {
            effects.set(key, besideEachOther(id, metric, closedOn, input));
            continue;
        }
        const own = (factsOf.get(id) ?? []).filter(({ signal }) => watched.weekly.signals.includes(signal));
        const points = weeklySeries(own, [watched], asOf)[0]?.points ?? [];
        const seen = observe(person, points, 'week', person.joined, asOf, watched, calendar);
        effects.set(key, measureEffect(seen, closedOn, watched, playbook.effect));
    }
    return effects;
}

function besideEachOther(
    person: string,
    metric: string,
    doneOn: DayNumber,
    { cards, definitions, asOf }: StepsInput
): Effect {
    const points = pointsOf(person, metric, cards);
    const [month, now] = [monthNumberOf(doneOn), monthNumberOf(asOf)];
    const told = (within: (of: number) => boolean): SeriesPoint | undefined =>
        points.findLast(({ from, value }) => value !== null && within(monthNumberOf(from)));
    const before = told((of) => of < month);
    const after = told((of) => of > month && of < now);
    const base: Omit<Effect, 'words'> = {
        verdict: 'TooEarly',
        change: null,
        low: null,
        high: null,
        weeksBefore: 0,
        weeksAfter: 0
    };
    if (!before)
        return { ...base, words: `Not measured: nothing is known of the time before ${formatDay(doneOn)}.` };
    if (!after) return { ...base, words: `Too early to say: no whole month since ${formatDay(doneOn)}.` };
    const definition = definitions.metrics.find(({ id }) => id === metric);
    const sign = definition?.direction === 'down' ? -1 : 1;
    const figure = ({ from, value }: SeriesPoint): string =>
        `${Number(value!.toPrecision(3))} in ${monthKeyOf(monthNumberOf(from))}`;
    return {
        ...base,
        verdict: 'NotTested',
        change: definition?.direction === 'band' ? null : sign * (after.value! - before.value!),
        words: `${definition?.name ?? metric}: ${figure(before)} before, ${figure(after)} after. Too few months to tell a change from luck.`
    };
}

/** Of the newest sheet that has the metric. */
function pointsOf(person: string, metric: string, cards: readonly Scorecard[]): readonly SeriesPoint[] {
    const own = cards.filter((card) => card.person === person).toSorted((a, b) => b.from - a.from);
    for (const { metrics } of own) {
        const result = metrics.find((one) => one.metric === metric);
        if (result) return result.series.points;
    }
    return [];
}
