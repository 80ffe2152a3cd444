// Records by Id or key as REST returns them: asked fields, or all the user may read.
import type { LocalOrg } from '../local-org.ts';
import type { CallContext, QueriedRecord } from '../org.ts';
import type { ObjectDef } from '../schema/types.ts';
import { accessOf, mayReadField } from '../soql/access.ts';

export function readRecords(
    org: LocalOrg,
    ctx: CallContext,
    object: ObjectDef,
    key: string,
    values: string[],
    fields?: string
): QueriedRecord[] {
    const names =
        fields === undefined ? readableFields(ctx, object) : fields.split(',').map((name) => name.trim());
    const soql = `SELECT ${names.join(', ')} FROM ${object.name} WHERE ${key} IN :wanted`;
    return org.queries.query(ctx, soql, { binds: { wanted: values } }).records;
}

function readableFields(ctx: CallContext, object: ObjectDef): string[] {
    const access = accessOf(ctx);
    return object.fields.filter((field) => mayReadField(access, object, field)).map((field) => field.name);
}
