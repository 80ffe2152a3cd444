// Asks for runs of every active org by the clock: deal health every so many minutes, forecasts once a day, deal health after them,
// which puts aside the warnings a forecast run has demoted, then scorecards, which look at both, and data requests that nobody had answered. A run under way is joined, not doubled.
import type { RunDesk, RunKind } from './ports.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const DAILY: readonly RunKind[] = ['Forecast', 'Pipeline', 'Scorecards', 'DataRequests'];

export interface Schedule {
    /** between runs of deal health; 0: only on request */
    minutes: number;
    /** of the day in UTC at which forecasts are asked for; null: only on request */
    forecastHour: number | null;
}

/** Returns what ends the schedule. Orgs that are suspended or disconnected are not asked for. */
export function startSchedule(
    { minutes, forecastHour }: Schedule,
    activeOrgIds: () => Promise<readonly string[]>,
    runs: Pick<RunDesk, 'request'>,
    onError: (error: unknown) => void
): () => void {
    const askAll = async (kinds: readonly RunKind[]): Promise<void> => {
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
    };
    const ask = (...kinds: RunKind[]): void => void askAll(kinds).catch(onError);
    const stops = [
        minutes === 0 ? null : every(minutes * MINUTE_MS, () => ask('Pipeline')),
        forecastHour === null ? null : daily(forecastHour, () => ask(...DAILY))
    ];
    return () => stops.forEach((stop) => stop?.());
}

function every(ms: number, work: () => void): () => void {
    const timer = setInterval(work, ms);
    timer.unref();
    return () => clearInterval(timer);
}

/** An hour that passes while the service is down is not made up for: the next day's run recomputes missed Mondays. */
function daily(hour: number, work: () => void): () => void {
    let timer: NodeJS.Timeout;
    const wait = (): void => {
        timer = setTimeout(
            () => {
                work();
                wait();
            },
            msUntil(hour, Date.now())
        );
        timer.unref();
    };
    wait();
    return () => clearTimeout(timer);
}

function msUntil(hour: number, nowMs: number): number {
    const today = nowMs - (nowMs % DAY_MS) + hour * HOUR_MS;
    return (today > nowMs ? today : today + DAY_MS) - nowMs;
}
