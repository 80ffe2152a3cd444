// What stage names mean, on every day of the past. Stages that were renamed are read as what they are called now; stages
// that nobody knows any more count as open, without a place in the order, and are told.
import { NO_RANK, StageOrder, type Stage } from '../pipeline/stage-order.ts';
import type { DealOutcome } from './types.ts';

export class StageBook {
    readonly #order: StageOrder;
    readonly #byName: ReadonlyMap<string, Stage>;
    readonly #renamed: ReadonlyMap<string, string>;

    /** `stages` of today with the inactive ones; `renamed` says old name to new name, also in several steps. */
    constructor(stages: readonly Stage[], renamed: ReadonlyMap<string, string> = new Map()) {
        this.#order = new StageOrder(stages);
        this.#byName = new Map(stages.map((stage) => [stage.name, stage]));
        this.#renamed = renamed;
    }

    nameOf(stageName: string): string {
        let name = stageName;
        // A circle of renamings ends after as many steps as there are.
        for (let step = 0; step < this.#renamed.size && !this.#byName.has(name); step++)
            name = this.#renamed.get(name) ?? name;
        return name;
    }

    isKnown(stageName: string): boolean {
        return this.#byName.has(this.nameOf(stageName));
    }

    outcomeOf(stageName: string): DealOutcome {
        const stage = this.#byName.get(this.nameOf(stageName));
        return stage?.isWon ? 'Won' : stage?.isClosed ? 'Lost' : 'Open';
    }

    /** Place in the order of open stages, from 0; NO_RANK for closed and unknown ones. */
    rankOf(stageName: string): number {
        const name = this.nameOf(stageName);
        return this.#byName.has(name) ? this.#order.rankOf(name) : NO_RANK;
    }
}
