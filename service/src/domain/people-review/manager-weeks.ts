// The week of each manager: what may need them (early warnings, standards missed beyond luck in the last closed month), the shortlist,
// and everybody who reports to them, who needs them most first.
import { formatDay } from '../calendar.ts';
import type { DayNumber } from '../pipeline/types.ts';
import type { Definitions } from '../scorecards/checks/check-definitions.ts';
import { decimalOf } from '../scorecards/columns/score-pass.ts';
import type { Fact, MetricResult, Person, Scorecard } from '../scorecards/types.ts';
import { UNITS_PER_ONE } from '../scorecards/units.ts';
import { managerOf, warningsOf } from '../scorecards/warnings/early-warnings.ts';
import type { PersonAlert, WorkCalendar } from '../scorecards/warnings/types.ts';
import type { ManagerCadence } from '../scorecards/week/cadence.ts';
import { concernsOfStandards, concernsOfWarnings } from '../scorecards/week/concerns.ts';
import { gapRecord } from '../scorecards/week/gap-record.ts';
import { shortlistOf, type Shortlist } from '../scorecards/week/shortlist.ts';
import type { Concern, Effect, PastIntervention, Playbook, Suggestion } from '../scorecards/week/types.ts';
import { evidenceFinder } from './evidence.ts';
import { cardKey } from './keys.ts';
import type { DealFact } from './people-facts.ts';
import type { HeatRow, ManagerWeek } from './people-review.ts';
import { stepEffects } from './step-effects.ts';

export interface WeeksInput {
    asOf: DayNumber;
    /** Monday */
    week: DayNumber;
    /** present on the day */
    people: readonly Person[];
    managers: readonly string[];
    cards: readonly Scorecard[];
    facts: readonly Fact[];
    alerts: readonly PersonAlert[];
    ramping: ReadonlySet<string>;
    deals: readonly DealFact[];
    past: readonly PastIntervention[];
    playbook: Playbook;
    definitions: Definitions;
    cadence: readonly ManagerCadence[];
    calendar: WorkCalendar;
}

const MOST_EVIDENCE = 10;
/** Work is expected to bring what is open now, times its chance; without a model, this share of it. */
const CHANCE_WITHOUT_MODEL = 0.25;

export function managerWeeks(input: WeeksInput): {
    weeks: ManagerWeek[];
    suggestions: Suggestion[];
    effects: ReadonlyMap<string, Effect>;
} {
    const { asOf, week, people, managers, alerts, past, playbook, ramping, definitions } = input;
    const find = evidenceFinder(input.facts, definitions.signals, asOf, MOST_EVIDENCE);
    const signalsOf = (metric: string): readonly string[] =>
        playbook.watch.find(({ id }) => id === metric)?.weekly.signals ?? [];
    const missed = missedStandards(input);
    const concerns = [
        ...concernsOfWarnings(
            alerts.map((alert) => ({ ...alert, checkIn: null })),
            dimensionFinder(input),
            (person, metric, since) => find(person, signalsOf(metric), since)
        ),
        ...concernsOfStandards(missed, ramping)
    ];
    const effects = stepEffects(input);
    const measured = past.flatMap(({ key, stepKey }) => {
        const effect = effects.get(key);
        return effect ? [{ stepKey, effect }] : [];
    });
    const isMissed = new Set(missed.map(({ person, metric }) => `${person} ${metric}`));
    const stakes = stakesOf(input.deals);
    const lists = managers.map((manager) =>
        shortlistOf({
            manager,
            week,
            asOf,
            team: people.filter((person) => managerOf(person, asOf) === manager).map(({ id }) => id),
            concerns,
            stakes,
            past,
            measured,
            gapOf: (person, metric) =>
                gapRecord({
                    person,
                    metric,
                    asOf,
                    isRamping: ramping.has(person),
                    isMissed: isMissed.has(`${person} ${metric}`),
                    past: past.filter((one) => one.person === person),
                    effects,
                    rules: playbook.gap
                }),
            playbook
        })
    );
    return {
        weeks: lists.map((list) => weekOf(list, concerns, input)),
        suggestions: lists.flatMap(({ suggestions }) => suggestions),
        effects
    };
}

