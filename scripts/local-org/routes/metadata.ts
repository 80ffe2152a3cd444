// Both doors of the Metadata API over one queue of deploys; retrieves have one door.
import type { FastifyInstance } from 'fastify';
import type { LocalOrg } from '../local-org.ts';
import { createDeployJobs } from '../metadata/deploy-jobs.ts';
import { createRetrieveJobs } from '../metadata/retrieve-jobs.ts';
import { registerMetadataRest } from './metadata-rest.ts';
import { registerMetadataSoap } from './metadata-soap.ts';

export function registerMetadata(app: FastifyInstance, org: LocalOrg): void {
    const deploys = createDeployJobs(org);
    registerMetadataSoap(app, org, deploys, createRetrieveJobs(org));
    registerMetadataRest(app, org, deploys);
}
