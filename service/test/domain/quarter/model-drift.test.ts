import { expect, test } from '@jest/globals';
import type { OutcomeModel } from '../../../src/domain/outcomes/outcome-model.ts';
import type { PipelineOutcomes } from '../../../src/domain/outcomes/pipeline-outcomes.ts';
import type { CandidateRecord } from '../../../src/domain/outcomes/race.ts';
import { hasChances } from '../../../src/domain/quarter/model-chances.ts';
import { modelCards } from '../../../src/domain/quarter/model-cards.ts';
import { driftOf, isInUse } from '../../../src/domain/quarter/model-drift.ts';
import type { ModelCardResult } from '../../../src/domain/quarter/quarter-review.ts';

/** How one method did in the two stretches it was judged on: share that came and Brier score. */
function candidate(key: string, foretold: number, came: number, brier: number): CandidateRecord {
    const measures = (shareYes: number, error: number) => ({
        rows: 900,
        deals: 400,
        shareYes,
        meanPredicted: foretold,
        auc: 0.7,
        brier: error,
        logLoss: 0.5,
        expectedCalibrationError: 0.02
    });
    return {
        key,
        isBaseline: key !== 'trees',
        ...measures(foretold, 0.2),
        skill: { estimate: 0.1, low: 0.05, high: 0.15 },
        folds: [
            { label: '2026-01-01', ...measures(foretold, 0.2) },
            { label: '2026-06-01', ...measures(came, brier) }
        ]
    };
}

function modelOf(came: number, brier: number, naiveBrier: number): OutcomeModel {
    return {
        status: 'ready',
        key: 'win',
        parts: [],
        record: {
            winner: 'trees',
            calibration: { kind: 'unchanged' } as never,
            reliability: [],
            candidates: [
                candidate('baseRate', 0.5, came, 0.24),
                candidate('stageAndAge', 0.5, came, naiveBrier),
                candidate('trees', 0.5, came, brier)
            ],
            hasSignal: true
        }
    };
}

const outcomesWith = (win: OutcomeModel): PipelineOutcomes => {
    const other: OutcomeModel = { status: 'notEnoughHistory', key: 'win14', why: 'few' };
    return {
        models: { win, win14: win, win30: win, stall14: other },
        probability: { win: [0.5], win14: [0.1], win30: [0.2], stall14: null },
        closes: {},
        table: { rowCount: 0, features: [] }
    } as unknown as PipelineOutcomes;
};
const cardOf = (model: OutcomeModel): ModelCardResult =>
    modelCards(outcomesWith(model)).find(({ kind }) => kind === 'Win')!;

test('outcomes as foretold are no drift: 52 of 100 where 50 were foretold, of 400 deals', () => {
    const model = modelOf(0.52, 0.2, 0.22);
    // (0.52 - 0.5) / sqrt(0.25 / 400) = 0.8
    expect(driftOf(model)).toMatchObject({ isAlarming: false, beatenBy: null, since: '2026-06-01' });
    expect(driftOf(model)!.score).toBeCloseTo(0.8, 12);
    expect(cardOf(model)).toMatchObject({ status: 'InUse', driftScore: driftOf(model)!.score });
    expect(cardOf(model).plainText).not.toContain('Lately');
});

test('a model that drifts and still beats the naive methods is fitted anew, and it is said', () => {
    const model = modelOf(0.35, 0.2, 0.22);
    expect(driftOf(model)!.score).toBeCloseTo(-6, 12);
    expect(isInUse(model)).toBe(true);
    expect(cardOf(model)).toMatchObject({ status: 'InUse' });
    expect(cardOf(model).plainText).toContain(
        'Lately (from 2026-06-01 on) 35 % came where 50 % was foretold, more than chance explains. It has been fitted anew'
    );
});

test('a model that drifts and is beaten lately is demoted, and nothing rests on it', () => {
    const model = modelOf(0.35, 0.23, 0.21);
    expect(cardOf(model)).toMatchObject({ status: 'Demoted' });
    expect(cardOf(model).plainText).toContain('share by stage and age was nearer: the model is demoted');
    expect(hasChances(outcomesWith(model))).toBe(false);
    expect(hasChances(outcomesWith(modelOf(0.52, 0.2, 0.22)))).toBe(true);
});

test('a bad stretch that chance explains demotes nothing', () => {
    expect(isInUse(modelOf(0.52, 0.23, 0.21))).toBe(true);
});

test('cards speak in whole sentences, with or without a model', () => {
    const few: OutcomeModel = {
        status: 'notEnoughHistory',
        key: 'stall14',
        why: '12 deals did and 3 did not'
    };
    const model = modelOf(0.52, 0.2, 0.22);
    const cards = modelCards({
        ...outcomesWith(model),
        models: { win: model, win14: few, win30: few, stall14: few }
    });
    expect(cards.find(({ kind }) => kind === 'Win')!.plainText).toContain(
        'Foretells whether a deal is won in the end. Judged on 400 deals'
    );
    expect(cards.find(({ kind }) => kind === 'Stall14')!.plainText).toBe(
        'Not enough history to say whether a deal stalls: reaches no stage and is not won within 14 days. ' +
            '12 deals did and 3 did not.'
    );
});

test('without a model there is nothing to drift', () => {
    expect(driftOf({ status: 'notEnoughHistory', key: 'win', why: 'few' })).toBeNull();
    expect(isInUse({ status: 'notEnoughHistory', key: 'win', why: 'few' })).toBe(false);
    expect(isInUse({ ...modelOf(0.5, 0.2, 0.2), status: 'noSignal' } as OutcomeModel)).toBe(false);
});
