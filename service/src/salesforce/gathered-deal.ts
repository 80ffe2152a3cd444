// A deal while its rows come in, and what becomes of it once all are there: its history, brought up to what its own row says.
import { MS_PER_DAY } from '../domain/calendar.ts';
import type { DealRecord, DealVersion } from '../domain/pipeline-review/types.ts';
import { NONE } from '../domain/pipeline/types.ts';
import { versionsInOrder } from '../domain/quarter/deal-log.ts';
import type { Notes, OrgReference } from '../usecases/ports/org.ts';

const NOON_MS = MS_PER_DAY / 2;

/** A deal while its rows come in. */
export interface Gathered {
    record: Omit<DealRecord, 'versions'>;
    versions: DealVersion[];
    ownerId: string;
    isOpen: boolean;
    hasNextStep: boolean;
    hasOpenTask: boolean;
    contactRoleCount: number;
    traits: string[];
    /** the row itself, for deals without history */
    now: Omit<DealVersion, 'versionId' | 'ownerId'>;
}

/** In which stage the history of each deal ends, and in which the deal is. */
export function lastStages(deals: Iterable<Gathered>): { lastInHistory: string; now: string }[] {
    return [...deals].map(({ versions, now }) => ({
        lastInHistory: versionsInOrder(versions).at(-1)?.stageName ?? now.stageName,
        now: now.stageName
    }));
}

/** A history that ends in another stage than the deal is in lacks its end: the row itself is the last version, of the day it
 *  closed or else of today. A deal without history is what its row says from its first day on. */
export function upToDate(
    { record, versions, now, ownerId, isOpen }: Gathered,
    renamed: ReadonlyMap<string, string>,
    { nowMs, timeZone }: Pick<OrgReference, 'nowMs' | 'timeZone'>,
    note: Notes
): DealRecord {
    const last = versionsInOrder(versions).at(-1);
    if (!last) return { ...record, versions: [{ ...now, versionId: record.dealId, ownerId }] };
    const isComplete = (renamed.get(last.stageName) ?? last.stageName) === now.stageName;
    if (isComplete || last.atMs > nowMs) return { ...record, versions };
    note(
        'HISTORY_INCOMPLETE',
        'Deals whose history ends in another stage than they are in: the deal itself is taken as its end.'
    );
    const closedMs = now.closeDate * MS_PER_DAY + NOON_MS;
    const isPast = now.closeDate !== NONE && now.closeDate <= timeZone.dayOfInstant(nowMs);
    const atMs = Math.max(last.atMs + 1, !isOpen && isPast ? closedMs : nowMs);
    return {
        ...record,
        versions: [...versions, { ...now, versionId: `${record.dealId}:now`, atMs, ownerId }]
    };
}
