// How far a person's commits may be trusted: what came in over what was promised, pulled towards the team where there is
// little to go by.
//
// With commits C and outcomes A of the last periods, r = sum A / sum C. A promise of C misses by about s * C, where s is
// one figure for all (the pooled residual (A - rC) / C), so var(r) = s^2 * sum C^2 / (sum C)^2. True ratios differ
// between people by a variance t^2 (DerSimonian and Laird, Controlled Clinical Trials 7, 1986), and the estimate shown is
// the empirical Bayes mean  m + w (r - m),  w = t^2 / (t^2 + var(r)),  with variance w * var(r) + (1 - w)^2 var(m)
// around the team's mean m (Efron and Morris, JASA 70, 1975). One good quarter moves w little; twelve make the person's
// own record count. A sign is given only where the 90 % interval leaves out 1.
import { studentQuantile } from '../statistics/student.ts';
import type { Interval } from '../statistics/proportions.ts';

export interface CommitRecord {
    personId: string;
    teamKey: string;
    periodKey: string;
    commitMinor: number;
    actualMinor: number;
}

export interface Optimism {
    personId: string;
    teamKey: string;
    periodCount: number;
    /** sum of outcomes over sum of commits */
    observedRatio: number;
    /** after shrinkage to the team */
    ratio: number;
    interval: Interval;
    /** share of the estimate that is the person's own record */
    ownWeight: number;
    /** what came in is reliably below (Optimist) or above (Sandbagger) what was promised */
    sign: 'Optimist' | 'Sandbagger' | 'None';
}

export interface OptimismRecord {
    people: Optimism[];
    /** people whose commits cannot be judged, in words */
    unjudged: { personId: string; reason: string }[];
}

const LAST_PERIODS = 4;
const CONFIDENCE = 0.9;
/** Residuals the pooled figure needs at least. */
const LEAST_DEGREES = 5;

interface PersonRecord {
    personId: string;
    teamKey: string;
    promises: CommitRecord[];
    ratio: number;
    /** sum C^2 / (sum C)^2 */
    spread: number;
}

/** The last four periods of each person that have a commit above zero. */
export function optimismOf(promises: readonly CommitRecord[]): OptimismRecord {
    const periods = [...new Set(promises.map(({ periodKey }) => periodKey))].sort().slice(-LAST_PERIODS);
    const byPerson = Map.groupBy(promises, ({ personId }) => personId);
    const unjudged: OptimismRecord['unjudged'] = [];
    const records: PersonRecord[] = [];
    for (const personId of [...byPerson.keys()].sort()) {
        const usable = byPerson
            .get(personId)!
            .filter(({ periodKey, commitMinor }) => commitMinor > 0 && periods.includes(periodKey));
        if (usable.length > 0) records.push(recordOf(personId, usable));
        else unjudged.push({ personId, reason: 'No commit above zero in the last four periods.' });
    }
    const pooled = pooledVariance(records);
    if (pooled.degrees < LEAST_DEGREES) {
        const reason = `Not enough history: ${pooled.degrees} of ${LEAST_DEGREES} repeated commits over all people.`;
        return {
            people: [],
            unjudged: [...unjudged, ...records.map(({ personId }) => ({ personId, reason }))]
        };
    }
    const t = studentQuantile((1 + CONFIDENCE) / 2, pooled.degrees);
    const people = [...Map.groupBy(records, ({ teamKey }) => teamKey).values()].flatMap((team) =>
        shrink(team, pooled.variance, t)
    );
    return { people: people.sort((a, b) => (a.personId < b.personId ? -1 : 1)), unjudged };
}

function recordOf(personId: string, promises: CommitRecord[]): PersonRecord {
    const inOrder = promises.toSorted((a, b) => (a.periodKey < b.periodKey ? -1 : 1));
    const committed = sum(inOrder.map(({ commitMinor }) => commitMinor));
    return {
        personId,
        teamKey: inOrder.at(-1)!.teamKey,
        promises: inOrder,
        ratio: sum(inOrder.map(({ actualMinor }) => actualMinor)) / committed,
        spread: sum(inOrder.map(({ commitMinor }) => (commitMinor / committed) ** 2))
    };
}

function pooledVariance(records: readonly PersonRecord[]): { variance: number; degrees: number } {
    const degrees = sum(records.map(({ promises }) => promises.length - 1));
    const squares = sum(
        records.flatMap(({ promises, ratio }) =>
            promises.length < 2
                ? []
                : promises.map(({ actualMinor, commitMinor }) => (actualMinor / commitMinor - ratio) ** 2)
        )
    );
    return { variance: degrees > 0 ? squares / degrees : 0, degrees };
}

function shrink(team: readonly PersonRecord[], pooled: number, t: number): Optimism[] {
    const between = varianceBetween(team, pooled);
    // Commits that were all kept to the cent leave no variance to weigh by: then people count alike.
    const weights = team.map(({ spread }) => (between + pooled > 0 ? 1 / (between + pooled * spread) : 1));
    const whole = sum(weights);
    const mean = sum(team.map(({ ratio }, at) => ratio * (weights[at]! / whole)));
    const varianceOfMean = between + pooled > 0 ? 1 / whole : 0;
    return team.map((person) => {
        const variance = pooled * person.spread;
        // A team of one has nobody to be pulled towards.
        const own = team.length === 1 || between + variance === 0 ? 1 : between / (between + variance);
        const ratio = mean + own * (person.ratio - mean);
        const half = t * Math.sqrt(own * variance + (1 - own) ** 2 * varianceOfMean);
        const interval = { low: ratio - half, high: ratio + half };
        return {
            personId: person.personId,
            teamKey: person.teamKey,
            periodCount: person.promises.length,
            observedRatio: person.ratio,
            ratio,
            interval,
            ownWeight: own,
            sign: interval.high < 1 ? 'Optimist' : interval.low > 1 ? 'Sandbagger' : 'None'
        };
    });
}

/** How much true ratios differ within a team: the excess of Cochran's Q over what chance gives. */
function varianceBetween(team: readonly PersonRecord[], pooled: number): number {
    if (team.length < 2 || pooled === 0) return 0;
    const weights = team.map(({ spread }) => 1 / (pooled * spread));
    const whole = sum(weights);
    const mean = sum(team.map(({ ratio }, at) => ratio * weights[at]!)) / whole;
    const q = sum(team.map(({ ratio }, at) => weights[at]! * (ratio - mean) ** 2));
    const scale = whole - sum(weights.map((weight) => weight * weight)) / whole;
    return scale > 0 ? Math.max(0, (q - (team.length - 1)) / scale) : 0;
}

function sum(values: readonly number[]): number {
    return values.reduce((total, value) => total + value, 0);
}
