// Many kills over hours: one scene after the other in turns, bounded in time, kept in a file after each trial, so that the next
// call goes on where this one ended. Which kill comes when hangs on the seed and the number of the trial alone.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { random } from '../../service/test/support/random.ts';
import { kill, KILLS_A_RUN } from './kinds/kill.ts';
import type { Scene } from './scenes/scene.ts';
import { Tally } from './tally.ts';
import type { KeptTally } from './tally.ts';
import { undisturbed } from './trial.ts';
import type { Undisturbed } from './trial.ts';

export interface CampaignOptions {
    scenes: readonly Scene[];
    kills: number;
    seed: number;
    seconds: number;
    file: string;
    onTrial?: (what: string) => void;
}

interface Kept {
    trials: number;
    tally: KeptTally;
}

export async function campaign({
    scenes,
    kills,
    seed,
    seconds,
    file,
    onTrial = () => undefined
}: CampaignOptions): Promise<Tally> {
    const endsAt = performance.now() + seconds * 1000;
    const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Kept) : null;
    const tally = new Tally(kept?.tally);
    const expected = new Map<Scene, Undisturbed>();
    for (let trial = kept?.trials ?? 0; tally.tried < kills && performance.now() < endsAt; trial += 1) {
        const scene = scenes[trial % scenes.length]!;
        if (!expected.has(scene)) expected.set(scene, await undisturbed(scene));
        const effort = {
            kills: Math.min(KILLS_A_RUN * scene.steps.length, kills - tally.tried),
            draw: random(seed * 1_000_003 + trial),
            onTrial
        };
        await kill.tryAll(scene, expected.get(scene)!, effort, tally);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, JSON.stringify({ trials: trial + 1, tally: tally.kept } satisfies Kept));
    }
    return tally;
}
