// A local org with the package in it, filled by who asks for it. Where filling it fails, nothing is left running.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deployPackage } from '../demo/steps/deploy-package.ts';
import { startTestOrg, type TestOrg } from '../local-org/test/support/test-org.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export async function startPackageOrg<Filled>(fill: (local: TestOrg) => Promise<Filled>): Promise<Filled> {
    const local = await startTestOrg({ currency: 'GBP' });
    try {
        const folders = ['force-app', 'config/subscriber'].map((folder) => join(root, folder));
        await deployPackage(local.admin, folders);
        return await fill(local);
    } catch (error) {
        await local.stop();
        throw error;
    }
}
