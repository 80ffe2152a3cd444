// What the org's own won deals say is normal: days in a stage, the longest silence, amounts, and the chance of a win.
// Owns samples, their summary and the fallbacks (segment, then team, then firm, then the shipped default); the rules
// decide what to make of them. The summary is plain data: a full run learns it, later delta runs read it back.
// Deterministic: samples are counted and sorted before use, so the order of deals does not matter.
import { DEFAULT_STAGE_MEDIAN_DAYS } from './default-policy.ts';
import { NOTHING, Tally, distributionOf, percentileOf, type Distribution } from './distribution.ts';
import { chanceBetween, winCurve, type WinCurve } from './survival.ts';
import type { DealFacts, ThresholdBasis } from './types.ts';

/** A number to compare with, where it comes from and how many won deals stand behind it. */
export interface LearnedValue {
    value: number;
    basis: ThresholdBasis;
    sampleSize: number;
}

/** What decides which other deals are like a deal. */
export type Neighbours = Pick<DealFacts, 'segment' | 'teamKey'>;
/** The same with where it stands. */
export type DealPlace = Pick<DealFacts, 'stageName' | 'segment' | 'teamKey'>;

/** How rare a silence must be among won deals: longer than three quarters of them, or than nine in ten. */
export type SilenceRank = 'p75' | 'p90';

export interface LearnedThresholds {
    /** Median business days won deals spent in this stage; the shipped default when too few tell. */
    stageMedian(place: DealPlace, minimum: number): LearnedValue;
    /** The longest silence, in business days, of won deals in this stage. */
    silence(place: DealPlace, rank: SilenceRank, minimum: number): LearnedValue | null;
    /** 95th percentile of won amounts, in minor units. */
    wonAmount95(place: DealPlace, minimum: number): LearnedValue | null;
    /** Chance (0 to 1) that a deal open at `ageDays` is won by `ageAtCloseDays`. */
    chanceOfWin(
        place: DealPlace,
        ageDays: number,
        ageAtCloseDays: number,
        minimum: number
    ): LearnedValue | null;
}

interface Percentiles {
    /** sample size */
    n: number;
    p50: number;
    p75: number;
    p90: number;
    p95: number;
}

type ByGroup<T> = Record<string, T>;

/** Aggregates only, as JSON: no ids and no values of single deals. Keys are made by `groupsOf`. */
export interface LearnedSummary {
    stageDays: ByGroup<Percentiles>;
    silences: ByGroup<Percentiles>;
    wonAmounts: ByGroup<Percentiles>;
    curves: ByGroup<WinCurve>;
}

export type Outcome = 'won' | 'lost' | 'open';

/** The groups that could speak for a place, nearest first. A deal without a type or a manager has no such group. */
function groupsOf(stageName: string, { segment, teamKey }: Neighbours): [ThresholdBasis, string][] {
    const groups: [ThresholdBasis, string][] = [];
    if (segment !== '') groups.push(['Segment', `Segment\n${segment}\n${stageName}`]);
    if (teamKey !== '') groups.push(['Team', `Team\n${teamKey}\n${stageName}`]);
    groups.push(['Firm', `Firm\n\n${stageName}`]);
    return groups;
}

/** Collects samples of single deals; `summary()` then says what is normal. */
export class Learning {
    #stageDays = new Samples();
    #silences = new Samples();
    #wonAmounts = new Samples();
    #ages: Record<Outcome, Samples> = { won: new Samples(), lost: new Samples(), open: new Samples() };

    /** One stage a won deal went through. `longestSilence` is null when contacts of the deal are not recorded. */
    addStage(
        stageName: string,
        place: Neighbours,
        businessDays: number,
        longestSilence: number | null
    ): void {
        this.#stageDays.add(stageName, place, businessDays);
        if (longestSilence !== null) this.#silences.add(stageName, place, longestSilence);
    }

    addWonAmount(place: Neighbours, amountMinor: number): void {
        this.#wonAmounts.add('', place, amountMinor);
    }

