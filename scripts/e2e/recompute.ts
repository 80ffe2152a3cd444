// Recomputes, from rows read over REST as the rep, what a warning shows: written apart from the service on purpose, in the
// plainest way, so that the two can disagree.
import type { Connection } from 'jsforce';

interface Touch {
    ActivityDate: string;
}

/** Day of the last answered touch of the demo firm: a call, a mail received or a meeting that is not in the future. */
export async function lastTwoWayDay(
    rep: Connection,
    opportunityId: string,
    today: string
): Promise<string | null> {
    const calls = await rep.query<Touch>(
        `SELECT ActivityDate FROM Task WHERE WhatId = '${opportunityId}' AND IsClosed = true AND (TaskSubtype = 'Call' OR Subject LIKE 'Email received%')`
    );
    const meetings = await rep.query<Touch>(
        `SELECT ActivityDate FROM Event WHERE WhatId = '${opportunityId}'`
    );
    const days = [...calls.records, ...meetings.records]
        .map((touch) => touch.ActivityDate)
        .filter((day) => day <= today);
    return days.sort().at(-1) ?? null;
}

/** Weekdays from `from` on and before `to`, counted one by one: on Saturday a contact of Monday is five of them ago. */
export function weekdaysBetween(from: string, to: string): number {
    let count = 0;
    for (let day = Date.parse(from); day < Date.parse(to); day += 86_400_000) {
        const weekday = new Date(day).getUTCDay();
        if (weekday !== 0 && weekday !== 6) count++;
    }
    return count;
}

export function todayIn(timeZone: string): string {
    return new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date());
}
