// Both doors of the Metadata API over one queue of deploys.
import type { FastifyInstance } from 'fastify';
import type { LocalOrg } from '../local-org.ts';
import { createDeployJobs } from '../metadata/deploy-jobs.ts';
import { registerMetadataRest } from './metadata-rest.ts';
import { registerMetadataSoap } from './metadata-soap.ts';

export function registerMetadata(app: FastifyInstance, org: LocalOrg): void {
    const jobs = createDeployJobs(org);
    registerMetadataSoap(app, org, jobs);
    registerMetadataRest(app, org, jobs);
}
