// The bench: every kind of fault on every scene, judged against the same scene undisturbed. Owns what is left out, by name.
import { random } from '../../service/test/support/random.ts';
import { clockJumps } from './kinds/clock.ts';
import { database } from './kinds/database.ts';
import { deploy } from './kinds/deploy.ts';
import { exported } from './kinds/export.ts';
import { kill } from './kinds/kill.ts';
import type { FaultKind } from './kinds/kind.ts';
import { orgFaults } from './kinds/org.ts';
import { twice } from './kinds/twice.ts';
import type { Scene } from './scenes/scene.ts';
import { Tally } from './tally.ts';
import { undisturbed } from './trial.ts';

/** Kills last: they take what time is left. */
export const KINDS: FaultKind[] = [orgFaults(), database, clockJumps(), twice, deploy, exported, kill];

export const LEFT_OUT = [
    'slowDeploy of the local org: no run deploys; scripts/local-org/test/deploy-jobs.test.ts tries it.',
    'loss of the database itself.',
    'data requests: not run here.'
];

export interface BenchOptions {
    kinds: readonly FaultKind[];
    scenes: readonly Scene[];
    kills: number;
    seed: number;
    onTrial?: (what: string) => void;
    /** filled while the bench works, for who wants to see it before its end */
    tally?: Tally;
}

export async function bench({
    kinds,
    scenes,
    kills,
    seed,
    onTrial,
    tally = new Tally()
}: BenchOptions): Promise<Tally> {
    const draw = random(seed);
    const expected = new Map(
        await Promise.all(scenes.map(async (scene) => [scene, await undisturbed(scene)] as const))
    );
    for (const kind of kinds)
        for (const [index, scene] of scenes.entries()) {
            const share = Math.floor(kills / scenes.length) + (index < kills % scenes.length ? 1 : 0);
            await kind.tryAll(
                scene,
                expected.get(scene)!,
                { kills: share, draw, onTrial: onTrial ?? (() => undefined) },
                tally
            );
        }
    return tally;
}
