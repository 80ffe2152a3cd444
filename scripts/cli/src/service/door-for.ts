// Which way an org is commanded by: through the org itself, unless a key is given or the package is an installed one.
import { SfError, type Connection } from '@salesforce/core';
import type { PackageInOrg } from '../command.ts';
import { namedCredential } from '../org/credential.ts';
import { directly, ORG_KEY, throughOrg, type ServiceDoor } from './door.ts';

export async function doorFor(connection: Connection, found: PackageInOrg): Promise<ServiceDoor> {
    if (!found.isThere)
        throw new SfError('Plumbline is not installed in this org.', 'NotInstalled', [
            'sf plumbline install'
        ]);
    const key = process.env[ORG_KEY];
    if (!key && found.namespace === '') return throughOrg(connection);
    const named = await namedCredential(connection, found.namespace);
    if (key && named) {
        const { organization_id: orgId } = await connection.identity();
        return directly({ serviceUrl: named.url, orgId, key });
    }
    throw new SfError('Apex of an installed package cannot be called from outside.', 'NoWayToTheService', [
        `Put the key of this org into ${ORG_KEY}, or use the button on the Setup page.`
    ]);
}
