// The clock of the service's process jumps by hours, forward and back, while a run is under way.
import { duringRun, goOn, tryFault } from '../trial.ts';
import type { Strike } from '../trial.ts';
import { drawnCall, preload, SOON } from './kind.ts';
import type { FaultKind } from './kind.ts';

const JUMPS = [3, -3, 30, -30];

/** @param jumps in hours */
export function clockJumps(jumps = JUMPS): FaultKind {
    return {
        name: 'clock',
        tryAll: async (scene, expected, { draw, onTrial }, tally) => {
            for (const hours of jumps) {
                const fault = `clock jumps ${hours > 0 ? '+' : ''}${hours} h`;
                onTrial(`${fault}, ${scene.name}`);
                await tryFault(fault, scene, expected, jumping(hours, draw), tally);
            }
        }
    };
}

function jumping(hours: number, draw: () => number): Strike {
    return async (place, step) => {
        const { service } = place;
        // Each step begins with a clock that is right.
        await service.end('SIGTERM');
        const options = {
            preload: preload('jumping-clock'),
            env: { ...SOON, FAULT_HOURS: String(hours) }
        };
        await service.start(options);
        const { runKey, struck } = await duringRun(place, step, drawnCall(step, draw), () =>
            service.signal('SIGUSR2')
        );
        return { struck, runs: await goOn(place, step, runKey, options) };
    };
}
