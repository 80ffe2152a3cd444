// May this caller insert or change this row at all? Object permissions in user mode, row access in user and sharing mode.
// Also what a refusal may give away: a row that is hidden, one that is deleted out of sight and one that never was are
// refused with the same words.
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
    if (!object.updateable) {
        throw rowError(
            'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
            `entity type cannot be updated: ${object.label}`
        );
    }
    if (ctx.mode === 'user' && !ctx.user.permissions.objectAccess(object.name).edit) throw noRowAccess();
    const isLive = before !== undefined && before['IsDeleted'] !== 1;
    if (isLive && (ctx.mode === 'system' || sharing.canEditRow(ctx, object.name, id))) return;
    checkIsSeen(sharing, ctx, object, id);
    throw isLive ? noRowAccess() : rowError('ENTITY_IS_DELETED', 'entity is deleted');
}

/** Passes for rows the caller sees, be they in the recycle bin. */
export function checkIsSeen(sharing: Sharing, ctx: CallContext, object: ObjectDef, id: string): void {
    if (!sharing.canReadRow(ctx, object.name, id, { evenDeleted: true }))
        throw unseenRow(sharing, ctx, object, id);
}

/** For a row the caller does not see. Only who sees all rows is told that there is none. */
export function unseenRow(
    sharing: Sharing,
    ctx: CallContext,
    object: ObjectDef,
    id: string,
    fields: string[] = []
): RowError {
    if (sharing.seesAllRows(ctx, object.name))
        return rowError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', fields);
    const message = `insufficient access rights on cross-reference id: ${id}`;
    return rowError('INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', message, fields);
}

export function noRowAccess(): RowError {
    return rowError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
}
