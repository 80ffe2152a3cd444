import { describe, expect, test } from '@jest/globals';
import { checkPlaybook } from '../../../../src/domain/scorecards/week/check-playbook.ts';
import type { Playbook } from '../../../../src/domain/scorecards/week/types.ts';
import { firm } from '../firm.ts';
import { PLAYBOOK } from './world.ts';

const problemsOf = (playbook: Playbook): string[] =>
    checkPlaybook(playbook, firm()).map(({ code, value }) => `${code} ${value}`);

/** The first watched metric changed. */
const watching = (more: Partial<Playbook['watch'][number]>, at = 0): Playbook => ({
    ...PLAYBOOK,
    watch: PLAYBOOK.watch.map((one, index) => (index === at ? { ...one, ...more } : one))
});
const signals = (...ids: string[]): Playbook => watching({ weekly: { signals: ids, how: 'mean', hits: {} } });

describe('the playbook together with the definitions', () => {
    test('holds as both ship', () => {
        expect(problemsOf(PLAYBOOK)).toEqual([]);
    });

    test('names only metrics of the registry', () => {
        const steps = PLAYBOOK.steps.map((step, at) => (at === 0 ? { ...step, metrics: ['csatt'] } : step));
        expect(problemsOf({ ...PLAYBOOK, steps })).toEqual(['METRIC_UNKNOWN csatt']);
        expect(problemsOf(watching({ id: 'charisma' }))).toEqual(['METRIC_UNKNOWN charisma']);
    });

    test('watches nothing that is not on the list, was said in confidence, or is a level', () => {
        expect(problemsOf(signals('voice-mood'))).toEqual(['SIGNAL_NOT_ALLOWED voice-mood']);
        expect(problemsOf(signals('peer-feedback'))).toEqual(['SIGNAL_ANONYMOUS peer-feedback']);
        expect(problemsOf(signals('client-assets'))).toEqual(['SIGNAL_IS_LEVEL client-assets']);
    });

    test('counts only outcomes that facts can have', () => {
        const at = PLAYBOOK.watch.findIndex(({ id }) => id === 'error-rate');
        const weekly = { ...PLAYBOOK.watch[at]!.weekly, hits: { outcome: 'wrogn' } };
        expect(problemsOf(watching({ weekly }, at))).toEqual(['FILTER_UNKNOWN outcome: wrogn']);
    });

    test('never warns of how much somebody does', () => {
        const at = PLAYBOOK.watch.findIndex(({ as }) => as === 'check-in');
        expect(problemsOf(watching({ as: 'warning' }, at))).toEqual(['ACTIVITY_IS_CHECK_IN warning']);
    });
});
