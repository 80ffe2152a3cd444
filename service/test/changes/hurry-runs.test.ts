// When a change asks for a run: soon, together with the changes beside it, again when a run under way may have missed it, and not
// where the org is short of calls.
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { createHurry, type Hurry } from '../../src/usecases/hurry-runs.ts';
import type { RunRecord, RunStage } from '../../src/usecases/ports/runs.ts';

const ORG = '00D000000000001EAA';
let hurry: Hurry;
let underWay: RunStage | null;
let isActive: boolean;
let hasCalls: boolean;
let asked: number[];
let outcomes: string[];

beforeEach(() => {
    jest.useFakeTimers({ now: 0 });
    underWay = null;
    isActive = true;
    hasCalls = true;
    asked = [];
    outcomes = [];
    hurry = createHurry({
        runs: {
            request: async () => {
                asked.push(Date.now());
                return {
                    run: { stage: underWay ?? 'Waiting' } as RunRecord,
                    alreadyRunning: underWay !== null
                };
            }
        },
        isActive: async () => isActive,
        hasCallsToSpare: async () => hasCalls,
        onHurried: (_orgId, outcome) => outcomes.push(outcome),
        onError: (error) => {
            throw error;
        }
    });
});
afterEach(() => {
    hurry.stop();
    jest.useRealTimers();
});
const seconds = (count: number): Promise<void> => jest.advanceTimersByTimeAsync(count * 1000);

test('a thousand changes at once ask for one run', async () => {
    for (let change = 0; change < 1000; change += 1) hurry.changed(ORG);
    await seconds(60);
    expect(asked).toEqual([500]);
    expect(outcomes).toEqual(['Asked']);
});

test('changes without end ask for a run every five seconds', async () => {
    for (let tenth = 0; tenth < 300; tenth += 1) {
        hurry.changed(ORG);
        await seconds(0.1);
    }
    expect(asked).toEqual([500, 5500, 10500, 15500, 20500, 25500]);
});

test('a change during a run that may have read already is asked for again when that run is over', async () => {
    underWay = 'Computing';
    hurry.changed(ORG);
    await seconds(3);
    expect(outcomes).toEqual([]);
    underWay = null;
    await seconds(10);
    expect(outcomes).toEqual(['Asked']);
    expect(asked).toEqual([500, 1500, 2500, 3500]);
});

test('a run that waits for its turn reads the change: no other is asked for', async () => {
    underWay = 'Waiting';
    hurry.changed(ORG);
    await seconds(30);
    expect(asked).toEqual([500]);
});

test('each org has its own pace', async () => {
    hurry.changed(ORG);
    await seconds(1);
    hurry.changed('00D000000000002EAA');
    await seconds(1);
    expect(asked).toEqual([500, 1500]);
});

test('an org short of calls, or suspended, is left to the clock', async () => {
    hasCalls = false;
    hurry.changed(ORG);
    await seconds(10);
    expect(outcomes).toEqual(['Left']);
    isActive = false;
    hurry.changed(ORG);
    await seconds(10);
    expect(asked).toEqual([]);
    expect(outcomes).toEqual(['Left']);
});

test('stopped, nothing is asked for any more', async () => {
    hurry.changed(ORG);
    hurry.stop();
    hurry.changed(ORG);
    await seconds(60);
    expect(asked).toEqual([]);
});
