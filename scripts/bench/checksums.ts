// What every engine must agree on: each feature summed over the open deals, plainly and weighted by the deal's number,
// and what won deals teach. Equal sums of seventeen numbers in two ways leave no room for another reading of the rows.
import { FactsReader, emptyNumbers, type DealNumbers } from '../../service/src/domain/pipeline/facts.ts';
import type { PipelineFeatures } from '../../service/src/domain/pipeline/features.ts';
import { learnFromFeatures } from '../../service/src/domain/pipeline/learn-from-features.ts';
import { learnedThresholds } from '../../service/src/domain/pipeline/learn.ts';
import { OPEN_STAGES } from './data.ts';

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

/** Deals weigh 1 to 97 by their number, so that values of two deals cannot be exchanged unseen. */
export const WEIGHTS = 97;
/** Fractions are compared in millionths. */
const MILLION = 1_000_000;

/** Computes every feature of every open deal, and learns from the others. */
export function checksumsOf(features: PipelineFeatures): Checksums {
    const sums: Checksums = {};
    const plain = new Float64Array(FEATURES.length);
    const weighted = new Float64Array(FEATURES.length);
    const reader = new FactsReader(features);
    const numbers = emptyNumbers();
    let openDeals = 0;
    for (const deal of reader.openDeals()) {
        reader.readNumbers(deal, numbers);
        openDeals++;
        const weight = (Number(features.deals.idAt(deal).slice(6, 15)) % WEIGHTS) + 1;
        for (let i = 0; i < FEATURES.length; i++) {
            const name = FEATURES[i]!;
            const value =
                name === 'lateAmountChange' ? Math.round(numbers.lateAmountChange * MILLION) : numbers[name];
            plain[i]! += value;
            weighted[i]! += value * weight;
        }
    }
    sums['openDeals'] = openDeals;
    FEATURES.forEach((name, i) => {
        sums[name] = plain[i]!;
        sums[`${name} weighted`] = weighted[i]!;
    });
    const learned = learnedThresholds(learnFromFeatures(features));
    for (const stageName of OPEN_STAGES) {
        const place = { stageName, segment: '', teamKey: '' };
        const median = learned.stageMedian(place, 1);
        sums[`median days ${stageName}`] = median.value;
        sums[`won deals ${stageName}`] = median.sampleSize;
    }
    sums['won amount p95'] = Math.round(
        learned.wonAmount95({ stageName: '', segment: '', teamKey: '' }, 1)!.value
    );
    return sums;
}

/** Names whose values differ. */
export function differences(ours: Checksums, theirs: Checksums): string[] {
    const names = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
    return [...names]
        .filter((name) => ours[name] !== theirs[name])
        .map((name) => `${name}: ${ours[name]} and ${theirs[name]}`);
}
