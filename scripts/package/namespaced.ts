// The package as an org sees it that installed it: the names of its objects, fields and relationships begin with the namespace. A rehearsal,
// not the packaging of Salesforce: Apex classes, Lightning components and labels keep their names, which the platform resolves by itself.
import type { PackageFiles } from './package-zip.ts';

/** `DealHealth__c`, `Rep__r`, `DealHealth__Share`: a name of ours wherever it stands, but not one that has a namespace. */
const OWN_NAME =
    /(?<![A-Za-z0-9_])([A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*)__(c|r|mdt|e|Share|History|Feed)(?![A-Za-z0-9_])/g;
/** Custom metadata records name their type without its suffix, in file names and in package.xml. */
const RECORD_FILE = /^customMetadata\/([A-Za-z]\w*)\./;
const TEXT =
    /\.(xml|object|permissionset|layout|tab|app|flexipage|md|cls|trigger|js|html|labels|customPermission)$/;

export function withNamespace(files: PackageFiles, namespace: string): PackageFiles {
    const types = metadataTypes(files);
    return new Map(
        [...files].map(([path, bytes]) => [
            renamedPath(path, namespace),
            TEXT.test(path) ? renamed(path, bytes, namespace, types) : bytes
        ])
    );
}

function renamed(path: string, bytes: Uint8Array, namespace: string, types: readonly string[]): Uint8Array {
    const text = qualified(Buffer.from(bytes).toString('utf8'), namespace);
    return Buffer.from(path === 'package.xml' ? recordsQualified(text, namespace, types) : text);
}

const qualified = (text: string, namespace: string): string => text.replace(OWN_NAME, `${namespace}__$1__$2`);

function renamedPath(path: string, namespace: string): string {
    return qualified(path, namespace).replace(RECORD_FILE, `customMetadata/${namespace}__$1.`);
}

/** `PipelineFlagRule` of `customMetadata/PipelineFlagRule.R1_Default.md`. */
function metadataTypes(files: PackageFiles): string[] {
    return [...new Set([...files.keys()].flatMap((path) => RECORD_FILE.exec(path)?.[1] ?? []))];
}

function recordsQualified(manifest: string, namespace: string, types: readonly string[]): string {
    return types.reduce(
        (text, type) => text.replaceAll(`<members>${type}.`, `<members>${namespace}__${type}.`),
        manifest
    );
}
