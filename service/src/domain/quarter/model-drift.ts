// Whether a model still holds: what it foretold for the newest stretch of history it had not learnt from, against what came. Every
// review fits anew, so a model that drifted has already learnt what is new (a refit); one whose newest stretch was foretold better
// by a naive method has lost its record and is demoted: shares by stage and the warnings work without it.
//     score = (share that came - share foretold) / sqrt(foretold (1 - foretold) / deals)
// Deals, not rows, are counted as witnesses, because rows of one deal tell the same end.
import type { OutcomeModel } from '../outcomes/outcome-model.ts';

/** Standard errors beyond which it is said that outcomes drift. */
const ALARM = 3;

export interface Drift {
    /** day from which on the stretch lies */
    since: string;
    score: number;
    foretold: number;
    came: number;
    isAlarming: boolean;
    /** the naive method that did better, where one did and outcomes drift */
    beatenBy: string | null;
}

/** null without a model, or where the newest stretch tells nothing. */
export function driftOf(model: OutcomeModel): Drift | null {
    if (model.status !== 'ready') return null;
    const { candidates, winner } = model.record;
    const own = candidates.find(({ key }) => key === winner)!.folds.at(-1);
    if (!own || own.deals === 0) return null;
    const { label, meanPredicted, shareYes, brier, deals } = own;
    const score = (shareYes - meanPredicted) / Math.sqrt((meanPredicted * (1 - meanPredicted)) / deals);
    const isAlarming = Math.abs(score) >= ALARM;
    const [best] = candidates
        .filter(({ isBaseline }) => isBaseline)
        .toSorted((a, b) => a.folds.at(-1)!.brier - b.folds.at(-1)!.brier);
    const isBeaten = isAlarming && best !== undefined && best.folds.at(-1)!.brier < brier;
    return {
        since: label,
        score,
        foretold: meanPredicted,
        came: shareYes,
        isAlarming,
        beatenBy: isBeaten ? best.key : null
    };
}

/** Whose probabilities may be shown. */
export function isInUse(model: OutcomeModel): boolean {
    return model.status === 'ready' && driftOf(model)?.beatenBy == null;
}
