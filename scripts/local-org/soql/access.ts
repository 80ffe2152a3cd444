// What a call checks: permissions of objects and fields, and sharing of rows. Rows themselves are decided in sharing.ts.
import type { CallContext, UserContext } from '../org.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import type { Query } from './ast.ts';

export interface Access {
    user: UserContext;
    /** Object and field permissions apply. */
    checksPermissions: boolean;
    /** Only rows the user may see. */
    checksSharing: boolean;
}

/** The WITH clause can only narrow what the caller's mode allows. */
export function accessOf(ctx: CallContext, clause: Query['access'] = null): Access {
    const asUser = ctx.mode === 'user' || clause === 'USER_MODE';
    return {
        user: ctx.user,
        checksPermissions: asUser || clause === 'SECURITY_ENFORCED',
        checksSharing: asUser || ctx.mode === 'sharing'
    };
}

export function mayReadObject(access: Access, object: ObjectDef): boolean {
    if (!access.checksPermissions || object.setupObject || object.customMetadata) return true;
    const { permissions } = access.user;
    if (permissions.viewAllData || permissions.modifyAllData) return true;
    return permissions.objectAccess(object.permissionParent ?? object.name).read;
}

export function mayReadField(access: Access, object: ObjectDef, field: FieldDef): boolean {
    if (!access.checksPermissions || !field.permissionable) return true;
    return access.user.permissions.fieldAccess(object.name, field.name).read;
}
