// What changed in the pipeline between two days, so that opening plus changes is closing to the cent, for the whole and
// for every segment, owner or period. The deals of both days come from TimeTravel; each deal falls into one bucket:
//
//   in scope on neither day      CreatedAndWon, CreatedAndLost (counted, they move nothing), or nothing
//   only on the second day       Created (on or after the first day), else Reopened (was closed), PulledIn (its close date
//                                came into the period), else MovedIn (another owner, segment)
//   only on the first day        Won, Lost, Deleted, PushedOut (close date after the period), PulledOut (before), else MovedOut
//   on both                      Increased, Decreased or Unchanged
//
// A deal that was won at another amount than it opened with leaves with its opening amount; what it brought is told beside.
import type { DayNumber } from '../pipeline/types.ts';
import { valueOf, type DealState } from './types.ts';

export const BUCKETS = [
    'Created',
    'Reopened',
    'PulledIn',
    'MovedIn',
    'Increased',
    'Decreased',
    'PushedOut',
    'PulledOut',
    'MovedOut',
    'Deleted',
    'Won',
    'Lost',
    'CreatedAndWon',
    'CreatedAndLost',
    'Unchanged'
] as const;
export type Bucket = (typeof BUCKETS)[number];

/** Which open deals count; a period narrows them to close dates within it. */
export interface Scope {
    includes(deal: DealState): boolean;
    period: { startOn: DayNumber; endOn: DayNumber } | null;
}

export interface BucketSum {
    bucket: Bucket;
    count: number;
    /** what the bucket adds to the pipeline, below 0 where it takes away */
    changeMinor: number;
    /** amounts of the deals on the second day (closed ones included), e.g. what was won */
    amountMinor: number;
    dealIds: string[];
}

export interface Waterfall {
    openingMinor: number;
    openingCount: number;
    /** in the order of BUCKETS, only those with deals */
    buckets: BucketSum[];
    closingMinor: number;
    closingCount: number;
}

/** `opening` and `closing` are all deals at the end of both days, `openedOn` is the first of them. */
export function waterfall(
    opening: readonly DealState[],
    closing: readonly DealState[],
    openedOn: DayNumber,
    scope: Scope
): Waterfall {
    const before = new Map(opening.map((deal) => [deal.dealId, deal]));
    const after = new Map(closing.map((deal) => [deal.dealId, deal]));
    const sums = new Map<Bucket, BucketSum>();
    const found: Waterfall = {
        openingMinor: 0,
        openingCount: 0,
        buckets: [],
        closingMinor: 0,
        closingCount: 0
    };
    for (const dealId of new Set([...before.keys(), ...after.keys()])) {
        const was = before.get(dealId) ?? null;
        const is = after.get(dealId) ?? null;
        const wasIn = was !== null && isIn(was, scope);
        const isNowIn = is !== null && isIn(is, scope);
        const opened = wasIn ? valueOf(was) : 0;
        const closed = isNowIn ? valueOf(is) : 0;
        found.openingMinor += opened;
        found.closingMinor += closed;
        if (wasIn) found.openingCount++;
        if (isNowIn) found.closingCount++;
        const bucket = bucketOf(was, is, wasIn, isNowIn, openedOn, scope);
        if (bucket) add(sums, bucket, dealId, closed - opened, is ? valueOf(is) : 0);
    }
    found.buckets = BUCKETS.flatMap((bucket) => sums.get(bucket) ?? []);
    return found;
}

function isIn(deal: DealState, { includes, period }: Scope): boolean {
    return deal.outcome === 'Open' && includes(deal) && (!period || isWithin(deal, period));
}

function isWithin({ closeDate }: DealState, { startOn, endOn }: NonNullable<Scope['period']>): boolean {
    return closeDate >= startOn && closeDate <= endOn;
}

function bucketOf(
    was: DealState | null,
    is: DealState | null,
    wasIn: boolean,
    isNowIn: boolean,
    openedOn: DayNumber,
    scope: Scope
): Bucket | null {
    if (wasIn) {
        if (!is) return 'Deleted';
        if (isNowIn) return changeOf(was!, is);
        return leaving(is, scope);
    }
    if (isNowIn) return arriving(was, is!, openedOn, scope);
    if (!was && is && is.createdOn > openedOn && scope.includes(is)) return closedAtOnce(is, scope);
    return null;
}

function changeOf(was: DealState, is: DealState): Bucket {
    const change = valueOf(is) - valueOf(was);
    return change > 0 ? 'Increased' : change < 0 ? 'Decreased' : 'Unchanged';
}

function leaving(is: DealState, { includes, period }: Scope): Bucket {
    if (is.outcome === 'Won') return 'Won';
    if (is.outcome === 'Lost') return 'Lost';
    if (!includes(is) || !period) return 'MovedOut';
    return is.closeDate > period.endOn ? 'PushedOut' : 'PulledOut';
}

function arriving(
    was: DealState | null,
    is: DealState,
    openedOn: DayNumber,
    { includes, period }: Scope
): Bucket {
    if (!was) return is.createdOn > openedOn ? 'Created' : 'MovedIn';
    if (was.outcome !== 'Open') return 'Reopened';
    return includes(was) && period && !isWithin(was, period) ? 'PulledIn' : 'MovedIn';
}

/** Created and closed between the two days. A period counts those that were due in it. */
function closedAtOnce(is: DealState, { period }: Scope): Bucket | null {
    if (period && !isWithin(is, period)) return null;
    return is.outcome === 'Won' ? 'CreatedAndWon' : is.outcome === 'Lost' ? 'CreatedAndLost' : null;
}

function add(
    sums: Map<Bucket, BucketSum>,
    bucket: Bucket,
    dealId: string,
    changeMinor: number,
    amountMinor: number
): void {
    const sum = sums.get(bucket) ?? { bucket, count: 0, changeMinor: 0, amountMinor: 0, dealIds: [] };
    sum.count++;
    sum.changeMinor += changeMinor;
    sum.amountMinor += amountMinor;
    sum.dealIds.push(dealId);
    sums.set(bucket, sum);
}
