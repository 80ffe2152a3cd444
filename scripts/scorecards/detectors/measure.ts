// How good the detectors are on firms whose declines are known because they were planted: they are run week by week over half a year,
// each week knowing only what was known then. A warning is right when that metric of that person really was in decline on the day.
import type { Playbook } from '../../../service/src/domain/scorecards/week/types.ts';
import { earlyWarnings, warningsOf } from '../../../service/src/domain/scorecards/warnings/early-warnings.ts';
import { gamingFindings } from '../../../service/src/domain/scorecards/warnings/gaming/index.ts';
import {
    GAMING_KINDS,
    type GamingKind
} from '../../../service/src/domain/scorecards/warnings/gaming/types.ts';
import { observe } from '../../../service/src/domain/scorecards/warnings/presence.ts';
import type { EarlierWarning, WorkCalendar } from '../../../service/src/domain/scorecards/warnings/types.ts';
import { weightedMedian } from '../../../service/src/domain/scorecards/warnings/usual-course.ts';
import {
    chartOf,
    isLargeEnough,
    splitOf
} from '../../../service/src/domain/scorecards/warnings/watch-series.ts';
import type { PersonTruth, PersonTruthKind } from '../../demo/firm/person-truths.ts';
import { METHODS } from './methods.ts';
import { watchedFirm, type WatchedFirm } from './watched-firm.ts';

export interface Tally {
    planted: number;
    found: number;
    false: number;
    /** weeks from the beginning of the decline to the warning, and from the warning to the day results begin to fall */
    delayWeeks: number[];
    leadWeeks: number[];
}

export interface Measured {
    /** single series, by method */
    methods: Map<string, Tally>;
    /** what managers are told, by metric, and in all */
    metrics: Map<string, Tally>;
    told: Tally;
    gaming: Map<GamingKind, Tally>;
    /** most people one manager was told of for the first time in one week, and people held back by the cap, over all weeks */
    mostPerManagerWeek: number;
    heldBack: number;
    people: number;
}

const WEEKS = 26;
const NOBODY_AWAY: WorkCalendar = { holidays: new Set(), absences: new Map() };
const GAME_OF: Record<GamingKind, PersonTruthKind> = {
    SelfCopies: 'self-copies',
    UnansweredBursts: 'unanswered-bursts',
    DateResets: 'date-resets',
    SplitGames: 'split-game'
};

export function measureDetectors(seeds: readonly number[], playbook: Playbook): Measured {
    const measured: Measured = {
        methods: new Map(METHODS.map(({ key }) => [key, emptyTally()])),
        metrics: new Map(playbook.watch.map(({ id }) => [id, emptyTally()])),
        told: emptyTally(),
        gaming: new Map(GAMING_KINDS.map((kind) => [kind, emptyTally()])),
        mostPerManagerWeek: 0,
        heldBack: 0,
        people: 0
    };
    for (const seed of seeds) {
        const firm = watchedFirm(seed, playbook.watch);
        measured.people += firm.people.length;
        measureMethods(firm, playbook, measured);
        measureTold(firm, playbook, measured);
        measureGaming(firm, measured);
    }
    return measured;
}

function emptyTally(): Tally {
    return { planted: 0, found: 0, false: 0, delayWeeks: [], leadWeeks: [] };
}

/** First day of each series on which each method warns. */
function measureMethods(firm: WatchedFirm, { watch }: Playbook, { methods }: Measured): void {
    const metrics = new Map(watch.map((metric) => [metric.id, metric]));
    const people = new Map(firm.people.map((person) => [person.id, person]));
    const first = new Map<string, number>();
    for (const day of weeksOf(firm)) {
        const splits = firm.series.flatMap((series) => {
            const metric = metrics.get(series.metric)!;
            const person = people.get(series.person);
            if (!person) return [];
            const seen = observe(person, series.points, 'week', 0, day, metric, NOBODY_AWAY);
            const split = splitOf(seen, 'week', metric);
            return split === 'TooFew' ? [] : [{ series, metric, split }];
        });
        const spreads = new Map(
            [...Map.groupBy(splits, ({ metric }) => metric.id)].map(([id, own]) => [
                id,
                weightedMedian(own.map(({ split }) => ({ value: split.course.spread, weight: 1 })))
            ])
        );
        for (const { series, metric, split } of splits) {
            const chart = chartOf(split.watched, split.course, spreads.get(metric.id)!);
            if (!isLargeEnough(chart, split.course, metric)) continue;
            for (const { key, warns } of METHODS) {
                const place = `${key} ${series.person} ${metric.id}`;
                if (!first.has(place) && warns(chart)) first.set(place, day);
            }
        }
    }
    for (const { key } of METHODS) {
        const tally = methods.get(key)!;
        for (const series of firm.series) {
            const truth = truthOf(firm, series.person, series.metric, watch);
            count(tally, truth, first.get(`${key} ${series.person} ${series.metric}`) ?? null);
        }
    }
}

