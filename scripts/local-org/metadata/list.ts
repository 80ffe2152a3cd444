// What listMetadata answers: one FileProperties a component of the org, standard objects included.
import { notSupported } from '../org.ts';
import type { LocalOrg } from '../local-org.ts';
import { componentType, parentTypeOf } from './component-types.ts';

export interface FileProperties {
    createdById: string;
    createdByName: string;
    createdDate: string;
    fileName: string;
    fullName: string;
    id: string;
    lastModifiedById: string;
    lastModifiedByName: string;
    lastModifiedDate: string;
    manageableState: 'unmanaged';
    type: string;
}

export function listComponents(org: LocalOrg, typeName: string): FileProperties[] {
    const type = componentType(typeName);
    const parent = parentTypeOf(typeName);
    if (!type && !parent) throw notSupported(`metadata type ${typeName}`);
    const nameOf = (userId: string): string =>
        (org.db.prepare('SELECT "Name" FROM "User" WHERE "Id" = ?').pluck().get(userId) as
            string | undefined) ?? '';
    const fileOf = (fullName: string): string => {
        const owner = type ?? parent;
        const name = type ? fullName : fullName.split('.')[0];
        return `${owner?.folder}/${name}${owner?.suffix ? `.${owner.suffix}` : ''}`;
    };
    const deployed = org.metadata.rows(typeName).map((row): FileProperties => ({
        createdById: row.createdById,
        createdByName: nameOf(row.createdById),
        createdDate: row.createdDate,
        fileName: fileOf(row.fullName),
        fullName: row.fullName,
        id: row.id,
        lastModifiedById: row.lastModifiedById,
        lastModifiedByName: nameOf(row.lastModifiedById),
        lastModifiedDate: row.lastModified,
        manageableState: 'unmanaged',
        type: typeName
    }));
    if (typeName !== 'CustomObject') return deployed;
    const known = new Set(deployed.map(({ fullName }) => fullName));
    const standard = org.schema
        .objects()
        .filter(({ custom, setupObject, name }) => !custom && !setupObject && !known.has(name))
        .map(({ name }) => standardObject(org, name, nameOf(org.adminUserId)));
    return [...deployed, ...standard];
}

function standardObject(org: LocalOrg, name: string, adminName: string): FileProperties {
    return {
        createdById: org.adminUserId,
        createdByName: adminName,
        createdDate: '1970-01-01T00:00:00.000Z',
        fileName: `objects/${name}.object`,
        fullName: name,
        id: '',
        lastModifiedById: org.adminUserId,
        lastModifiedByName: adminName,
        lastModifiedDate: '1970-01-01T00:00:00.000Z',
        manageableState: 'unmanaged',
        type: 'CustomObject'
    };
}
