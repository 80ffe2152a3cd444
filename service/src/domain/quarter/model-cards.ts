// The record of each outcome model as a card: its status, how it did on later data beside the naive methods, what it looks
// at, and the same in plain words.
import type { Feature } from '../outcomes/feature-table.ts';
import { explainRow, type OutcomeModel } from '../outcomes/outcome-model.ts';
import type { PipelineOutcomes } from '../outcomes/pipeline-outcomes.ts';
import type { CandidateRecord, RaceRecord } from '../outcomes/race.ts';
import { TARGETS, type Target } from '../outcomes/targets.ts';
import { driftOf, isInUse, type Drift } from './model-drift.ts';
import type { ModelCardResult } from './quarter-review.ts';

const KINDS: Record<Target['key'], ModelCardResult['kind']> = {
    win: 'Win',
    win14: 'Win14',
    win30: 'Win30',
    stall14: 'Stall14'
};
/** What a deal does that the model foretells; each model's own words, as a sentence goes on. */
const ANSWERS: Record<Target['key'], string> = {
    win: 'is won in the end',
    win14: 'is won within 14 days',
    win30: 'is won within 30 days',
    stall14: 'stalls: reaches no stage and is not won within 14 days'
};
const METHODS: Record<string, string> = {
    baseRate: 'Share of all deals',
    stageRate: 'Share by stage',
    stageAndAge: 'Share by stage and age',
    logistic: 'Logistic regression',
    steps: 'Boosted steps',
    trees: 'Boosted trees',
    'logistic+steps': 'Logistic regression with boosted steps',
    'logistic+steps+trees': 'Logistic regression with boosted steps and trees'
};
const MOST_INPUTS = 8;
/** Deals whose explanations tell what the model looks at. */
const EXPLAINED = 300;

export function modelCards(outcomes: PipelineOutcomes): ModelCardResult[] {
    return TARGETS.map((target) => card(target, outcomes.models[target.key], outcomes));
}

function card(target: Target, model: OutcomeModel, outcomes: PipelineOutcomes): ModelCardResult {
    const kind = KINDS[target.key];
    if (model.status === 'notEnoughHistory') {
        return {
            kind,
            status: 'NotEnoughHistory',
            method: '',
            dealCount: 0,
            outcomeCount: 0,
            discrimination: null,
            brierScore: null,
            baselineBrierScore: null,
            calibrationError: null,
            driftScore: null,
            reliability: [],
            race: [],
            inputs: [],
            plainText: `Not enough history to say whether a deal ${ANSWERS[target.key]}. ${capital(model.why)}.`
        };
    }
    const { record } = model;
    const winner = record.candidates.find(({ key }) => key === record.winner)!;
    const naive = bestNaive(record);
    const drift = driftOf(model);
    return {
        kind,
        status: isInUse(model) ? 'InUse' : model.status === 'ready' ? 'Demoted' : 'NoSignal',
        method: methodName(record.winner),
        dealCount: winner.deals,
        outcomeCount: Math.round(winner.shareYes * winner.deals),
        discrimination: winner.auc,
        brierScore: winner.brier,
        baselineBrierScore: naive.brier,
        calibrationError: winner.expectedCalibrationError,
        driftScore: drift && drift.score,
        reliability: record.reliability.map(({ from, to, weight, meanPredicted, shareYes }) => ({
            from,
            to,
            predicted: meanPredicted,
            observed: shareYes,
            count: Math.round(weight)
        })),
        race: record.candidates.map((one) => ({
            method: methodName(one.key),
            isNaive: one.isBaseline,
            discrimination: one.auc ?? 0.5,
            brierScore: one.brier,
            calibrationError: one.expectedCalibrationError
        })),
        inputs: inputsOf(model, outcomes),
        plainText: plainText(target, model, winner, naive) + driftText(drift)
    };
}

function bestNaive({ candidates }: RaceRecord): CandidateRecord {
    return candidates.filter(({ isBaseline }) => isBaseline).reduce((a, b) => (b.brier < a.brier ? b : a));
}

function methodName(key: string): string {
    return METHODS[key] ?? key;
}

function plainText(
    target: Target,
    model: OutcomeModel,
    winner: CandidateRecord,
    naive: CandidateRecord
): string {
    const said = `Foretells whether a deal ${ANSWERS[target.key]}. Judged on ${winner.deals} deals it had not learnt from.`;
    if (model.status !== 'ready')
        return `${said} No method was better than the share of all deals by more than chance: no probabilities are shown, the warnings work without them.`;
    const ranks = ((winner.auc ?? 0.5) * 100).toFixed(0);
    const better = (100 * (1 - winner.brier / naive.brier)).toFixed(1);
    const off = (100 * winner.expectedCalibrationError).toFixed(1);
    return `${said} Of two deals, one that did and one that did not, it ranked them right ${ranks} times in 100. Its error is ${better} % smaller than that of the best naive method (${methodName(naive.key).toLowerCase()}). A stated chance was ${off} points off what happened, on average.`;
}

function capital(text: string): string {
    return text.charAt(0).toUpperCase() + text.slice(1);
}

function driftText(drift: Drift | null): string {
    if (!drift?.isAlarming) return '';
    const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
    const said = ` Lately (from ${drift.since} on) ${percent(drift.came)} came where ${percent(drift.foretold)} was foretold, more than chance explains.`;
    return drift.beatenBy === null
        ? `${said} It has been fitted anew with what came.`
        : `${said} There ${methodName(drift.beatenBy).toLowerCase()} was nearer: the model is demoted, and its probabilities are not shown until it does better again.`;
}

/** Features by how much they moved open deals, on average. */
function inputsOf(model: OutcomeModel, { table }: PipelineOutcomes): ModelCardResult['inputs'] {
    const weights = new Map<string, number>();
    const stride = Math.max(1, Math.ceil(table.rowCount / EXPLAINED));
    let explained = 0;
    for (let row = 0; row < table.rowCount; row += stride) {
        const explanation = explainRow(model, table, row);
        if (!explanation) continue;
        explained++;
        table.features.forEach(({ group }: Feature, f) => {
            const name = group.startsWith('stage is ') ? 'stage' : group;
            weights.set(name, (weights.get(name) ?? 0) + Math.abs(explanation.contributions[f]!));
        });
    }
    return [...weights]
        .map(([name, weight]) => ({ name, words: name, weight: explained === 0 ? 0 : weight / explained }))
        .filter(({ weight }) => weight > 0)
        .sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1))
        .slice(0, MOST_INPUTS);
}
