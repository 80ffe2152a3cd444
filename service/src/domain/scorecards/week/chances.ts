// How likely a step helps: the playbook's prior, moved by what was measured after it was done. A step that counts as 4 helped of 10
// and was followed by 3 better of 5 measured is at (4 + 3) / (10 + 5), 47 %. What is too early or was not tested does not count.
import { isMeasured } from './effects.ts';
import type { Effect, PlaybookStep } from './types.ts';

export interface MeasuredStep {
    stepKey: string;
    effect: Effect;
}

export interface Chance {
    chance: number;
    measured: number;
    better: number;
}

export function chanceOf(step: PlaybookStep, measured: readonly MeasuredStep[]): Chance {
    const own = measured.filter(({ stepKey, effect }) => stepKey === step.key && isMeasured(effect));
    const better = own.filter(({ effect }) => effect.verdict === 'Better').length;
    const { helps, cases } = step.prior;
    return { chance: (helps * cases + better) / (cases + own.length), measured: own.length, better };
}
