// A new version in the middle of a run: of the service (ended as a roll-out does, started as the next version), and of the package
// (deployed into the org again between two calls of the run).
import { deploy as deployPackage } from '../../local-org/metadata/deploy.ts';
import { duringRun, goOn, tryFault, undisturbed } from '../trial.ts';
import type { Strike } from '../trial.ts';
import { drawnCall, preload, SOON } from './kind.ts';
import type { FaultKind } from './kind.ts';

export const newService: FaultKind = {
    name: 'deploy',
    tryAll: async (scene, _expected, { draw, onTrial }, tally) => {
        const fault = 'new version of the service';
        onTrial(`${fault}, ${scene.name}`);
        // The version is part of what rows hold, so the new one is judged against itself.
        const expected = await undisturbed(scene, NEXT);
        await tryFault(fault, scene, expected, replaced(draw), tally);
    }
};

export const deploy: FaultKind = {
    name: 'deploy',
    tryAll: async (scene, expected, effort, tally) => {
        await newService.tryAll(scene, expected, effort, tally);
        const fault = 'package deployed again';
        effort.onTrial(`${fault}, ${scene.name}`);
        const zip = await packageZip();
        await tryFault(fault, scene, expected, deployedAgain(zip, effort.draw), tally);
    }
};

const NEXT = { preload: preload('new-version'), env: SOON };

function replaced(draw: () => number): Strike {
    return async (place, step) => {
        const { service } = place;
        await service.end('SIGTERM');
        await service.start({ env: SOON });
        const renew = async (): Promise<void> => {
            await service.end('SIGTERM');
            await service.start(NEXT);
        };
        const { runKey, struck } = await duringRun(place, step, drawnCall(step, draw), renew);
        const runs = await goOn(place, step, runKey, NEXT);
        if (struck === 1) return { struck, runs };
        await renew();
        const { runKey: next } = await service.ask('POST', '/v1/runs', step.work);
        return { struck, runs: [...runs, ...(await goOn(place, step, next, NEXT))] };
    };
}

function deployedAgain(zip: Buffer, draw: () => number): Strike {
    return async (place, step) => {
        const { crm, service } = place;
        if (service.isDead) await service.start({ env: SOON });
        const { runKey, struck } = await duringRun(place, step, drawnCall(step, draw), () => {
            const outcome = deployPackage(crm.org, zip, {}, crm.org.adminUserId);
            if (!outcome.success)
                throw new Error(`The package could not be deployed again: ${outcome.errorMessage}`);
        });
        return { struck, runs: await goOn(place, step, runKey, { env: SOON }) };
    };
}

/** Loaded only where it is used: jest cannot load what converts the package. */
async function packageZip(): Promise<Buffer> {
    const { default: sourceDeployRetrieve } = await import('@salesforce/source-deploy-retrieve');
    const { FOLDERS } = await import('../../../service/test/support/org-constants.ts');
    const components = sourceDeployRetrieve.ComponentSet.fromSource(FOLDERS);
    components.apiVersion = '65.0';
    components.sourceApiVersion = '65.0';
    const converter = new sourceDeployRetrieve.MetadataConverter();
    return (await converter.convert(components, 'metadata', { type: 'zip' })).zipBuffer!;
}
