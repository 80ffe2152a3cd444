// Lookups and owners: the record named must exist, be of the right kind and be open to the caller; an owner must be an
// active user who can read the object. Users met once in a call are not loaded again.
import type { CallContext } from '../org.ts';
import { prepared } from '../prepared.ts';
import type { RecordParts } from '../records.ts';
import { quote } from '../schema/tables.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import type { Values } from './input.ts';
import { unseenRow } from './row-access.ts';
import { rowError } from './row-error.ts';

type Verdict = 'good' | 'inactive' | 'cannotRead';

export function createReferenceChecks(parts: RecordParts, ctx: CallContext, object: ObjectDef) {
    const owners = new Map<string, Verdict>();
    const fields = object.fields.filter(
        (field) =>
            field.type === 'reference' && field.name !== 'CreatedById' && field.name !== 'LastModifiedById'
    );

    const checkTarget = (field: FieldDef, id: string): void => {
        const target = parts.schema.objectByKeyPrefix(id.slice(0, 3));
        if (!target || !field.referenceTo.includes(target.name)) {
            const message = `${field.label}: id value of incorrect type: ${id}`;
            throw rowError('FIELD_INTEGRITY_EXCEPTION', message, [field.name]);
        }
        const sql = `SELECT "IsDeleted" AS deleted FROM ${quote(target.name)} WHERE "Id" = ?`;
        const row = prepared(parts.db, sql).get(id) as { deleted: number } | undefined;
        const isOpen =
            ctx.mode === 'system' ||
            target.setupObject ||
            parts.sharing.canReadRow(ctx, target.name, id, { evenDeleted: true });
        if (!row || !isOpen) throw unseenRow(parts.sharing, ctx, target, id, [field.name]);
        if (row.deleted) throw rowError('ENTITY_IS_DELETED', 'entity is deleted', [field.name]);
    };

    const verdictOn = (ownerId: string): Verdict => {
        let verdict = owners.get(ownerId);
        if (!verdict) {
            const owner = parts.users.context(ownerId);
            const canRead = owner.permissions.objectAccess(object.name).read;
            verdict = !owner.isActive ? 'inactive' : canRead ? 'good' : 'cannotRead';
            owners.set(ownerId, verdict);
        }
        return verdict;
    };

    const checkOwner = (ownerId: string): void => {
        const verdict = verdictOn(ownerId);
        if (verdict === 'inactive') {
            const message = `operation performed with inactive user [${ownerId}] as owner of ${object.label.toLowerCase()}`;
            throw rowError('INACTIVE_OWNER_OR_USER', message, ['OwnerId']);
        }
        if (verdict === 'cannotRead') {
            throw rowError('TRANSFER_REQUIRES_READ', 'The new owner must have read permission', ['OwnerId']);
        }
    };

    return {
        check(changed: Values): void {
            for (const field of fields) {
                const id = changed[field.name];
                if (typeof id !== 'string') continue;
                checkTarget(field, id);
                if (field.name === 'OwnerId') checkOwner(id);
            }
        }
    };
}
