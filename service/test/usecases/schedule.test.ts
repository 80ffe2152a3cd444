import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { RunRequest } from '../../src/usecases/ports.ts';
import { startSchedule, type Schedule } from '../../src/usecases/schedule.ts';

const ORGS = [{ orgId: 'first' }, { orgId: 'second' }];
let asked: string[];
let stop: () => void;

beforeEach(() => {
    jest.useFakeTimers({ now: Date.parse('2026-11-15T22:30:00Z') });
    asked = [];
});
afterEach(() => {
    stop();
    jest.useRealTimers();
});

function start(schedule: Schedule): void {
    const request = ({ orgId, kind, trigger }: RunRequest): null => {
        asked.push(`${new Date().toISOString().slice(0, 16)} ${orgId} ${kind} ${trigger}`);
        return null;
    };
    stop = startSchedule(schedule, ORGS, { request });
}
const hours = (count: number): void => void jest.advanceTimersByTime(count * 3_600_000);

test('forecasts are asked for once a day at their hour, Mondays too, and deal health and scorecards after each', () => {
    start({ minutes: 0, forecastHour: 3 });
    hours(4);
    expect(asked).toEqual([]);
    hours(1);
    expect(asked).toEqual([
        '2026-11-16T03:00 first Forecast Scheduled',
        '2026-11-16T03:00 first Pipeline Scheduled',
        '2026-11-16T03:00 first Scorecards Scheduled',
        '2026-11-16T03:00 second Forecast Scheduled',
        '2026-11-16T03:00 second Pipeline Scheduled',
        '2026-11-16T03:00 second Scorecards Scheduled'
    ]);
    hours(24);
    expect(asked).toHaveLength(12);
    expect(asked[6]).toContain('2026-11-17T03:00');
});

test('a service that starts at the hour waits for the next day', () => {
    jest.setSystemTime(Date.parse('2026-11-15T03:00:00Z'));
    start({ minutes: 0, forecastHour: 3 });
    hours(23);
    expect(asked).toEqual([]);
    hours(1);
    expect(asked).toHaveLength(6);
});

test('deal health is asked for every so many minutes, beside forecasts', () => {
    start({ minutes: 30, forecastHour: null });
    hours(1);
    expect(asked.filter((line) => line.includes('first Pipeline'))).toHaveLength(2);
    expect(asked.some((line) => line.includes('Forecast'))).toBe(false);
});

test('nothing is asked for without a schedule, or after it was ended', () => {
    start({ minutes: 0, forecastHour: null });
    hours(48);
    start({ minutes: 30, forecastHour: 3 });
    stop();
    hours(48);
    expect(asked).toEqual([]);
});
