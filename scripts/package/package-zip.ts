// The package as the zip that a deploy or a package version is made of, from source and without an org.
import sourceDeployRetrieve from '@salesforce/source-deploy-retrieve';
import { unzipSync, zipSync } from 'fflate';
import { API_VERSION } from '../../service/src/salesforce/connect.ts';

const { ComponentSet, MetadataConverter } = sourceDeployRetrieve;

/** Files by their path inside the zip. */
export type PackageFiles = Map<string, Uint8Array>;

export async function packageFiles(folders: string | string[]): Promise<PackageFiles> {
    const components = ComponentSet.fromSource([folders].flat());
    components.apiVersion = API_VERSION;
    components.sourceApiVersion = API_VERSION;
    const { zipBuffer } = await new MetadataConverter().convert(components, 'metadata', { type: 'zip' });
    return new Map(Object.entries(unzipSync(zipBuffer!)).filter(([path]) => !path.endsWith('/')));
}

/** The same files give the same bytes: no clock in them. */
export function zipOf(files: PackageFiles): Buffer {
    const inOrder = [...files].sort(([one], [other]) => (one < other ? -1 : 1));
    return Buffer.from(zipSync(Object.fromEntries(inOrder), { mtime: new Date('2026-01-01T00:00:00Z') }));
}
