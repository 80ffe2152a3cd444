// Who had a deal on the day it was won by the rows of its splits and team. Salesforce keeps no history of either: a row says when it was
// made and last changed, and a removed one leaves nothing. So only that day can be told, and only where no row that could have said
// something else on it was changed since; the rest is the reason why, and no rule that needs it pays the deal.
import type { HandOverSource, IsoDay } from '../incentives/plan.ts';
import { listOf, type Known, type OwnerSpan, type Unknown } from './ownership.ts';

export interface SplitRow {
    payeeId: string;
    percent: string;
    /** ISO times */
    createdAt: string;
    changedAt: string;
}

export interface TeamRow {
    payeeId: string;
    role: string;
    /** ISO times */
    createdAt: string;
    changedAt: string;
}

/** Of one deal; what no plan asks for is not read. */
export interface DatedRows {
    splits?: Known<SplitRow>;
    team?: Known<TeamRow>;
}

export function heldOn(
    { splits = NOT_READ, team = NOT_READ }: DatedRows,
    from: Exclude<HandOverSource, 'owner'>,
    date: IsoDay
): Known<OwnerSpan> {
    if (from === 'splits') return told(splits, (rows) => splitOn(rows, date));
    return told(team, (rows) => roleOn(rows, from.role, date));
}

function told<T>(known: Known<T>, read: (rows: readonly T[]) => Known<OwnerSpan>): Known<OwnerSpan> {
    const rows = listOf(known);
    return rows === null ? (known as Unknown) : read(rows);
}

const NOT_READ = { unknown: 'it was not read' };

/** Shares add up to the whole, so that one that was removed since has changed another. */
function splitOn(rows: readonly SplitRow[], date: IsoDay): Known<OwnerSpan> {
    const since = rows.map(({ changedAt }) => dayOf(changedAt)).sort();
    const last = since.at(-1);
    if (last === undefined) return { unknown: 'it has no OpportunitySplit' };
    if (last > date)
        return { unknown: `OpportunitySplit was changed on ${last}; what it said on ${date} is not kept` };
    return rows.map(({ payeeId, percent }) => ({
        payeeId,
        from: last,
        to: '',
        stages: 0,
        share: `${percent}%`
    }));
}

/** Whoever joined in the role later took it over. */
function roleOn(rows: readonly TeamRow[], role: string, date: IsoDay): Known<OwnerSpan> {
    const were = rows.filter(({ createdAt }) => dayOf(createdAt) <= date);
    const changed = were.find(({ changedAt }) => dayOf(changedAt) > date);
    if (changed)
        return {
            unknown: `OpportunityTeamMember ${changed.payeeId} was changed on ${dayOf(changed.changedAt)}; the role on ${date} is not kept`
        };
    const held = were.filter((one) => one.role === role);
    const joined = rows.find((one) => one.role === role);
    if (held.length === 0 && joined)
        return {
            unknown: `${joined.payeeId} joined as ${role} on ${dayOf(joined.createdAt)}; who was it on ${date} is not kept`
        };
    const inOrder = held.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
    const newest = inOrder.at(-1);
    return newest ? [{ payeeId: newest.payeeId, from: dayOf(newest.createdAt), to: '', stages: 0 }] : [];
}

function dayOf(time: string): IsoDay {
    return time.slice(0, 10);
}