/** What managers are told week by week, each week going on from the one before. */
function measureTold(firm: WatchedFirm, { watch, alerts }: Playbook, measured: Measured): void {
    let earlier: EarlierWarning[] = [];
    const first = new Map<string, number>();
    for (const day of weeksOf(firm)) {
        const { alerts: told, heldBack } = earlyWarnings({
            asOf: day,
            people: firm.people,
            ramping: new Set(),
            metrics: watch,
            series: firm.series,
            calendar: NOBODY_AWAY,
            earlier,
            rules: alerts
        });
        const warnings = told.flatMap(warningsOf);
        for (const { person, metric, raisedOn } of warnings)
            if (!first.has(`${person} ${metric}`)) first.set(`${person} ${metric}`, raisedOn);
        earlier = warnings.map(({ key, person, metric, since, raisedOn }) => ({
            key,
            person,
            metric,
            since,
            raisedOn,
            clearedOn: null
        }));
        measured.mostPerManagerWeek = Math.max(measured.mostPerManagerWeek, mostOf(told, day));
        measured.heldBack += heldBack.reduce((sum, one) => sum + one.count, 0);
    }
    for (const { person, metric } of firm.series) {
        const truth = truthOf(firm, person, metric, watch);
        const day = first.get(`${person} ${metric}`) ?? null;
        count(measured.told, truth, day);
        count(measured.metrics.get(metric)!, truth, day);
    }
}

function mostOf(alerts: readonly { manager: string | null; raisedOn: number }[], day: number): number {
    const fresh = alerts.filter(({ raisedOn }) => raisedOn === day);
    return Math.max(
        0,
        ...[...Map.groupBy(fresh, ({ manager }) => manager).values()].map(({ length }) => length)
    );
}

function measureGaming(firm: WatchedFirm, { gaming }: Measured): void {
    const { findings } = gamingFindings(firm.gaming);
    for (const kind of GAMING_KINDS) {
        const tally = gaming.get(kind)!;
        const found = new Set(findings.filter((one) => one.kind === kind).map(({ person }) => person));
        const planted = firm.truths.filter((truth) => truth.kind === GAME_OF[kind]);
        tally.planted += planted.length;
        for (const { personId } of planted) if (found.delete(personId)) tally.found++;
        tally.false += found.size;
    }
}

function weeksOf({ asOf }: WatchedFirm): number[] {
    return Array.from({ length: WEEKS + 1 }, (_, week) => asOf - 7 * (WEEKS - week));
}

/** The planted decline a warning of this metric would be about. */
function truthOf(
    { truths }: WatchedFirm,
    person: string,
    metric: string,
    watch: Playbook['watch']
): PersonTruth | undefined {
    const watched = watch.find(({ id }) => id === metric)!;
    return truths.find(({ personId, kind, signal }) => {
        if (personId !== person) return false;
        if (watched.as === 'check-in') return kind === 'quieter';
        return signal !== null && watched.weekly.signals.includes(signal);
    });
}

function count(tally: Tally, truth: PersonTruth | undefined, day: number | null): void {
    if (truth) tally.planted++;
    if (day === null) return;
    if (!truth || day < truth.sinceDay) {
        tally.false++;
        return;
    }
    tally.found++;
    tally.delayWeeks.push((day - truth.sinceDay) / 7);
    tally.leadWeeks.push((truth.resultsFallDay! - day) / 7);
}
