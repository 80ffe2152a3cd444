// destructiveChanges.xml and its two brothers: which components a deploy takes away, and whether that comes before what it adds.
// Owns reading them; taking away is remove-components.ts.
import { componentType, parentTypeOf } from './component-types.ts';
import { parseMetadataXml } from './metadata-xml.ts';
import { UnreadablePackage } from './problems.ts';

export interface Removal {
    type: string;
    fullName: string;
    /** the file that names it */
    fileName: string;
    isAfterAdding: boolean;
}

const FILE = /^destructiveChanges(Pre|Post)?\.xml$/;

export function readRemovals(files: ReadonlyMap<string, Buffer>): Removal[] {
    return [...files].flatMap(([fileName, body]) => {
        const found = FILE.exec(fileName);
        return found ? removalsIn(fileName, body, found[1] === 'Post') : [];
    });
}

function removalsIn(fileName: string, body: Buffer, isAfterAdding: boolean): Removal[] {
    const { content, problems } = parseMetadataXml('Package', body.toString('utf8'));
    if (problems.length) throw new UnreadablePackage(`${fileName}: ${problems[0]!.problem}`);
    const types = (content['types'] ?? []) as { name: string; members?: string[] }[];
    return types.flatMap(({ name: type, members = [] }) => {
        if (!componentType(type) && !parentTypeOf(type)) {
            const message = `The local org does not support deleting metadata of type ${type} (${fileName}).`;
            throw new UnreadablePackage(message, 'LOCAL_ORG_NOT_SUPPORTED');
        }
        if (members.includes('*'))
            throw new UnreadablePackage(
                `${fileName}: a wildcard cannot be used in a list of what is deleted`
            );
        return members.map((fullName) => ({ type, fullName, fileName, isAfterAdding }));
    });
}
