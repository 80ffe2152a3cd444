// Does a flag earn its place? For each rule, in each segment and in the firm: how often flagged deals went badly (hit
// rate), how much more often than deals without the flag on the same days (lift, with an interval), and how long before
// the loss the flag was up (lead).
//
// A deal is on many landmark days, so it counts once on each side: with y its share of bad days among its flagged days,
//     hit rate p1 = mean of y over the D1 deals ever flagged,  p0 the same over the D0 deals ever not flagged
// and the lift is p1 / p0 with half a deal added to hits and one to deals on either side. The interval is
// lift * exp(+-1.96 se) with the larger of two variances of ln(lift): Katz's (1 - p1) / (D1 p1) + (1 - p0) / (D0 p0)
// (Katz et al., Biometrics 34, 1978), and the deal-clustered one, D / (D - 1) times the sum over deals of the squared
// influence (y - p1) / (D1 p1) - (y' - p0) / (D0 p0), because a deal may stand on both sides (Liang and Zeger,
// Biometrika 73, 1986). A flag whose interval includes 1, or lies below it, is demoted.
//
// Feedback: deals that a rep called not right and whose outcome is not known yet count as half a flagged deal that did
// not go badly, all together at most a fifth of the flagged deals with an outcome. So feedback can take at most a sixth
// off a hit rate; where the outcome is known, the outcome speaks.
import { normalQuantile } from '../statistics/normal.ts';
import { CONFIDENCE, type Interval } from '../statistics/proportions.ts';
import { NONE, type DayNumber, type RuleKey } from '../pipeline/types.ts';
import { sentenceOf } from './sentence.ts';
import { FIRM, type Feedback, type FeedbackReason, type FlagRecord, type Landmark } from './types.ts';

/** Deals on either side, and deals of either outcome, below which nothing is concluded. */
export const LEAST_DEALS = 30;
export const LEAST_OUTCOMES = 5;
const FEEDBACK_WEIGHT = 0.5;
const MOST_FEEDBACK = 0.2;
/** These say the flag was wrong; the others say the world was. */
const AGAINST_THE_FLAG: ReadonlySet<FeedbackReason> = new Set([
    'DealIsActive',
    'ThresholdWrong',
    'DataWrong'
]);

/** What one deal shows: bad and all landmark days on which it was flagged, and on which it was not. */
interface Shown {
    flagged: number;
    flaggedBad: number;
    other: number;
    otherBad: number;
    firstFlagOn: DayNumber;
    lostOn: DayNumber;
}

/** By rule, then the firm first and segments by name. */
export function flagRecords(
    landmarks: readonly Landmark[],
    feedback: readonly Feedback[],
    ruleKeys: readonly RuleKey[],
    horizonDays: number
): FlagRecord[] {
    const segments = [FIRM, ...[...new Set(landmarks.map(({ segment }) => segment))].sort()];
    const bySegment = Map.groupBy(landmarks, ({ segment }) => segment);
    return ruleKeys.flatMap((ruleKey) =>
        segments.map((segment) => {
            const own = segment === FIRM ? landmarks : bySegment.get(segment)!;
            return recordOf(ruleKey, segment, own, feedback, horizonDays);
        })
    );
}

function recordOf(
    ruleKey: RuleKey,
    segment: string,
    landmarks: readonly Landmark[],
    feedback: readonly Feedback[],
    horizonDays: number
): FlagRecord {
    const deals = dealsOf(ruleKey, landmarks);
    const flagged = deals.filter((deal) => deal.flagged > 0);
    const others = deals.filter((deal) => deal.other > 0);
    const counted = feedbackOf(ruleKey, landmarks, feedback, segment);
    const feedbackWeight = Math.min(FEEDBACK_WEIGHT * counted, MOST_FEEDBACK * flagged.length);
    const hits = sum(flagged.map((deal) => deal.flaggedBad / deal.flagged));
    const otherHits = sum(others.map((deal) => deal.otherBad / deal.other));
    const isEnough = enough(flagged.length, others.length, hits, otherHits);
    const compared = isEnough
        ? compare(deals, hits, flagged.length + feedbackWeight, otherHits, others.length)
        : null;
    const record: Omit<FlagRecord, 'sentence'> = {
        ruleKey,
        segment,
        horizonDays,
        flaggedDeals: flagged.length,
        otherDeals: others.length,
        hitRate: flagged.length > 0 ? hits / (flagged.length + feedbackWeight) : null,
        otherRate: others.length > 0 ? otherHits / others.length : null,
        lift: compared?.lift ?? null,
        interval: compared?.interval ?? null,
        lead: leadOf(flagged),
        feedbackCount: counted,
        feedbackWeight,
        verdict: !compared ? 'NotEnough' : compared.interval.low > 1 ? 'Earned' : 'Demoted'
    };
    return { ...record, sentence: sentenceOf(record) };
}

