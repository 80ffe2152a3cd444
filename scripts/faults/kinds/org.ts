// Each fault the local org can be told to have (scripts/local-org/faults.ts), set while a run is under way.
import type { Fault, FaultKind as OrgFaultKind } from '../../local-org/faults.ts';
import type { Step } from '../scenes/scene.ts';
import { duringRun, goOn, tryFault } from '../trial.ts';
import type { Strike } from '../trial.ts';
import { SOON } from './kind.ts';
import type { FaultKind } from './kind.ts';

/** Deploys are no part of a run: see kinds/deploy.ts. */
type OfRuns = Exclude<OrgFaultKind, 'slowDeploy'>;

const FAULTS: Record<OfRuns, (step: Step) => Fault> = {
    unavailable: () => ({ kind: 'unavailable', times: 2 }),
    requestLimit: () => ({ kind: 'requestLimit' }),
    killSession: () => ({ kind: 'killSession' }),
    slowAnswer: () => ({ kind: 'slowAnswer', ms: 700, times: 2 }),
    dropConnection: () => ({ kind: 'dropConnection', afterBytes: 20 }),
    brokenGzip: () => ({ kind: 'brokenGzip' }),
    rowLock: ({ object }) => ({ kind: 'rowLock', object, times: 3 }),
    slowJob: () => ({ kind: 'slowJob', ms: 700 }),
    failedJob: () => ({ kind: 'failedJob', afterRows: 50 }),
    abortedJob: () => ({ kind: 'abortedJob', afterRows: 50 })
};

/** In the first part of a run, so that there is work left for the fault to meet. */
const SET_WITHIN = 0.6;

/** @param kinds without: all of them */
export function orgFaults(kinds = Object.keys(FAULTS) as OfRuns[]): FaultKind {
    return {
        name: 'org',
        tryAll: async (scene, expected, { draw, onTrial }, tally) => {
            for (const kind of kinds) {
                onTrial(`org: ${kind}, ${scene.name}`);
                await tryFault(`org: ${kind}`, scene, expected, striking(FAULTS[kind], draw), tally);
            }
        }
    };
}

function striking(faultFor: (step: Step) => Fault, draw: () => number): Strike {
    return async (place, step) => {
        const { crm, service } = place;
        if (service.isDead) await service.start({ env: SOON });
        const fault = faultFor(step);
        const { runKey } = await duringRun(place, step, Math.floor(draw() * step.calls * SET_WITHIN), () =>
            crm.org.faults.add(fault)
        );
        const runs = await goOn(place, step, runKey, { env: SOON });
        const left = crm.org.faults.pending().reduce((sum, one) => sum + one.left, 0);
        crm.org.faults.clear();
        return { struck: (fault.times ?? 1) - left, runs };
    };
}
