// What a kind of fault is to the bench, and what the kinds share.
import type { Scene, Step } from '../scenes/scene.ts';
import type { Tally } from '../tally.ts';
import type { Undisturbed } from '../trial.ts';

export interface Effort {
    kills: number;
    /** from 0 to 1, the same for the same seed */
    draw: () => number;
    onTrial(what: string): void;
}

export interface FaultKind {
    /** as `--only` names it */
    name: string;
    tryAll(scene: Scene, expected: Undisturbed, effort: Effort, tally: Tally): Promise<void>;
}

/** After how many calls of the run to the org its fault strikes. */
export function drawnCall({ calls }: Step, draw: () => number): number {
    return 1 + Math.floor(draw() * calls);
}

export function preload(name: string): string {
    return new URL(`../preload/${name}.ts`, import.meta.url).href;
}

/** The service tries a broken run again after a second, not after ten. */
export const SOON = { PLUMBLINE_RUN_RETRY_SECONDS: '1' };