function dealsOf(ruleKey: RuleKey, landmarks: readonly Landmark[]): Shown[] {
    const byDeal = new Map<string, Shown>();
    for (const { dealId, asOf, flagged, wentBadly, lostOn } of landmarks) {
        let shown = byDeal.get(dealId);
        if (!shown) {
            shown = { flagged: 0, flaggedBad: 0, other: 0, otherBad: 0, firstFlagOn: NONE, lostOn };
            byDeal.set(dealId, shown);
        }
        if (flagged.includes(ruleKey)) {
            shown.flagged++;
            if (wentBadly) shown.flaggedBad++;
            if (shown.firstFlagOn === NONE || asOf < shown.firstFlagOn) shown.firstFlagOn = asOf;
        } else {
            shown.other++;
            if (wentBadly) shown.otherBad++;
        }
    }
    return [...byDeal].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, shown]) => shown);
}

function enough(flagged: number, others: number, hits: number, otherHits: number): boolean {
    const bad = hits + otherHits;
    return (
        flagged >= LEAST_DEALS &&
        others >= LEAST_DEALS &&
        bad >= LEAST_OUTCOMES &&
        flagged + others - bad >= LEAST_OUTCOMES
    );
}

function compare(
    deals: readonly Shown[],
    hits: number,
    flagged: number,
    otherHits: number,
    others: number
): { lift: number; interval: Interval } {
    const p1 = (hits + 0.5) / (flagged + 1);
    const p0 = (otherHits + 0.5) / (others + 1);
    const katz = (1 - p1) / (flagged * p1) + (1 - p0) / (others * p0);
    let squares = 0;
    for (const deal of deals) {
        const own = deal.flagged > 0 ? (deal.flaggedBad / deal.flagged - p1) / (flagged * p1) : 0;
        const other = deal.other > 0 ? (deal.otherBad / deal.other - p0) / (others * p0) : 0;
        squares += (own - other) ** 2;
    }
    const clustered = (deals.length / (deals.length - 1)) * squares;
    const reach = normalQuantile((1 + CONFIDENCE) / 2) * Math.sqrt(Math.max(katz, clustered));
    const lift = p1 / p0;
    return { lift, interval: { low: lift * Math.exp(-reach), high: lift * Math.exp(reach) } };
}

/** Deals with feedback against the flag and without an outcome; several reps on one deal count once. */
function feedbackOf(
    ruleKey: RuleKey,
    landmarks: readonly Landmark[],
    feedback: readonly Feedback[],
    segment: string
): number {
    const known = new Set(landmarks.map(({ dealId }) => dealId));
    const newest = new Map<string, Feedback>();
    for (const one of feedback) {
        if (segment !== FIRM && one.segment !== segment) continue;
        const key = `${one.dealId}\n${one.authorId}`;
        const before = newest.get(key);
        if (one.ruleKey === ruleKey && !known.has(one.dealId) && (!before || before.givenOn <= one.givenOn))
            newest.set(key, one);
    }
    const against = [...newest.values()].filter(({ reason }) => AGAINST_THE_FLAG.has(reason));
    return new Set(against.map(({ dealId }) => dealId)).size;
}

function leadOf(flagged: readonly Shown[]): FlagRecord['lead'] {
    const days = flagged
        .filter(({ lostOn, firstFlagOn }) => lostOn !== NONE && lostOn >= firstFlagOn)
        .map(({ lostOn, firstFlagOn }) => lostOn - firstFlagOn)
        .sort((a, b) => a - b);
    if (days.length === 0) return null;
    const at = (share: number): number => days[Math.max(0, Math.ceil(share * days.length) - 1)]!;
    return { count: days.length, p25: at(0.25), median: at(0.5), p75: at(0.75) };
}

function sum(values: readonly number[]): number {
    return values.reduce((total, value) => total + value, 0);
}
