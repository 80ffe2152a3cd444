import { expect, test } from '@jest/globals';
import { readOwnOutcome } from './own-outcome.ts';

test.each([
    ['its own count', {}, { code: 0, tail: 'pass  a\n12 passed, 0 failed\n' }, [12, 0, 0]],
    [
        'the last of several counts',
        {},
        { code: 1, tail: '3 passed, 0 failed\n9 passed, 2 failed\n' },
        [9, 2, 0]
    ],
    ['what it skipped', {}, { code: 0, tail: '0 passed, 0 failed, 3 skipped (no Java)\n' }, [0, 0, 3]],
    [
        'a failure where it ended badly and counted none',
        {},
        { code: 1, tail: '3 passed, 0 failed\n' },
        [3, 1, 0]
    ],
    ['one check where it is one', { isOneCheck: true }, { code: 0, tail: 'fine' }, [1, 0, 0]],
    ['one failure where that fails', { isOneCheck: true }, { code: 2, tail: 'bad' }, [0, 1, 0]],
    // Not "1 passed": hundreds of tests ran, or none.
    ['a failure where its count got lost', {}, { code: 0, tail: 'pass  a\npass  b\n' }, [0, 1, 0]]
])('a part of npm test counts as %s', (_, part, ending, [passed, failed, skipped]) => {
    expect(readOwnOutcome(part, ending)).toEqual({ passed, failed, skipped });
});
