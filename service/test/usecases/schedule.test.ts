import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { localMinutes } from '../../src/state/local-minutes.ts';
import type { SqlStore } from '../../src/state/sql.ts';
import { openSqlite } from '../../src/state/sqlite.ts';
import type { RunRequest } from '../../src/usecases/ports/runs.ts';
import { startSchedule, type Schedule } from '../../src/usecases/schedule.ts';

let orgIds: string[];
let asked: string[];
let store: SqlStore;
const stops: (() => Promise<void>)[] = [];

beforeEach(async () => {
    jest.useFakeTimers({ now: Date.parse('2026-11-15T22:30:00Z') });
    asked = [];
    orgIds = ['first', 'second'];
    store = await openSqlite(':memory:');
});
afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
    await store.close();
    jest.useRealTimers();
});

async function start(schedule: Schedule): Promise<() => Promise<void>> {
    const request = async ({ orgId, kind, trigger }: RunRequest): Promise<null> => {
        asked.push(`${new Date().toISOString().slice(0, 16)} ${orgId} ${kind} ${trigger}`);
        return null;
    };
    const onError = (error: unknown): void => {
        throw error;
    };
    const startMinutes = localMinutes(store, onError);
    const stop = await startSchedule(schedule, {
        startMinutes,
        activeOrgIds: async () => orgIds,
        runs: { request }
    });
    stops.push(stop);
    return stop;
}
const hours = (count: number): Promise<void> => jest.advanceTimersByTimeAsync(count * 3_600_000);

test('forecasts are asked for once a day at their hour, Mondays too, and deal health and scorecards after each', async () => {
    await start({ minutes: 0, forecastHour: 3 });
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
    await start({ minutes: 0, forecastHour: 3 });
    await hours(23);
    expect(asked).toEqual([]);
    await hours(1);
    expect(asked).toHaveLength(8);
});

test('deal health is asked for every so many minutes, beside forecasts', async () => {
    await start({ minutes: 30, forecastHour: null });
    await hours(1);
    expect(asked.filter((line) => line.includes('first Pipeline'))).toHaveLength(2);
    expect(asked.some((line) => line.includes('Forecast'))).toBe(false);
});

test('nothing is asked for without a schedule, or after it was ended', async () => {
    await start({ minutes: 0, forecastHour: null });
    await hours(48);
    await (
        await start({ minutes: 30, forecastHour: 3 })
    )();
    await hours(48);
    expect(asked).toEqual([]);
});

test('an org that is not active any more is left out from the next time on', async () => {
    await start({ minutes: 30, forecastHour: null });
    await hours(0.5);
    orgIds = ['second'];
    await hours(0.5);
    expect(asked.map((line) => line.split(' ')[1])).toEqual(['first', 'second', 'second']);
});

test('two processes on one state ask once between them', async () => {
    await start({ minutes: 30, forecastHour: 3 });
    await start({ minutes: 30, forecastHour: 3 });
    await hours(5);
    expect(asked).toHaveLength(new Set(asked).size);
    expect(asked.filter((line) => line.includes('first Forecast'))).toHaveLength(1);
    expect(asked.filter((line) => line.includes('first Pipeline'))).toHaveLength(10);
});

test('minutes that passed while the process was busy are made up for, hours are not', async () => {
    await start({ minutes: 0, forecastHour: 3 });
    await hours(1);
    jest.setSystemTime(Date.parse('2026-11-16T03:01:30Z'));
    await hours(1 / 60);
    expect(asked.filter((line) => line.includes('first Forecast'))).toHaveLength(1);
    jest.setSystemTime(Date.parse('2026-11-17T04:00:30Z'));
    await hours(1 / 60);
    expect(asked.filter((line) => line.includes('first Forecast'))).toHaveLength(1);
});
