import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { RunRequest } from '../../src/usecases/ports.ts';
import { startSchedule, type Schedule } from '../../src/usecases/schedule.ts';

let orgIds: string[];
let asked: string[];
let stop: () => void;

beforeEach(() => {
    jest.useFakeTimers({ now: Date.parse('2026-11-15T22:30:00Z') });
    asked = [];
    orgIds = ['first', 'second'];
});
afterEach(() => {
    stop();
    jest.useRealTimers();
});

function start(schedule: Schedule): void {
    const request = async ({ orgId, kind, trigger }: RunRequest): Promise<null> => {
        asked.push(`${new Date().toISOString().slice(0, 16)} ${orgId} ${kind} ${trigger}`);
        return null;
    };
    const onError = (error: unknown): void => {
        throw error;
    };
    stop = startSchedule(schedule, async () => orgIds, { request }, onError);
}
const hours = (count: number): Promise<void> => jest.advanceTimersByTimeAsync(count * 3_600_000);

test('forecasts are asked for once a day at their hour, Mondays too, and deal health and scorecards after each', async () => {
    start({ minutes: 0, forecastHour: 3 });
    await hours(4);
    expect(asked).toEqual([]);
    await hours(1);
    expect(asked).toEqual([
        '2026-11-16T03:00 first Forecast Scheduled',
        '2026-11-16T03:00 first Pipeline Scheduled',
        '2026-11-16T03:00 first Scorecards Scheduled',
        '2026-11-16T03:00 first DataRequests Scheduled',
        '2026-11-16T03:00 second Forecast Scheduled',
        '2026-11-16T03:00 second Pipeline Scheduled',
        '2026-11-16T03:00 second Scorecards Scheduled',
        '2026-11-16T03:00 second DataRequests Scheduled'
    ]);
    await hours(24);
    expect(asked).toHaveLength(16);
    expect(asked[8]).toContain('2026-11-17T03:00');
});

test('a service that starts at the hour waits for the next day', async () => {
    jest.setSystemTime(Date.parse('2026-11-15T03:00:00Z'));
    start({ minutes: 0, forecastHour: 3 });
    await hours(23);
    expect(asked).toEqual([]);
    await hours(1);
    expect(asked).toHaveLength(8);
});

test('deal health is asked for every so many minutes, beside forecasts', async () => {
    start({ minutes: 30, forecastHour: null });
    await hours(1);
    expect(asked.filter((line) => line.includes('first Pipeline'))).toHaveLength(2);
    expect(asked.some((line) => line.includes('Forecast'))).toBe(false);
});

test('nothing is asked for without a schedule, or after it was ended', async () => {
    start({ minutes: 0, forecastHour: null });
    await hours(48);
    start({ minutes: 30, forecastHour: 3 });
    stop();
    await hours(48);
    expect(asked).toEqual([]);
});

test('an org that is not active any more is left out from the next time on', async () => {
    start({ minutes: 30, forecastHour: null });
    await hours(0.5);
    orgIds = ['second'];
    await hours(0.5);
    expect(asked.map((line) => line.split(' ')[1])).toEqual(['first', 'second', 'second']);
});
