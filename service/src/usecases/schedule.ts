// Asks for runs of every active org by the clock: deal health every so many minutes, forecasts once a day, deal health after them,
// which puts aside the warnings a forecast run has demoted, then scorecards, which look at both, and data requests that nobody had answered. A run under way is joined, not doubled.
import type { RunDesk, RunKind } from './ports/runs.ts';
import type { EndMinutes, StartMinutes } from './ports/turns.ts';

const HOUR_MINUTES = 60;
const DAY_MINUTES = 1440;
const DAILY: readonly RunKind[] = ['Forecast', 'Pipeline', 'Scorecards', 'DataRequests'];

export interface Schedule {
    /** between runs of deal health; 0: only on request */
    minutes: number;
    /** of the day in UTC at which forecasts are asked for; null: only on request */
    forecastHour: number | null;
}

export interface ScheduleDeps {
    startMinutes: StartMinutes;
    /** Orgs that are suspended or disconnected are not asked for. */
    activeOrgIds: () => Promise<readonly string[]>;
    runs: Pick<RunDesk, 'request'>;
}

/** Returns what ends the schedule. An hour that passes while no service runs is not made up for: the next day's run
 *  recomputes missed Mondays. */
export async function startSchedule(
    schedule: Schedule,
    { startMinutes, activeOrgIds, runs }: ScheduleDeps
): Promise<EndMinutes> {
    if (schedule.minutes === 0 && schedule.forecastHour === null) return async () => undefined;
    return startMinutes(async (minutes) => {
        const kinds = [...new Set(minutes.flatMap((minute) => kindsAt(minute, schedule)))];
        if (kinds.length === 0) return;
        for (const orgId of await activeOrgIds())
            for (const kind of kinds)
                await runs.request({
                    orgId,
                    kind,
                    period: null,
                    trigger: 'Scheduled',
                    requestedBy: null,
                    scope: null
                });
    });
}

/** What is asked for at a minute since 1970. */
function kindsAt(minute: number, { minutes, forecastHour }: Schedule): readonly RunKind[] {
    if (forecastHour !== null && minute % DAY_MINUTES === forecastHour * HOUR_MINUTES) return DAILY;
    return minutes !== 0 && minute % minutes === 0 ? ['Pipeline'] : [];
}
