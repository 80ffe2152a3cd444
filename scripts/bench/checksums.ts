// What every engine must agree on: each feature summed over the open deals, plainly and weighted by the deal's age,
// and what won deals teach. Equal sums in both ways leave no room for another reading of the rows.
import { OUTBOUND } from '../../service/src/domain/pipeline/activity-kind.ts';
import { FactsReader, emptyNumbers, type DealNumbers } from '../../service/src/domain/pipeline/facts.ts';
import type { PipelineFeatures } from '../../service/src/domain/pipeline/features.ts';
import { learnFromFeatures } from '../../service/src/domain/pipeline/learn-from-features.ts';
import { learnedThresholds } from '../../service/src/domain/pipeline/learn.ts';
import { AS_OF, OPEN_STAGES, TYPES } from './data.ts';

export type Checksums = Record<string, number>;

export const FEATURES = [
    'stageEnteredOn',
    'closePushCount',
    'closePushDays',
    'lateAmountChange',
    'backwardMoveCount',
    'lastBackwardMoveOn',
    'lastActivityOn',
    'lastTwoWayOn',
    'outboundSinceTwoWay',
    'firstOutboundSinceTwoWayOn',
    'nextStepDueOn',
    'changesOn'
] as const satisfies readonly (keyof DealNumbers)[];

/** Deals weigh 1 to 97 by the day they were created, so that values of two deals cannot be exchanged unseen. */
export const WEIGHTS = 97;
/** The chance of a deal open at the first age to be won by the second. */
export const CHANCE_AGES = [60, 120] as const;
/** Fractions are compared in millionths. */
const MILLION = 1_000_000;

/** Computes every feature of every open deal, with the evidence where a rule would show it, and learns from the others. */
export function checksumsOf(features: PipelineFeatures): Checksums {
    return { ...featureSums(features), ...learnedSums(features) };
}

/** A deal ghosted or pushed this often would show its messages or pushes as evidence. */
export const SHOWN_OUTBOUND = 2;
export const SHOWN_PUSHES = 2;

function featureSums(features: PipelineFeatures): Checksums {
    const plain = new Float64Array(FEATURES.length);
    const weighted = new Float64Array(FEATURES.length);
    const evidence = { outbound: 0, pushes: 0 };
    const reader = new FactsReader(features);
    const numbers = emptyNumbers();
    const { columns, touches, history } = features;
    let openDeals = 0;
    for (const deal of reader.openDeals()) {
        reader.readNumbers(deal, numbers);
        openDeals++;
        const weight = (columns.createdOn[deal]! % WEIGHTS) + 1;
        for (let i = 0; i < FEATURES.length; i++) {
            const name = FEATURES[i]!;
            const value =
                name === 'lateAmountChange' ? Math.round(numbers.lateAmountChange * MILLION) : numbers[name];
            plain[i]! += value;
            weighted[i]! += value * weight;
        }
        if (numbers.outboundSinceTwoWay >= SHOWN_OUTBOUND) {
            for (const { id } of touches.evidence(columns.touchHead[deal]!, AS_OF, OUTBOUND))
                evidence.outbound += numberOf(id) * weight;
        }
        if (numbers.closePushCount >= SHOWN_PUSHES) {
            for (const { id } of history.pushEvidence(columns.historyHead[deal]!))
                evidence.pushes += numberOf(id) * weight;
        }
    }
    const sums: Checksums = {
        openDeals,
        'evidence outbound': evidence.outbound,
        'evidence pushes': evidence.pushes
    };
    sums['people on open deals'] = features.contacts.size;
    FEATURES.forEach((name, i) => {
        sums[name] = plain[i]!;
        sums[`${name} weighted`] = weighted[i]!;
    });
    return sums;
}

function numberOf(id: string): number {
    return Number(id.slice(6, 15));
}

function learnedSums(features: PipelineFeatures): Checksums {
    const sums: Checksums = {};
    const learned = learnedThresholds(learnFromFeatures(features));
    for (const segment of ['', ...TYPES]) {
        const place = { stageName: '', segment, teamKey: '' };
        for (const stageName of OPEN_STAGES) {
            const at = { ...place, stageName };
            const median = learned.stageMedian(at, 1);
            const silence = learned.silence(at, 'p90', 1)!;
            sums[`${segment} ${stageName} median days`] = median.value;
            sums[`${segment} ${stageName} won deals`] = median.sampleSize;
            sums[`${segment} ${stageName} silence p90`] = Math.round(silence.value * MILLION);
            sums[`${segment} ${stageName} silences`] = silence.sampleSize;
        }
        sums[`${segment} amount p95`] = Math.round(learned.wonAmount95(place, 1)!.value);
        sums[`${segment} chance of a win`] = Math.round(
            learned.chanceOfWin(place, ...CHANCE_AGES, 1)!.value * MILLION
        );
    }
    return sums;
}

/** Names whose values differ. */
export function differences(ours: Checksums, theirs: Checksums): string[] {
    const names = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
    return [...names]
        .filter((name) => ours[name] !== theirs[name])
        .map((name) => `${name}: ${ours[name]} and ${theirs[name]}`);
}
