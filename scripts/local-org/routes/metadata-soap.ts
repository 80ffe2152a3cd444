// The SOAP door of the Metadata API, as `sf project deploy start` and jsforce use it: POST /services/Soap/m/:version.
// Owns which calls there are; envelopes are soap.ts, deploys metadata/deploy-jobs.ts. What is not here is refused by name.
import type { FastifyInstance } from 'fastify';
import { COMPONENT_TYPES } from '../metadata/component-types.ts';
import type { DeployJobs } from '../metadata/deploy-jobs.ts';
import { listComponents } from '../metadata/list.ts';
import { checkMetadataAccess } from '../metadata/metadata-access.ts';
import type { RetrieveJobs } from '../metadata/retrieve-jobs.ts';
import type { PackageMembers } from '../metadata/retrieve.ts';
import { notSupported } from '../org.ts';
import type { UserContext } from '../org.ts';
import type { LocalOrg } from '../local-org.ts';
import { crudOperations } from './metadata-crud.ts';
import { registerSoap } from './soap.ts';
import type { Xml } from './soap.ts';

/** `text`: the whole request, for what its elements say in attributes. */
type Operation = (body: Xml, user: UserContext, text: string) => unknown;

export function registerMetadataSoap(
    app: FastifyInstance,
    org: LocalOrg,
    deploys: DeployJobs,
    retrieves: RetrieveJobs
): void {
    const operations = {
        ...deployOperations(deploys),
        ...readOperations(org, retrieves),
        ...crudOperations(org)
    };
    registerSoap(app, org, {
        path: '/services/Soap/m/:version',
        namespace: 'http://soap.sforce.com/2006/04/metadata',
        repeated: ['queries', 'runTests', 'types', 'members'],
        answer({ user, operation, body, text }) {
            checkMetadataAccess(user);
            const run = operations[operation];
            if (!run) throw notSupported(`the Metadata API call ${operation}`);
            return { results: [run(body, user, text)].flat() };
        }
    });
}

type Operations = Record<string, Operation | undefined>;

function deployOperations(jobs: DeployJobs): Operations {
    return {
        deploy: (body, user) => {
            const options = (body.DeployOptions ?? {}) as Record<string, unknown>;
            const result = jobs.start(user, Buffer.from(String(body.ZipFile ?? ''), 'base64'), {
                checkOnly: options.checkOnly === 'true',
                testLevel: options.testLevel as string | undefined,
                runTests: options.runTests as string[] | undefined,
                performRetrieve: options.performRetrieve === 'true',
                purgeOnDelete: options.purgeOnDelete === 'true',
                rollbackOnError: options.rollbackOnError !== 'false'
            });
            return { done: false, id: result.id, state: 'Queued' };
        },
        deployRecentValidation: (body, user) => jobs.startValidated(user, String(body.validationId)).id,
        checkDeployStatus: (body) => {
            const { details, ...result } = jobs.status(String(body.asyncProcessId));
            return body.includeDetails === 'true' ? { ...result, details } : result;
        },
        // The WSDL calls the argument String; jsforce and the sf CLI send id.
        cancelDeploy: (body, user) => {
            const result = jobs.cancel(user, String(body.String ?? body.id));
            return { done: result.done, id: result.id };
        }
    };
}

function readOperations(org: LocalOrg, jobs: RetrieveJobs): Operations {
    return {
        retrieve: (body, user) => {
            // The WSDL calls the argument retrieveRequest; jsforce and the sf CLI send request.
            const request = (body.retrieveRequest ?? body.request ?? {}) as Xml;
            const packageNames = [request.packageNames ?? []].flat();
            if (packageNames.length > 1 || (packageNames.length && request.unpackaged))
                throw notSupported('retrieving more than one package at once');
            if (request.specificFiles) throw notSupported('retrieving specificFiles');
            const { types = [], version } = (request.unpackaged ?? {}) as Xml;
            const result = jobs.start(user, {
                ...(packageNames.length ? { packageName: String(packageNames[0]) } : {}),
                types: (types as Xml[]).map(readMembers),
                version: String(version ?? request.apiVersion),
                singlePackage: request.singlePackage === 'true'
            });
            return { done: false, id: result.id, state: 'Queued' };
        },
        checkRetrieveStatus: (body) => {
            const { zipFile, ...result } = jobs.status(String(body.asyncProcessId));
            return body.includeZip === 'false' ? result : { ...result, zipFile };
        },
        describeMetadata: () => ({
            metadataObjects: COMPONENT_TYPES.map((type) => ({
                childXmlNames: Object.values(type.children),
                directoryName: type.folder,
                inFolder: false,
                metaFile: type.hasMetaFile,
                ...(type.suffix ? { suffix: type.suffix } : {}),
                xmlName: type.name
            })),
            organizationNamespace: '',
            partialSaveAllowed: false,
            testRequired: false
        }),
        listMetadata: (body) =>
            ((body.queries ?? []) as Xml[]).flatMap((query) => listComponents(org, String(query.type)))
    };
}

function readMembers({ name, members = [] }: Xml): PackageMembers {
    return { name: String(name), members: (members as unknown[]).map(String) };
}
