// Which orgs a process follows: the active ones that no other process has, as long as that is so.
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { followChanges } from '../../src/usecases/follow-changes.ts';

let active: string[];
let heldElsewhere: Set<string>;
let followed: Set<string>;
let heard: string[];
let released: string[];
let errors: string[];
let stop: () => Promise<void>;
const bells = new Map<string, () => void>();

beforeEach(() => {
    jest.useFakeTimers();
    active = ['first', 'second'];
    heldElsewhere = new Set();
    followed = new Set();
    [heard, released, errors] = [[], [], []];
    stop = followChanges({
        feed: {
            follow: (orgId, onChange) => {
                followed.add(orgId);
                bells.set(orgId, onChange);
                return async () => void followed.delete(orgId);
            }
        },
        activeOrgIds: async () => active,
        lock: {
            acquire: async (name) => {
                if (name === 'changes:broken') throw new Error('The state is away.');
                return !heldElsewhere.has(name);
            },
            release: async (name) => void released.push(name)
        },
        onChange: (orgId) => heard.push(orgId),
        onError: (error) => errors.push((error as Error).message),
        lookMs: 1000
    });
});
afterEach(async () => {
    await stop();
    jest.useRealTimers();
});
const looks = (count: number): Promise<void> => jest.advanceTimersByTimeAsync(count * 1000);

test('follows every active org and tells which one changed', async () => {
    await looks(1);
    expect([...followed]).toEqual(['first', 'second']);
    bells.get('second')!();
    expect(heard).toEqual(['second']);
});

test('lets go of an org that is suspended, and takes it up again', async () => {
    await looks(1);
    active = ['second'];
    await looks(1);
    expect([...followed]).toEqual(['second']);
    expect(released).toEqual(['changes:first']);
    active = ['first', 'second'];
    await looks(1);
    expect([...followed].sort()).toEqual(['first', 'second']);
});

test('leaves an org to the process that has it, and takes over when that one is gone', async () => {
    heldElsewhere.add('changes:first');
    await looks(1);
    expect([...followed]).toEqual(['second']);
    heldElsewhere.clear();
    await looks(1);
    expect([...followed].sort()).toEqual(['first', 'second']);
});

test('goes on looking after an error', async () => {
    active = ['broken', 'second'];
    await looks(2);
    expect(errors).toContain('The state is away.');
    active = ['second'];
    await looks(1);
    expect([...followed]).toEqual(['second']);
});

test('stopped, it follows nothing and looks no more', async () => {
    await looks(1);
    await stop();
    expect(followed.size).toBe(0);
    active = ['third'];
    await looks(5);
    expect(followed.size).toBe(0);
});
