// Field history tracking: one OpportunityFieldHistory row for each tracked field that a save changed, and one when the
// deal was made. What is tracked comes from deployed metadata (enableHistory, trackHistory). A changed lookup writes two
// rows, its names and its ids.
import type { CallContext } from '../org.ts';
import type { RecordParts } from '../records.ts';
import { quote } from '../schema/tables.ts';
import type { FieldDef, FieldType, ObjectDef } from '../schema/types.ts';
import type { Values } from './input.ts';
import type { Stored } from './values.ts';

const DATA_TYPES: Partial<Record<FieldType, string>> = {
    boolean: 'Boolean',
    currency: 'Currency',
    date: 'DateOnly',
    datetime: 'DateTime',
    double: 'Double',
    email: 'Email',
    int: 'Double',
    multipicklist: 'MultiEnum',
    percent: 'Percent',
    phone: 'Phone',
    picklist: 'DynamicEnum',
    url: 'Url'
};
const LONGEST = 255;

interface Entry {
    field: string;
    dataType: string;
    before: Stored;
    after: Stored;
}

export function createFieldHistory({ db, ids, schema }: Pick<RecordParts, 'db' | 'ids' | 'schema'>) {
    const nameOf = (id: Stored): Stored => {
        const object = typeof id === 'string' ? schema.objectByKeyPrefix(id.slice(0, 3)) : undefined;
        const name = object?.fields.find((field) => field.nameField)?.name;
        if (!object || !name) return null;
        return db
            .prepare(`SELECT ${quote(name)} FROM ${quote(object.name)} WHERE "Id" = ?`)
            .pluck()
            .get(id) as Stored;
    };

    const entriesOf = (field: FieldDef, before: Stored, after: Stored): Entry[] => {
        const name = field.custom ? field.name : (field.relationshipName ?? field.name);
        if (field.type === 'reference') {
            const names = { before: nameOf(before), after: nameOf(after) };
            return [
                { field: name, dataType: 'Text', ...names },
                { field: name, dataType: 'EntityId', before, after }
            ];
        }
        // Of long text only the change is known, not the words.
        if (field.type === 'textarea' && field.length > LONGEST)
            return [{ field: name, dataType: 'StringPlusClob', before: null, after: null }];
        return [{ field: name, dataType: DATA_TYPES[field.type] ?? 'Text', before, after }];
    };

    const write = (ctx: CallContext, table: string, row: Values, entry: Entry): void => {
        const now = row['SystemModstamp'];
        db.prepare(
            `INSERT INTO ${quote(table)} ("Id", "OpportunityId", "Field", "DataType", "OldValue", "NewValue", "CreatedById",
                "CreatedDate", "LastModifiedById", "LastModifiedDate", "SystemModstamp")
             VALUES (@id, @parent, @field, @dataType, @before, @after, @user, @now, @user, @now, @now)`
        ).run({
            id: ids.newId('017'),
            parent: row['Id'],
            field: entry.field,
            dataType: entry.dataType,
            before: textOf(entry.dataType, entry.before),
            after: textOf(entry.dataType, entry.after),
            user: ctx.user.userId,
            now
        });
    };

    return {
        write(ctx: CallContext, object: ObjectDef, before: Values | null, after: Values): void {
            const table = `${object.name}FieldHistory`;
            if (!object.history?.enabled || !schema.object(table)) return;
            if (!before) {
                write(ctx, table, after, { field: 'created', dataType: 'Text', before: null, after: null });
                return;
            }
            for (const name of object.history.fields) {
                const field = schema.field(object.name, name);
                const [was, is] = [before[name] ?? null, after[name] ?? null];
                if (!field || was === is) continue;
                for (const entry of entriesOf(field, was, is)) write(ctx, table, after, entry);
            }
        }
    };
}

/** As stored in a history row, whose columns are text; soql/functions.ts gives the value its type back. */
function textOf(dataType: string, value: Stored): string | null {
    if (value === null) return null;
    if (dataType === 'Boolean') return value ? 'true' : 'false';
    return String(value).slice(0, LONGEST);
}
