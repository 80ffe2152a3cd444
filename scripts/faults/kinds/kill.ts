// The service dies by SIGKILL at drawn calls to the org, before the org has seen the call or after it was carried out, and is
// started again each time.
import { KilledService } from '../../../service/test/support/killed-service.ts';
import { tryFault } from '../trial.ts';
import type { Strike } from '../trial.ts';
import type { FaultKind } from './kind.ts';

/** At most so many in one run: each restart costs a second. */
export const KILLS_A_RUN = 5;

export const kill: FaultKind = {
    name: 'kill',
    tryAll: async (scene, expected, { kills, draw, onTrial }, tally) => {
        const fault = 'service killed (-9)';
        let left = kills;
        while (left > 0) {
            onTrial(`${fault}, ${scene.name}, ${left} kills left`);
            let ofTrial = 0;
            let service: KilledService | undefined;
            const strike: Strike = async ({ crm, proxy }, { work }) => {
                service ??= new KilledService(crm, proxy);
                const wanted = Math.max(1, Math.min(KILLS_A_RUN, left - ofTrial));
                const { run, kills: done } = await service.runWithKills(wanted, draw, work);
                ofTrial += done;
                return { struck: done, runs: [run] };
            };
            try {
                await tryFault(fault, scene, expected, strike, tally);
            } finally {
                await service?.stop();
            }
            left -= Math.max(ofTrial, 1);
        }
    }
};
