// POST /local-org/packages: makes a package version that `sf package install` can install, as `sf package version create`
// would in a Dev Hub. No Salesforce org has this door.
import type { FastifyInstance } from 'fastify';
import { MAX_REQUEST_BYTES } from '../metadata/zip.ts';
import { OrgError } from '../org.ts';
import type { Packages } from '../tooling/packages.ts';

interface VersionBody {
    name?: string;
    versionNumber?: string;
    versionName?: string;
    description?: string;
    namespace?: string;
    /** Base64. */
    zip?: string;
}

export function registerPackageDoor(app: FastifyInstance, packages: Packages): void {
    app.post<{ Body: VersionBody | null }>(
        '/local-org/packages',
        { bodyLimit: MAX_REQUEST_BYTES },
        async (request, reply) => {
            const { name, versionNumber, zip, ...rest } = request.body ?? {};
            if (!name || !versionNumber || typeof zip !== 'string') {
                throw new OrgError(
                    400,
                    'INVALID_INPUT',
                    'A package version needs name, versionNumber and zip (base64)'
                );
            }
            const version = { ...rest, name, versionNumber, zip: Buffer.from(zip, 'base64') };
            return reply.code(201).send(packages.register(version));
        }
    );
}