function weekOf(list: Shortlist, concerns: readonly Concern[], input: WeeksInput): ManagerWeek {
    const { asOf, people, alerts, cadence, playbook, past, week } = input;
    const { manager, suggestions, kept } = list;
    const rankOf = new Map(suggestions.map(({ person, rank }) => [person, rank]));
    for (const one of past) if (kept.includes(one.key) && one.week === week) rankOf.set(one.person, one.rank);
    // The first of a person is the one that counts most.
    const concernOf = new Map(concerns.toReversed().map((concern) => [concern.person, concern.words]));
    const team = people.filter((person) => managerOf(person, asOf) === manager);
    const heat = team.map(({ id }) => heatRow(id, concernOf.get(id) ?? '', input.cards));
    const alerted = alerts.filter((alert) => alert.manager === manager && warningsOf(alert).length > 0);
    return {
        manager,
        week,
        verdict: list.verdict,
        shortlistCount: suggestions.length + kept.length,
        alertCount: alerted.length,
        alertCap: playbook.alerts.perManagerPerWeek,
        cadencePercent: cadence.find((one) => one.manager === manager)?.onTimePercent ?? null,
        heat: heat.sort(
            (a, b) =>
                (rankOf.get(a.person) ?? Infinity) - (rankOf.get(b.person) ?? Infinity) ||
                Number(a.reason === '') - Number(b.reason === '') ||
                (a.score ?? Infinity) - (b.score ?? Infinity) ||
                (a.person < b.person ? -1 : 1)
        )
    };
}

/** The newest sheet of the person: the open month, or the one before while nothing can be said of it. */
function heatRow(person: string, concern: string, cards: readonly Scorecard[]): HeatRow {
    const own = cards
        .filter((card) => card.person === person)
        .toSorted((a, b) => (a.month < b.month ? 1 : -1));
    const card = own.find(({ score }) => score !== null) ?? own[0];
    return {
        person,
        scorecardKey: card ? cardKey(card) : null,
        score: card?.score ?? null,
        trend: card?.trend ?? 'tooFew',
        reason: concern || (card?.overriddenBy ?? card?.cappedBy ?? ''),
        dimensions: (card?.dimensions ?? []).map(({ dimension, score }) => ({
            dimension,
            score: score === null ? null : Math.round(decimalOf(score) * 10) / 10
        }))
    };
}

function dimensionFinder({ definitions, people }: WeeksInput): (metric: string) => string {
    const roles = new Set(people.flatMap((person) => person.roles.map(({ role }) => role)));
    const dimensionOf = new Map(
        definitions.templates
            .filter(({ role }) => roles.has(role))
            .flatMap(({ dimensions }) =>
                dimensions.flatMap(({ dimension, metrics }) =>
                    metrics.map(({ metric }): [string, string] => [metric, dimension])
                )
            )
    );
    return (metric) => dimensionOf.get(metric) ?? '*';
}

/** Of the newest closed month of each person. */
function missedStandards({
    cards,
    definitions,
    asOf
}: WeeksInput): Parameters<typeof concernsOfStandards>[0] {
    const closed = cards.filter(({ status, to }) => status === 'closed' && to <= asOf);
    const names = new Map(definitions.signals.map(({ id, name }) => [id, name]));
    const nameOf = (signal: string): string => names.get(signal) ?? signal;
    return closed.flatMap((card) =>
        card.metrics.flatMap((result) => {
            const definition = definitions.metrics.find(
                ({ id, version }) => id === result.metric && version === result.version
            );
            if (!definition || result.status !== 'missed' || result.value === null || result.floor === null)
                return [];
            return [
                {
                    person: card.person,
                    metric: result.metric,
                    name: definition.name,
                    dimension: result.dimension,
                    direction: definition.direction,
                    unit: definition.unit,
                    value: result.value / UNITS_PER_ONE,
                    kindest: kindest(result, definition.direction) / UNITS_PER_ONE,
                    floor: result.floor / UNITS_PER_ONE,
                    n: result.n,
                    minimumN: definition.minimumN,
                    since: card.from,
                    evidence: result.evidence.slice(0, MOST_EVIDENCE).map(({ id, signal, day }) => ({
                        id,
                        object: '',
                        label: `${nameOf(signal)}, ${formatDay(day)}`
                    }))
                }
            ];
        })
    );
}

function kindest({ value, low, high }: MetricResult, direction: 'up' | 'down' | 'band'): number {
    return (direction === 'down' ? low : high) ?? value!;
}

/** Open amounts times their chance. */
function stakesOf(deals: readonly DealFact[]): Map<string, number> {
    const stakes = new Map<string, number>();
    for (const { ownerId, outcome, amountMinor, chance } of deals)
        if (outcome === 'open' && amountMinor !== null)
            stakes.set(
                ownerId,
                (stakes.get(ownerId) ?? 0) + Math.round(amountMinor * (chance ?? CHANCE_WITHOUT_MODEL))
            );
    return stakes;
}
