// The pipeline that is claimed beside the one that is real. Every open deal's amount goes into exactly one of the parts
// below, first reason first, so that the parts sum to the claimed amount to the cent:
//
//   Outlived    older than any deal that was ever won (in its segment, where enough were; else in the firm)
//   Silent      no activity and no change for longer than SILENT_DAYS, where activities are recorded at all
//   PastDue     its close date has passed
//   Stalled     its health band says so (pipeline/assess.ts)
//   NoAmount    nothing, or less than nothing, is entered: it is listed and counts as it stands
//   Overstated  of all other deals, the share of the amount that won deals lost on the way: 1 - sum of what was signed /
//               sum of what the same deals claimed (never below 0: pipelines are not written up)
//   Real        what is left
//
// "Silent" is the common practice of leaving out deals without verifiable activity in 30 days (CAPABILITIES.md row 18,
// 3.4). That flagged deals do close less often is measured in flag-record.
import { NONE, type Band, type DayNumber } from '../pipeline/types.ts';
import { toMinor } from '../forecast/round-parts.ts';
import { valueOf, type DealState } from './types.ts';

export const PARTS = ['Outlived', 'Silent', 'PastDue', 'Stalled', 'NoAmount', 'Overstated', 'Real'] as const;
export type Part = (typeof PARTS)[number];

export interface ClaimedDeal {
    state: DealState;
    /** last activity of any kind; NONE: never */
    lastActivityOn: DayNumber;
    /** false: this org or owner records no activities, so silence says nothing */
    recordsActivities: boolean;
    band: Band;
}

/** A deal that was won, with what it claimed half way (on the day half its life was over) and what was signed. */
export interface WonDeal {
    segment: string;
    ageDays: number;
    claimedMinor: number | null;
    signedMinor: number | null;
}

export interface RealPipeline {
    claimedMinor: number;
    claimedCount: number;
    /** in the order of PARTS; those with deals, and Real */
    parts: { part: Part; amountMinor: number; dealIds: string[] }[];
    realMinor: number;
    /** signed over claimed of won deals; 1 where too few tell */
    valueKept: number;
    valueKeptSample: number;
}

const SILENT_DAYS = 30;
/** Won deals that say how old deals get, and how much of a claim is signed. */
const LEAST_WON = 20;

export function realPipeline(
    deals: readonly ClaimedDeal[],
    won: readonly WonDeal[],
    asOf: DayNumber
): RealPipeline {
    const open = deals.filter(({ state }) => state.outcome === 'Open');
    const oldest = oldestWon(won);
    const kept = valueKept(won);
    const sums = new Map<Part, { amountMinor: number; dealIds: string[] }>();
    const add = (part: Part, amountMinor: number, dealId: string): void => {
        const sum = sums.get(part) ?? { amountMinor: 0, dealIds: [] };
        sum.amountMinor += amountMinor;
        sum.dealIds.push(dealId);
        sums.set(part, sum);
    };
    let claimedMinor = 0;
    for (const deal of open) {
        const amount = valueOf(deal.state);
        const { dealId } = deal.state;
        claimedMinor += amount;
        const part = partOf(deal, oldest(deal.state.segment), asOf);
        if (part) {
            add(part, amount, dealId);
            continue;
        }
        const real = toMinor(amount * kept.share);
        if (real !== amount) add('Overstated', amount - real, dealId);
        add('Real', real, dealId);
    }
    return {
        claimedMinor,
        claimedCount: open.length,
        parts: PARTS.flatMap((part) => {
            const sum = sums.get(part) ?? (part === 'Real' ? { amountMinor: 0, dealIds: [] } : null);
            return sum ? [{ part, ...sum }] : [];
        }),
        realMinor: sums.get('Real')?.amountMinor ?? 0,
        valueKept: kept.share,
        valueKeptSample: kept.count
    };
}

function partOf(
    { state, lastActivityOn, recordsActivities, band }: ClaimedDeal,
    oldestWonDays: number,
    asOf: DayNumber
): Part | null {
    if (asOf - state.createdOn > oldestWonDays) return 'Outlived';
    const lastOn = Math.max(lastActivityOn, state.changedOn);
    if (recordsActivities && asOf - lastOn > SILENT_DAYS) return 'Silent';
    if (state.closeDate !== NONE && state.closeDate < asOf) return 'PastDue';
    if (band === 'Stalled') return 'Stalled';
    return valueOf(state) > 0 ? null : 'NoAmount';
}

/** Longest age at which a deal was won; no deal outlives it where too few were won to say. */
function oldestWon(won: readonly WonDeal[]): (segment: string) => number {
    const longest = (deals: readonly WonDeal[]): number =>
        deals.length < LEAST_WON ? Infinity : deals.reduce((most, { ageDays }) => Math.max(most, ageDays), 0);
    const firm = longest(won);
    const bySegment = new Map(
        [...Map.groupBy(won, ({ segment }) => segment)].map(([key, own]) => [key, longest(own)])
    );
    return (segment) => {
        const own = bySegment.get(segment) ?? Infinity;
        return own === Infinity ? firm : own;
    };
}

function valueKept(won: readonly WonDeal[]): { share: number; count: number } {
    const both = won.filter(
        ({ claimedMinor, signedMinor }) => (claimedMinor ?? 0) > 0 && signedMinor !== null
    );
    const sum = (of: (deal: WonDeal) => number): number => both.reduce((total, deal) => total + of(deal), 0);
    if (both.length < LEAST_WON) return { share: 1, count: both.length };
    const signed = Math.max(
        0,
        sum((deal) => deal.signedMinor!)
    );
    return { share: Math.min(1, signed / sum((deal) => deal.claimedMinor!)), count: both.length };
}
