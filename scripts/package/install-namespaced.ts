// Installs the package with its names in the namespace, and what is deployed beside it, into a new org: node install-namespaced.ts <file>.
// A process of its own, because jest takes several times as long for it. Prints what the org refused.
import { join } from 'node:path';
import { createOrg } from '../local-org/create-org.ts';
import { deploy } from '../local-org/metadata/deploy.ts';
import { withNamespace } from './namespaced.ts';
import { packageFiles, zipOf } from './package-zip.ts';
import { NAMESPACE } from './release-folder.ts';

const ROOT = join(import.meta.dirname, '../..');

const org = createOrg({ file: process.argv[2]! });
const packaged = withNamespace(await packageFiles(join(ROOT, 'force-app')), NAMESPACE);
const beside = await packageFiles(join(ROOT, 'config/subscriber'));
const outcomes = [
    deploy(org, zipOf(packaged), { namespace: NAMESPACE }, org.adminUserId),
    deploy(org, zipOf(beside), {}, org.adminUserId)
];
console.log(
    JSON.stringify(outcomes.flatMap(({ errorMessage, errors }) => [errorMessage ?? [], errors].flat()))
);
org.close();
