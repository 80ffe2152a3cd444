// The org's sales process: which stages are open, in which order, and where its middle is. Stages that no longer exist
// stay in history; they have no rank, so no move to or from them counts as a step back.

export interface Stage {
    /** API name */
    name: string;
    sortOrder: number;
    isClosed: boolean;
    isWon: boolean;
}

/** No place in the order: closed, inactive or unknown. */
export const NO_RANK = -1;

export class StageOrder {
    /** Rank from which on a deal is late in the process. */
    readonly middleRank: number;
    #rankOf = new Map<string, number>();

    constructor(stages: readonly Stage[]) {
        const open = stages.filter((stage) => !stage.isClosed).toSorted((a, b) => a.sortOrder - b.sortOrder);
        for (const stage of open)
            if (!this.#rankOf.has(stage.name)) this.#rankOf.set(stage.name, this.#rankOf.size);
        this.middleRank = Math.floor(this.#rankOf.size / 2);
    }

    rankOf(stageName: string): number {
        return this.#rankOf.get(stageName) ?? NO_RANK;
    }
}
