// What the org's own won deals say is normal: days in a stage, the longest silence, amounts, and the chance of a win.
// Owns samples and fallbacks (segment, then team, then firm, then the shipped default); the rules decide what to make of
// them. Deterministic: samples are sorted before use, so the order of deals does not matter.
import { DEFAULT_STAGE_MEDIAN_DAYS } from './default-policy.ts';
import { winCurve, type WinCurve } from './survival.ts';
import type { DealFacts, ThresholdBasis } from './types.ts';

/** A number to compare with, where it comes from and how many won deals stand behind it. */
export interface LearnedValue {
    value: number;
    basis: ThresholdBasis;
    sampleSize: number;
}

/** Where a deal stands: what decides which other deals are like it. */
export type DealPlace = Pick<DealFacts, 'stageName' | 'segment' | 'teamKey'>;

export interface LearnedThresholds {
    /** Median business days won deals spent in this stage; the shipped default when too few tell. */
    stageMedian(place: DealPlace, minimum: number): LearnedValue;
    /** Percentile (0 to 1) of the longest silence, in business days, of won deals in this stage. */
    silence(place: DealPlace, percentile: number, minimum: number): LearnedValue | null;
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

export type Outcome = 'won' | 'lost' | 'open';

interface AgeSamples {
    won: number[];
    lost: number[];
    open: number[];
}

/** Collects samples; `thresholds()` then answers from them. */
export class Learning {
    #stageDays = new SampleGroups();
    #silences = new SampleGroups();
    #wonAmounts = new SampleGroups();
    #ages = new Map<string, AgeSamples & Omit<DealPlace, 'stageName'>>();

    /** One stage a won deal went through. `longestSilence` is null when contacts of the deal are not recorded. */
    addStage(place: DealPlace, businessDays: number, longestSilence: number | null): void {
        this.#stageDays.add(place, businessDays);
        if (longestSilence !== null) this.#silences.add(place, longestSilence);
    }

    addWonAmount(place: DealPlace, amountMinor: number): void {
        this.#wonAmounts.add({ ...place, stageName: '' }, amountMinor);
    }

    /** Age in calendar days at the end of the deal, or today when it is open. */
    addAge({ segment, teamKey }: DealPlace, outcome: Outcome, ageDays: number): void {
        const key = `${segment}\n${teamKey}`;
        let samples = this.#ages.get(key);
        if (!samples) this.#ages.set(key, (samples = { segment, teamKey, won: [], lost: [], open: [] }));
        samples[outcome].push(ageDays);
    }

    thresholds(): LearnedThresholds {
        const curves = this.#curves();
        return {
            stageMedian: (place, minimum) =>
                this.#stageDays.percentile(place, 0.5, minimum) ?? {
                    value: DEFAULT_STAGE_MEDIAN_DAYS,
                    basis: 'Default',
                    sampleSize: 0
                },
            silence: (place, percentile, minimum) => this.#silences.percentile(place, percentile, minimum),
            wonAmount95: (place, minimum) =>
                this.#wonAmounts.percentile({ ...place, stageName: '' }, 0.95, minimum),
            chanceOfWin: (place, ageDays, ageAtCloseDays, minimum) => {
                for (const [basis, curve] of curves(place)) {
                    if (curve.wonCount < minimum) continue;
                    const value = curve.chanceBetween(ageDays, ageAtCloseDays);
                    return { value, basis, sampleSize: curve.wonCount };
                }
                return null;
            }
        };
    }

    /** The curves of a place, nearest first, each built when first asked for. */
    #curves(): (place: DealPlace) => Iterable<[ThresholdBasis, WinCurve]> {
        const built = new Map<string, WinCurve>();
        const curve = (
            key: string,
            belongs: (samples: { segment: string; teamKey: string }) => boolean
        ): WinCurve => {
            let found = built.get(key);
            if (!found) {
                const samples = [...this.#ages.values()].filter(belongs);
                found = winCurve(
                    samples.flatMap(({ won }) => won),
                    samples.flatMap(({ lost }) => lost),
                    samples.flatMap(({ open }) => open)
                );
                built.set(key, found);
            }
            return found;
        };
        return function* ({ segment, teamKey }) {
            if (segment !== '')
                yield ['Segment', curve(`s${segment}`, (samples) => samples.segment === segment)];
            if (teamKey !== '')
                yield ['Team', curve(`t${teamKey}`, (samples) => samples.teamKey === teamKey)];
            yield ['Firm', curve('f', () => true)];
        };
    }
}

/** Numbers kept by stage, segment and team, and read at the nearest level that has enough of them. */
class SampleGroups {
    #cells = new Map<string, { place: DealPlace; values: number[] }>();
    #sorted = new Map<string, Float64Array>();

    add(place: DealPlace, value: number): void {
        const key = `${place.stageName}\n${place.segment}\n${place.teamKey}`;
        const cell = this.#cells.get(key);
        if (cell) cell.values.push(value);
        else this.#cells.set(key, { place, values: [value] });
        if (this.#sorted.size > 0) this.#sorted.clear();
    }

    percentile(place: DealPlace, fraction: number, minimum: number): LearnedValue | null {
        const levels: [ThresholdBasis, string, (other: DealPlace) => boolean][] = [
            ['Segment', place.segment, (other) => other.segment === place.segment],
            ['Team', place.teamKey, (other) => other.teamKey === place.teamKey],
            ['Firm', 'all', () => true]
        ];
        for (const [basis, name, belongs] of levels) {
            // A deal without a type or a manager belongs to no segment or team that could speak for it.
            if (name === '') continue;
            const values = this.#values(`${basis}\n${place.stageName}\n${name}`, place.stageName, belongs);
            if (values.length >= Math.max(1, minimum)) {
                return { value: percentileOf(values, fraction), basis, sampleSize: values.length };
            }
        }
        return null;
    }

    #values(key: string, stageName: string, belongs: (other: DealPlace) => boolean): Float64Array {
        let sorted = this.#sorted.get(key);
        if (!sorted) {
            const cells = [...this.#cells.values()].filter(
                ({ place }) => place.stageName === stageName && belongs(place)
            );
            sorted = Float64Array.from(cells.flatMap(({ values }) => values)).sort();
            this.#sorted.set(key, sorted);
        }
        return sorted;
    }
}

/** Linear between the two nearest ranks: the median of 1, 2, 3, 10 is 2.5. */
export function percentileOf(sorted: Float64Array, fraction: number): number {
    const rank = fraction * (sorted.length - 1);
    const low = Math.floor(rank);
    const below = sorted[low]!;
    const above = sorted[Math.min(low + 1, sorted.length - 1)]!;
    return below + (above - below) * (rank - low);
}
