// All that snapshots of one day are worked out from, grouped by owner once, so that two hundred people do not each walk
// through all deals. Only what was known at the end of the day is in it: the same day tells the same later.
import { valueOf, type DealRecord, type DealState } from '../pipeline-review/types.ts';
import type { ClaimedDeal, WonDeal } from '../pipeline-review/real-pipeline.ts';
import type { StageStay, TimeTravel } from '../pipeline-review/time-travel.ts';
import type { OrgTimeZone } from '../org-time-zone.ts';
import { NONE, type DayNumber } from '../pipeline/types.ts';
import { versionsInOrder } from './deal-log.ts';
import type { TouchDays } from './touch-days.ts';

export interface DayBook {
    day: DayNumber;
    /** deals by owner */
    states: ReadonlyMap<string, DealState[]>;
    stays: ReadonlyMap<string, { deal: DealState; stays: StageStay[] }[]>;
    /** by deal */
    claims: ReadonlyMap<string, ClaimedDeal>;
    /** of the firm, in the year before */
    won: WonDeal[];
    /** won or lost, of the firm, in the year before */
    closed: { ownerId: string; isWon: boolean; amountMinor: number | null }[];
}

const YEAR_DAYS = 365;

export function dayBook(
    travel: TimeTravel,
    records: ReadonlyMap<string, DealRecord>,
    touches: TouchDays,
    recordsActivities: boolean,
    zone: Pick<OrgTimeZone, 'dayOfInstant'>,
    day: DayNumber
): DayBook {
    const states = travel.stateOn(day);
    const claims = new Map<string, ClaimedDeal>();
    const won: WonDeal[] = [];
    const closed: DayBook['closed'] = [];
    for (const state of states) {
        if (state.outcome === 'Open') {
            claims.set(state.dealId, {
                state,
                lastActivityOn: touches.lastUntil(state.dealId, day),
                recordsActivities,
                // Health bands have no history: with them a day told again later would tell something else.
                band: 'Healthy'
            });
            continue;
        }
        if (state.closedOn <= day - YEAR_DAYS) continue;
        const { ownerId, outcome, amountMinor } = state;
        closed.push({ ownerId, isWon: outcome === 'Won', amountMinor });
        if (outcome === 'Won') won.push(wonDeal(state, records.get(state.dealId)!, zone));
    }
    return {
        day,
        states: Map.groupBy(states, ({ ownerId }) => ownerId),
        stays: Map.groupBy(travel.staysUntil(day), ({ deal }) => deal.ownerId),
        claims,
        won,
        closed
    };
}

/** With what it claimed on the day half its life was over. */
function wonDeal(
    state: DealState,
    { versions }: DealRecord,
    zone: Pick<OrgTimeZone, 'dayOfInstant'>
): WonDeal {
    const half = state.createdOn + Math.floor((state.closedOn - state.createdOn) / 2);
    const then = versionsInOrder(versions).findLast(({ atMs }) => zone.dayOfInstant(atMs) <= half);
    return {
        segment: state.segment,
        ageDays: state.closedOn - state.createdOn,
        claimedMinor: then?.amountMinor ?? null,
        signedMinor: state.amountMinor
    };
}

/** What was won on days from the first to the last, both inclusive. */
export function wonBetween(states: Iterable<DealState>, from: DayNumber, to: DayNumber): number {
    let sum = 0;
    for (const state of states)
        if (
            state.outcome === 'Won' &&
            state.closedOn !== NONE &&
            state.closedOn >= from &&
            state.closedOn <= to
        )
            sum += valueOf(state);
    return sum;
}

export function ofOwners<T>(byOwner: ReadonlyMap<string, T[]>, owners: ReadonlySet<string>): T[] {
    return [...owners].sort().flatMap((owner) => byOwner.get(owner) ?? []);
}