    /** Age in calendar days at the end of the deal, or today when it is open. */
    addAge(place: Neighbours, outcome: Outcome, ageDays: number): void {
        this.#ages[outcome].add('', place, ageDays);
    }

    summary(): LearnedSummary {
        const { won, lost, open } = this.#ages;
        return {
            stageDays: this.#stageDays.summarize(percentilesOf),
            silences: this.#silences.summarize(percentilesOf),
            wonAmounts: this.#wonAmounts.summarize(percentilesOf),
            // A group in which nothing was ever won has no chance to tell of.
            curves: won.summarize((ages, key) => winCurve(ages, lost.group(key), open.group(key)))
        };
    }
}

/** Numbers by stage, segment and team, brought together by group when all are in. */
class Samples {
    /** by the place object as it was given; equal places given as several objects meet in their groups */
    #cells = new Map<Neighbours, Map<string, Tally>>();
    #groups: Map<string, Distribution> | null = null;

    add(stageName: string, place: Neighbours, value: number): void {
        let stages = this.#cells.get(place);
        if (!stages) this.#cells.set(place, (stages = new Map()));
        let tally = stages.get(stageName);
        if (!tally) stages.set(stageName, (tally = new Tally()));
        tally.add(value);
        this.#groups = null;
    }

    summarize<T>(of: (values: Distribution, key: string) => T): ByGroup<T> {
        const groups = this.#distributions();
        return Object.fromEntries([...groups.keys()].sort().map((key) => [key, of(groups.get(key)!, key)]));
    }

    group(key: string): Distribution {
        return this.#distributions().get(key) ?? NOTHING;
    }

    #distributions(): Map<string, Distribution> {
        if (this.#groups) return this.#groups;
        const tallies = new Map<string, Tally[]>();
        for (const [place, stages] of this.#cells) {
            for (const [stageName, tally] of stages) {
                for (const [, key] of groupsOf(stageName, place)) {
                    const group = tallies.get(key);
                    if (group) group.push(tally);
                    else tallies.set(key, [tally]);
                }
            }
        }
        this.#groups = new Map([...tallies].map(([key, group]) => [key, distributionOf(group)]));
        return this.#groups;
    }
}

function percentilesOf(values: Distribution): Percentiles {
    return {
        n: values.total,
        p50: percentileOf(values, 0.5),
        p75: percentileOf(values, 0.75),
        p90: percentileOf(values, 0.9),
        p95: percentileOf(values, 0.95)
    };
}

/** Answers from a summary, learnt just now or read back. */
export function learnedThresholds(summary: LearnedSummary): LearnedThresholds {
    return {
        stageMedian: (place, minimum) =>
            nearest(summary.stageDays, place.stageName, place, 'p50', minimum) ?? {
                value: DEFAULT_STAGE_MEDIAN_DAYS,
                basis: 'Default',
                sampleSize: 0
            },
        silence: (place, rank, minimum) => nearest(summary.silences, place.stageName, place, rank, minimum),
        wonAmount95: (place, minimum) => nearest(summary.wonAmounts, '', place, 'p95', minimum),
        chanceOfWin: (place, ageDays, ageAtCloseDays, minimum) => {
            for (const [basis, key] of groupsOf('', place)) {
                const curve = summary.curves[key];
                if (!curve || curve.wonCount < minimum) continue;
                return {
                    value: chanceBetween(curve, ageDays, ageAtCloseDays),
                    basis,
                    sampleSize: curve.wonCount
                };
            }
            return null;
        }
    };
}

function nearest(
    groups: ByGroup<Percentiles>,
    stageName: string,
    place: DealPlace,
    rank: 'p50' | 'p75' | 'p90' | 'p95',
    minimum: number
): LearnedValue | null {
    for (const [basis, key] of groupsOf(stageName, place)) {
        const group = groups[key];
        if (group && group.n >= minimum) return { value: group[rank], basis, sampleSize: group.n };
    }
    return null;
}
