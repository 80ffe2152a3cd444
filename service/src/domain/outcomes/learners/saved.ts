// Fitted learners as plain data and back, so that a fit outlives its run. Owns the shape that is kept: numbers and lists only, which
// JSON gives back bit for bit. A learner that was read back gives the numbers it gave before.
import { FittedTrees } from './boosting.ts';
import type { Fitted } from './learner.ts';
import { FittedLogistic } from './logistic.ts';
import { FittedRates, type RateTableKey } from './rate-table.ts';
import type { Term } from './terms.ts';

export interface SavedTree {
    feature: ArrayLike<number>;
    edge: ArrayLike<number>;
    left: ArrayLike<number>;
    value: ArrayLike<number>;
}

export type SavedLearner =
    | { kind: 'trees'; base: number; trees: SavedTree[] }
    | { kind: 'logistic'; intercept: number; terms: Term[]; weights: number[]; mean: number[] }
    | {
          kind: 'rates';
          key: RateTableKey;
          base: number;
          ageFeature: number;
          bySegment: number[];
          byAge: number[][];
      };

export function readLearner(saved: SavedLearner): Fitted {
    switch (saved.kind) {
        case 'trees':
            return new FittedTrees(saved);
        case 'logistic':
            return new FittedLogistic(saved);
        case 'rates':
            return new FittedRates(saved);
    }
}
