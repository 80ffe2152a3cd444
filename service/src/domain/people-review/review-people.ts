// One review of people: facts in, sheets, warnings, weeks of managers, focus lists and due conversations out. Pure: the same facts
// in any order give the same review. What each part means is service/src/domain/scorecards.
import { buildScorecards } from '../scorecards/build-scorecards.ts';
import { focusList } from '../scorecards/focus/focus-list.ts';
import { monthKeyOf, monthNumberOf } from '../scorecards/months.ts';
import type { Fact, Person } from '../scorecards/types.ts';
import { UNITS_PER_ONE } from '../scorecards/units.ts';
import { earlyWarnings, managerOf, warningsOf } from '../scorecards/warnings/early-warnings.ts';
import { mondayOf } from '../scorecards/warnings/presence.ts';
import type { WorkCalendar } from '../scorecards/warnings/types.ts';
import { weeklySeries } from '../scorecards/warnings/weekly-series.ts';
import { cadenceOf, type ManagerCadence } from '../scorecards/week/cadence.ts';
import type { DayNumber } from '../pipeline/types.ts';
import { conductFindings } from './conduct-findings.ts';
import { crmFacts } from './crm-facts.ts';
import { evidenceFinder, weekItems } from './evidence.ts';
import { goalProgress } from './goal-progress.ts';
import { heldAbout } from './held-about.ts';
import { managerWeeks } from './manager-weeks.ts';
import type { PeopleFacts } from './people-facts.ts';
import type { PeopleReview } from './people-review.ts';

/** Months shown: the open one and those before it, which are rewritten only while they are open. */
const MONTHS = 2;
const CADENCE_DAYS = 120;
/** Of a warning, beside the weeks themselves. */
const MOST_EVIDENCE = 30;

export function reviewPeople(facts: PeopleFacts): PeopleReview {
    const { asOf, definitions, people, playbook, past, earlier } = facts;
    const calendar: WorkCalendar = { holidays: new Set(), absences: new Map() };
    const present = people.filter(({ left }) => left === null || left >= asOf);
    const managers = managersOf(present, asOf);
    const cadence = cadenceOf({
        asOf,
        from: asOf - CADENCE_DAYS,
        people,
        managers,
        held: facts.held,
        rules: playbook.cadence,
        calendar
    });
    const all = [...crmFacts(facts), ...facts.imported, ...cadenceFacts(cadence, facts)];
    const thisMonth = monthNumberOf(asOf);
    const outcome = buildScorecards({
        definitions,
        people,
        facts: all,
        asOf,
        months: { first: monthKeyOf(thisMonth - MONTHS + 1), last: monthKeyOf(thisMonth) }
    });
    const current = outcome.cards.filter(({ month }) => month === monthKeyOf(thisMonth));
    const ramping = new Set(current.filter(({ isRamping }) => isRamping).map(({ person }) => person));
    const warned = earlyWarnings({
        asOf,
        people: present,
        ramping,
        metrics: playbook.watch,
        series: weeklySeries(all, playbook.watch, asOf),
        calendar,
        earlier,
        rules: playbook.alerts
    });
    const conduct = conductFindings(
        { asOf, ...facts.conduct },
        new Set(people.map(({ id }) => id)),
        facts.earlierFindings
    );
    const evidenceOf = evidenceFinder(all, definitions.signals, asOf, MOST_EVIDENCE);
    const { weeks, suggestions, effects } = managerWeeks({
        asOf,
        week: mondayOf(asOf),
        people: present,
        managers,
        cards: outcome.cards,
        facts: all,
        alerts: warned.alerts,
        ramping,
        deals: facts.deals,
        past,
        playbook,
        definitions,
        cadence,
        calendar
    });
    const signalsOf = (metric: string): readonly string[] =>
        playbook.watch.find(({ id }) => id === metric)?.weekly.signals ?? [];
    const goals = goalProgress(facts.goals, outcome.cards, definitions, asOf);
    return {
        cards: outcome.cards,
        held: heldAbout(all, definitions.signals),
        warnings: warned.alerts.flatMap((alert) =>
            warningsOf(alert).map((warning) => ({
                ...warning,
                manager: alert.manager,
                evidence: [
                    ...weekItems(warning.evidence),
                    ...evidenceOf(warning.person, signalsOf(warning.metric), warning.since)
                ]
            }))
        ),
        findings: conduct.findings,
        cleared: [...warned.cleared, ...conduct.cleared],
        weeks,
        suggestions,
        effects,
        focus: focusOf(facts, present),
        cadence,
        goals: goals.progress,
        names: new Map(definitions.metrics.map(({ id, name }) => [id, name])),
        signalNames: new Map(definitions.signals.map(({ id, name }) => [id, name])),
        problems: [
            ...outcome.problems,
            ...current.flatMap(({ problems }) => problems),
            ...outcome.rejected.map(({ problem }) => problem),
            ...goals.problems,
            ...conduct.problems
        ]
    };
}

/** Everybody somebody present reports to on the day, in order of ids. */
function managersOf(people: readonly Person[], asOf: DayNumber): string[] {
    const known = new Set(people.map(({ id }) => id));
    const managers = people.map((person) => managerOf(person, asOf)).filter((id) => id !== null);
    return [...new Set(managers)].filter((id) => known.has(id)).sort();
}

/** How promised conversations were kept counts for the manager who promised them. */
function cadenceFacts(cadence: readonly ManagerCadence[], { asOf, nowMs }: PeopleFacts): Fact[] {
    const outcomes = { Held: 'on-time', Late: 'late', Missed: 'missed' } as const;
    return cadence.flatMap(({ manager, items }) =>
        items.flatMap(({ kind, key, dueOn, status }) => {
            if (kind !== 'OneToOne' || status === 'Due' || dueOn > asOf) return [];
            return [
                {
                    signal: 'one-to-one-due',
                    person: manager,
                    day: dueOn,
                    value: UNITS_PER_ONE,
                    n: 1,
                    source: 'crm',
                    sourceId: `one-to-one-due:${key}`,
                    extractedAt: nowMs,
                    subject: null,
                    attributes: { outcome: outcomes[status] }
                }
            ];
        })
    );
}

/** Of everybody with open deals. */
function focusOf({ deals, playbook }: PeopleFacts, people: readonly Person[]): PeopleReview['focus'] {
    const open = Map.groupBy(
        deals.filter(({ outcome }) => outcome === 'open'),
        ({ ownerId }) => ownerId
    );
    const { capacityMinutes, actions } = playbook.focus;
    return people.flatMap(({ id }) => {
        const own = open.get(id);
        if (!own) return [];
        return [
            focusList({
                person: id,
                capacityMinutes,
                actions,
                deals: own.map(({ id: dealId, amountMinor, chance, flags }) => ({
                    id: dealId,
                    amountMinor: amountMinor ?? 0,
                    chance,
                    flags,
                    isConductRestricted: false,
                    payMinor: null
                }))
            })
        ];
    });
}
