// May this caller insert or change this row at all? Object permissions in user mode, row access in user and sharing mode.
import type { CallContext } from '../org.ts';
import type { ObjectDef } from '../schema/types.ts';
import type { Sharing } from '../sharing.ts';
import type { Values } from './input.ts';
import { rowError, type RowError } from './row-error.ts';

export function checkCanInsert(ctx: CallContext, object: ObjectDef): void {
    const access = ctx.user.permissions.objectAccess(object.name);
    if (object.createable && (ctx.mode !== 'user' || access.create)) return;
    throw rowError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be inserted: ${object.label}`);
}

export function checkCanUpdate(
    sharing: Sharing,
    ctx: CallContext,
    object: ObjectDef,
    id: string,
    before: Values | undefined
): void {
    if (!before) throw rowError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
    if (before['IsDeleted'] === 1) throw rowError('ENTITY_IS_DELETED', 'entity is deleted');
    if (!object.updateable) {
        throw rowError(
            'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
            `entity type cannot be updated: ${object.label}`
        );
    }
    if (ctx.mode === 'user' && !ctx.user.permissions.objectAccess(object.name).edit) throw noRowAccess();
    if (ctx.mode !== 'system' && !sharing.canEditRow(ctx, object.name, id)) throw noRowAccess();
}

export function noRowAccess(): RowError {
    return rowError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
}
