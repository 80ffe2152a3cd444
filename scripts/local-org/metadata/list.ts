// What listMetadata answers: one FileProperties a component of the org, standard objects included.
import { notSupported } from '../org.ts';
import type { LocalOrg } from '../local-org.ts';
import { componentType, parentTypeOf } from './component-types.ts';
import type { ComponentRow } from './store.ts';

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
    const deployed = org.metadata.rows(typeName).map((row) => fileProperties(org, typeName, row));
    if (typeName !== 'CustomObject') return deployed;
    const known = new Set(deployed.map(({ fullName }) => fullName));
    const standard = org.schema
        .objects()
        .filter(
            ({ custom, setupObject, readFrom, name }) =>
                !custom && !setupObject && !readFrom && !known.has(name)
        )
        .map(({ name }) => standardObject(org, name, userName(org, org.adminUserId)));
    return [...deployed, ...standard];
}

/** What the Metadata API tells about one deployed component. */
export function fileProperties(org: LocalOrg, typeName: string, row: ComponentRow): FileProperties {
    return {
        createdById: row.createdById,
        createdByName: userName(org, row.createdById),
        createdDate: row.createdDate,
        fileName: fileOf(typeName, row.fullName),
        fullName: row.fullName,
        id: row.id,
        lastModifiedById: row.lastModifiedById,
        lastModifiedByName: userName(org, row.lastModifiedById),
        lastModifiedDate: row.lastModified,
        manageableState: 'unmanaged',
        type: typeName
    };
}

function userName(org: LocalOrg, userId: string): string {
    const name = org.db.prepare('SELECT "Name" FROM "User" WHERE "Id" = ?').pluck().get(userId);
    return (name as string | undefined) ?? '';
}

function fileOf(typeName: string, fullName: string): string {
    const type = componentType(typeName);
    const owner = type ?? parentTypeOf(typeName);
    const name = type ? fullName : owner?.name === 'CustomLabels' ? owner.name : fullName.split('.')[0];
    return `${owner?.folder}/${name}${owner?.suffix ? `.${owner.suffix}` : ''}`;
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
