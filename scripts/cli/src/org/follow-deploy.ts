// Starting a deploy and following it to its end. The org goes on with a deploy whether anybody asks for it or not, so a connection that
// breaks while asking is no reason to give up.
import type { Connection } from '@salesforce/core';
import { MetadataApiDeploy, type MetadataApiDeployStatus } from '@salesforce/source-deploy-retrieve';

export type OnProgress = (done: number, total: number) => void;

const TRIES = 5;

export async function followDeploy(
    connection: Connection,
    deploy: MetadataApiDeploy,
    onProgress: OnProgress
): Promise<MetadataApiDeployStatus> {
    const { id } = await deploy.start();
    let watched = deploy;
    for (let attempt = 1; ; attempt++) {
        watched.onUpdate(({ numberComponentsDeployed, numberComponentsTotal }) =>
            onProgress(numberComponentsDeployed, numberComponentsTotal)
        );
        try {
            return (await watched.pollStatus()).response;
        } catch (error) {
            if ((error as Error).name !== 'MetadataTransferError' || !id || attempt === TRIES) throw error;
            watched = new MetadataApiDeploy({ id, usernameOrConnection: connection });
        }
    }
}
