// A fit as plain data and back: what is kept between the run that learns and the runs that score deals that changed. Owns the shape;
// a fit that was read back scores bit for bit as it did before (service/test/domain/outcomes/score-deals.test.ts).
import type { Calibration } from './calibration.ts';
import type { EventKind } from './event-log.ts';
import type { FeaturePlan } from './feature-plan.ts';
import { readLearner, type SavedLearner } from './learners/saved.ts';
import type { PipelineMeaning } from './meaning.ts';
import type { ScoringModel } from './outcome-model.ts';
import type { FittedOutcomes } from './score-deals.ts';
import { TARGETS, type Target } from './targets.ts';

type SavedModel =
    | { status: 'ready' | 'noSignal'; key: string; parts: SavedLearner[]; calibration: Calibration }
    | Extract<ScoringModel, { status: 'notEnoughHistory' }>;

export interface SavedFit {
    kinds: EventKind[];
    meaning: PipelineMeaning;
    plan: Pick<FeaturePlan, 'features' | 'stageCount' | 'activityCount' | 'plainCount'> & {
        activityOf: number[];
        plainOf: number[];
        stepOf: number[];
    };
    models: Record<Target['key'], SavedModel>;
    closeModel: { hazard: SavedLearner; knownSteps: number; levels: [number, number, number] } | null;
    /** null: not known */
    longestCycle: number | null;
    reasonsPerDeal: number;
}

export function saveFit({ plan, models, closeModel, longestCycle, ...rest }: FittedOutcomes): SavedFit {
    const { features, stageCount, activityCount, plainCount, activityOf, plainOf, stepOf } = plan;
    return {
        kinds: rest.kinds,
        meaning: rest.meaning,
        reasonsPerDeal: rest.reasonsPerDeal,
        plan: {
            features,
            stageCount,
            activityCount,
            plainCount,
            activityOf: [...activityOf],
            plainOf: [...plainOf],
            stepOf: [...stepOf]
        },
        models: eachTarget((key) => saveModel(models[key])),
        closeModel: closeModel && { ...closeModel, hazard: kept(closeModel.hazard) },
        longestCycle: Number.isFinite(longestCycle) ? longestCycle : null
    };
}

export function readFit({ plan, models, closeModel, longestCycle, ...rest }: SavedFit): FittedOutcomes {
    return {
        ...rest,
        plan: {
            ...plan,
            activityOf: Int16Array.from(plan.activityOf),
            plainOf: Int16Array.from(plan.plainOf),
            stepOf: Uint8Array.from(plan.stepOf),
            indexOf: new Map(plan.features.map(({ key }, index) => [key, index]))
        },
        models: eachTarget((key) => readModel(models[key])),
        closeModel: closeModel && { ...closeModel, hazard: readLearner(closeModel.hazard) },
        longestCycle: longestCycle ?? Infinity
    };
}

function eachTarget<T>(of: (key: Target['key']) => T): Record<Target['key'], T> {
    return Object.fromEntries(TARGETS.map(({ key }) => [key, of(key)])) as Record<Target['key'], T>;
}

function saveModel(model: ScoringModel): SavedModel {
    if (model.status === 'notEnoughHistory') return model;
    const { status, key, parts, record } = model;
    return { status, key, parts: parts.map(kept), calibration: record.calibration };
}

function readModel(saved: SavedModel): ScoringModel {
    if (saved.status === 'notEnoughHistory') return saved;
    const { status, key, parts, calibration } = saved;
    return { status, key, parts: parts.map(readLearner), record: { calibration } };
}

function kept(learner: { save(): SavedLearner | null }): SavedLearner {
    const saved = learner.save();
    if (saved === null)
        throw new Error('Deals with a history are scored by learners that can be kept; this one cannot.');
    return saved;
}
