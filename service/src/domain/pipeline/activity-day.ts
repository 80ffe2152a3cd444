// The day an activity counts for: done tasks when they were done, planned work on its date, anything else on its date or else when
// it was entered. Bulk rows are read by the same rule in their own way (salesforce/bulk/activity-batch.ts).
import type { OrgTimeZone } from '../org-time-zone.ts';
import { PLANNED, type ActivityKind } from './activity-kind.ts';
import { NONE, type DayNumber } from './types.ts';

export interface ActivityTimes {
    isClosed: boolean;
    activityDate: DayNumber;
    completedAtMs: number | null;
    createdAtMs: number;
}

export function activityDay(
    { isClosed, activityDate, completedAtMs, createdAtMs }: ActivityTimes,
    kind: ActivityKind,
    timeZone: OrgTimeZone
): DayNumber {
    if (kind === PLANNED) return activityDate;
    if (isClosed && completedAtMs !== null) return timeZone.dayOfInstant(completedAtMs);
    return activityDate !== NONE ? activityDate : timeZone.dayOfInstant(createdAtMs);
}
