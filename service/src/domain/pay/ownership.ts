// Who owned a deal on which days, and how many stages it moved on meanwhile, from the changes an org has kept; and who touched it. What
// the org cannot know is not guessed: it becomes the reason why, and no rule that needs it pays the deal.
import { TOUCH_SOURCES, type IsoDay, type TouchSource } from '../incentives/plan.ts';
import { addDays } from '../incentives/dates.ts';

export interface OwnerSpan {
    payeeId: string;
    from: IsoDay;
    /** '' for the owner of now */
    to: IsoDay | '';
    stages: number;
    /** of the deal meanwhile, e.g. 60%; all of it where there is none */
    share?: string;
}

export interface Touch {
    payeeId: string;
    at: IsoDay;
    /** of a campaign */
    campaignId?: string;
}

/** Of one deal, by where they come from; a source no plan asks for is not read. */
export type Touches = Readonly<Partial<Record<TouchSource, Known<Touch>>>>;

/** A list, or why there is none. */
export type Known<T> = readonly T[] | Unknown;

export interface Unknown {
    unknown: string;
}

/** Null where it is not known. */
export function listOf<T>(known: Known<T>): readonly T[] | null {
    return Array.isArray(known) ? (known as readonly T[]) : null;
}

/** Why a source cannot be read at all. */
export type UnreadTouches = Readonly<Partial<Record<TouchSource, string>>>;

/** Those of all sources together; not known as soon as one of them is not. A campaign that was responded to touched the deal by
 *  that, and not once more because the deal came from it. */
export function touchesFrom(touches: Touches, sources: readonly TouchSource[]): Known<Touch> {
    const all: Touch[] = [];
    for (const source of TOUCH_SOURCES.filter((one) => sources.includes(one))) {
        const known = touches[source] ?? { unknown: `${source} were not read` };
        const list = listOf(known);
        if (list === null) return known;
        const told = new Set(all.flatMap(({ campaignId }) => campaignId ?? []));
        const isTold = (one: Touch): boolean =>
            source === 'primaryCampaign' && told.has(one.campaignId ?? '');
        all.push(...list.filter((one) => !isTold(one)));
    }
    return all.map(({ payeeId, at }) => ({ payeeId, at }));
}

export interface OwnerChange {
    /** ISO time */
    at: string;
    from: string;
    to: string;
}

export interface DealHistory {
    ownerId: string;
    /** ISO times */
    createdAt: string;
    /** history was on when the deal was made */
    isKeptFromStart: boolean;
    changes: readonly OwnerChange[];
    stageChanges: readonly string[];
}

/** @param trackedSince ISO time of the first change of owner the org has kept, '' for none */
export function ownersOf(deal: DealHistory, trackedSince: string): Known<OwnerSpan> {
    const changes = deal.changes.toSorted((a, b) => (a.at < b.at ? -1 : 1));
    const isTracked = trackedSince !== '' && trackedSince <= deal.createdAt;
    if (!deal.isKeptFromStart || (changes.length === 0 && !isTracked))
        return { unknown: 'OpportunityFieldHistory does not go back to its first owner' };
    const owners = [changes[0]?.from ?? deal.ownerId, ...changes.map(({ to }) => to)];
    const isChain = changes.every(({ from }, index) => from === owners[index]);
    if (!isChain || owners.at(-1) !== deal.ownerId)
        return { unknown: 'OpportunityFieldHistory lacks a change of its owner' };
    return owners.flatMap((payeeId, index): OwnerSpan[] => {
        const [begin, end] = [index === 0 ? deal.createdAt : changes[index - 1]!.at, changes[index]?.at];
        const stages = deal.stageChanges.filter(
            (at) => at >= begin && (end === undefined || at < end)
        ).length;
        const from = begin.slice(0, 10);
        const to = end === undefined ? '' : addDays(end.slice(0, 10), -1);
        if (to === '' || from <= to) return [{ payeeId, from, to, stages }];
        // Handed on on the day it came: no day was theirs, but stages may be.
        return stages === 0 ? [] : [{ payeeId, from, to: from, stages }];
    });
}
