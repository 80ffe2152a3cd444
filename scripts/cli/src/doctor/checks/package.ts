// Checks of what was installed: our objects, the permission sets that no package can carry, and that results stay private.
import { packageObjects } from '../../project.ts';
import { setIds } from '../../org/people.ts';
import { failed, listed, passed, unknown, warning, type Check } from '../check.ts';

const INSTALL = 'Run sf plumbline install.';
/** Shown to everybody, or shared by their parent; all others hold somebody's figures. */
const NOT_PRIVATE = ['Run__c'];

const objects: Check = {
    name: 'package',
    about: 'The package is installed, all of it.',
    async look({ connection, found }) {
        if (!found.isThere) return failed('Plumbline is not in this org.', INSTALL);
        const { sobjects } = await connection.describeGlobal();
        const there = new Set(sobjects.map(({ name }) => name));
        const missing = packageObjects().filter((name) => !there.has(found.names.q(name)));
        return missing.length > 0
            ? failed(
                  `Missing or hidden from you: ${listed(missing)}.`,
                  `${INSTALL} You need the permission set SpmAdmin.`
              )
            : passed(
                  `${packageObjects().length} objects${found.namespace ? `, namespace ${found.namespace}` : ''}.`
              );
    }
};

const subscriberSets: Check = {
    name: 'subscriber-metadata',
    about: 'What a package cannot carry was deployed beside it.',
    async look({ connection, found }) {
        const ids = await setIds(connection, found.namespace);
        const missing = ['SpmCrmRead', 'SpmUserCredentials'].filter((name) => !ids.has(name));
        return missing.length > 0
            ? failed(
                  `Not there: ${missing.join(', ')}.`,
                  'Run sf plumbline install, or sf project deploy start --source-dir config/subscriber.'
              )
            : passed('SpmCrmRead and SpmUserCredentials are there.');
    }
};

const sharing: Check = {
    name: 'sharing',
    about: 'Results are private: who sees them is decided by owner and role hierarchy.',
    async look({ connection, found }) {
        const private_ = packageObjects().filter(
            (name) => name.endsWith('__c') && !NOT_PRIVATE.includes(name)
        );
        const names = private_.map((name) => `'${found.names.q(name)}'`).join(', ');
        const { records } = await connection.tooling.query<{
            QualifiedApiName: string;
            InternalSharingModel: string;
        }>(
            `SELECT QualifiedApiName, InternalSharingModel FROM EntityDefinition WHERE QualifiedApiName IN (${names})`
        );
        const open = records
            .filter(({ InternalSharingModel }) => /^(Read|ReadWrite|FullAccess)/.test(InternalSharingModel))
            .map(({ QualifiedApiName }) => QualifiedApiName);
        if (records.length === 0) return unknown('The org tells no sharing models.');
        return open.length > 0
            ? warning(
                  `Open to everybody: ${listed(open)}.`,
                  'Setup > Sharing Settings: set the default access of these objects to Private.'
              )
            : passed('No object of figures is open to everybody.');
    }
};

export const PACKAGE_CHECKS: Check[] = [objects, subscriberSets, sharing];
