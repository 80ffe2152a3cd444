// Makes a database of a local org with the package deployed, an integration user and its client app: what an admin does
// once. Runs as a process of its own, because jest cannot load what converts the package.
//     node make-org.ts <file> [<options of the org as JSON>]
import sourceDeployRetrieve from '@salesforce/source-deploy-retrieve';
import { createOrg, type CreateOrgOptions } from '../../../scripts/local-org/create-org.ts';
import { deploy } from '../../../scripts/local-org/metadata/deploy.ts';
import { CLIENT_ID, CLIENT_SECRET, FOLDERS } from './org-constants.ts';

const { ComponentSet, MetadataConverter } = sourceDeployRetrieve;

const components = ComponentSet.fromSource(FOLDERS);
components.apiVersion = '65.0';
components.sourceApiVersion = '65.0';
const { zipBuffer } = await new MetadataConverter().convert(components, 'metadata', { type: 'zip' });

const options = JSON.parse(process.argv[3] ?? '{}') as Partial<CreateOrgOptions>;
const org = createOrg({ file: process.argv[2]!, timeZone: 'Europe/London', currency: 'GBP', ...options });
const outcome = deploy(org, zipBuffer!, {}, org.adminUserId);
if (!outcome.success) {
    const lines = outcome.errors.map((error) => JSON.stringify(error)).join('\n');
    throw new Error(`The package could not be deployed.\n${outcome.errorMessage ?? lines}`);
}
const admin = { user: org.users.context(org.adminUserId), mode: 'user' as const };
const one = (soql: string): string => String(org.queries.query(admin, soql).records[0]?.Id);
const saved = (objectName: string, row: Record<string, string>): string => {
    const [result] = org.records.insert(admin, objectName, [row], { allOrNone: true });
    if (!result?.success) throw new Error(`${objectName}: ${JSON.stringify(result?.errors)}`);
    return result.id!;
};
const userId = saved('User', {
    Username: 'integration@plumbline.test',
    LastName: 'Integration',
    Alias: 'plumb',
    Email: 'integration@plumbline.test',
    ProfileId: one("SELECT Id FROM Profile WHERE Name = 'Minimum Access - API Only Integrations'"),
    TimeZoneSidKey: 'Etc/UTC',
    LocaleSidKey: 'en_GB',
    LanguageLocaleKey: 'en_US',
    EmailEncodingKey: 'UTF-8'
});
for (const name of ['SpmIntegration', 'SpmCrmRead']) {
    const setId = one(`SELECT Id FROM PermissionSet WHERE Name = '${name}'`);
    saved('PermissionSetAssignment', { AssigneeId: userId, PermissionSetId: setId });
}
org.auth.registerClient({ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, runAsUserId: userId });
org.close();
