// Deploys source folders the way `sf project deploy start` does: converted to metadata format, zipped, sent by SOAP.
import type { Connection } from 'jsforce';
import sourceDeployRetrieve from '@salesforce/source-deploy-retrieve';
import { DemoProblem } from '../problem.ts';

const { ComponentSet, MetadataConverter } = sourceDeployRetrieve;
const API_VERSION = '65.0';

export class DeployError extends DemoProblem {}

/** Returns the number of components deployed. Throws DeployError listing every problem with file, line and reason. */
export async function deployPackage(connection: Connection, sourceFolders: string[]): Promise<number> {
    const components = ComponentSet.fromSource(sourceFolders);
    components.apiVersion = API_VERSION;
    components.sourceApiVersion = API_VERSION;
    const { zipBuffer } = await new MetadataConverter().convert(components, 'metadata', { type: 'zip' });
    const result = await connection.metadata
        .deploy(
            zipBuffer!.toString('base64') as never,
            { rollbackOnError: true, singlePackage: true } as never
        )
        .complete(true);
    if (!result.success) throw new DeployError(describeFailures(result));
    return result.numberComponentsDeployed;
}

function describeFailures(result: object): string {
    const { details, errorMessage } = result as {
        details?: { componentFailures?: object | object[] };
        errorMessage?: string;
    };
    const failures = details?.componentFailures ?? [];
    const lines = (Array.isArray(failures) ? failures : [failures]).map((failure) => {
        const { fileName, lineNumber, fullName, problem } = failure as Record<string, string>;
        return `  ${fileName}:${lineNumber ?? '?'} ${fullName}: ${problem}`;
    });
    return `The package was not deployed.\n${lines.join('\n') || errorMessage}`;
}
