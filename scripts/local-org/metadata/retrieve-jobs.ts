// Retrieves as clients know them: asked for, followed by id, answered with the zip. Results live in memory; only the
// newest are kept.
import { OrgError } from '../org.ts';
import type { UserContext } from '../org.ts';
import type { LocalOrg } from '../local-org.ts';
import type { FileProperties } from './list.ts';
import { checkMetadataAccess } from './metadata-access.ts';
import { retrieve } from './retrieve.ts';
import type { RetrieveMessage, RetrieveRequest } from './retrieve.ts';

export interface RetrieveResult {
    id: string;
    status: 'Pending' | 'Succeeded' | 'Failed';
    done: boolean;
    success: boolean;
    errorMessage?: string;
    errorStatusCode?: string;
    fileProperties: FileProperties[];
    messages: RetrieveMessage[];
    /** Base64. */
    zipFile?: string;
}

export interface RetrieveJobs {
    start(user: UserContext, request: RetrieveRequest): RetrieveResult;
    /** Throws OrgError when no retrieve has this id, or its result is no longer kept. */
    status(id: string): RetrieveResult;
}

const RESULTS_KEPT = 10;

export function createRetrieveJobs(org: LocalOrg): RetrieveJobs {
    const results = new Map<string, RetrieveResult>();
    const keep = (result: RetrieveResult): RetrieveResult => {
        results.set(result.id, result);
        if (results.size > RESULTS_KEPT) results.delete(results.keys().next().value!);
        return result;
    };
    return {
        start(user, request) {
            checkMetadataAccess(user);
            const id = org.ids.newId('09S');
            setImmediate(() => {
                if (org.db.open) keep(run(org, id, request));
            });
            return keep({
                id,
                status: 'Pending',
                done: false,
                success: false,
                fileProperties: [],
                messages: []
            });
        },
        status(id) {
            const result = results.get(id);
            if (!result)
                throw new OrgError(404, 'INVALID_CROSS_REFERENCE_KEY', `Invalid async process id: ${id}`);
            return result;
        }
    };
}

function run(org: LocalOrg, id: string, request: RetrieveRequest): RetrieveResult {
    try {
        const { zip, ...rest } = retrieve(org, request);
        return {
            id,
            status: 'Succeeded',
            done: true,
            success: true,
            ...rest,
            zipFile: zip.toString('base64')
        };
    } catch (error) {
        process.stderr.write(`local org: retrieve ${id} failed: ${(error as Error).stack}\n`);
        const errorStatusCode = 'UNKNOWN_EXCEPTION';
        const errorMessage = `${errorStatusCode}: An unexpected error occurred; see the log of the local org.`;
        const nothing = { fileProperties: [], messages: [] };
        return {
            id,
            status: 'Failed',
            done: true,
            success: false,
            errorMessage,
            errorStatusCode,
            ...nothing
        };
    }
}
