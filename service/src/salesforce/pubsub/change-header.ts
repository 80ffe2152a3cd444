// The header of a change event: which object, what happened, when. The fields of the record that follow it in the event are skipped,
// not read: names and amounts of customers do not even become values here.
import type { Type } from 'avsc';

export interface ChangeHeader {
    entityName: string;
    /** CREATE, UPDATE, DELETE, UNDELETE, or GAP_ and one of them: something happened that could not be told in full. */
    changeType: string;
    commitTimestamp: number;
}

export type ReadHeader = (payload: Buffer) => ChangeHeader;

const WANTED = ['entityName', 'changeType', 'commitTimestamp'];

interface SchemaField {
    name: string;
    type: { name?: string; fields?: SchemaField[] };
}

/** Throws when the text is no schema of change events. */
export async function headerReader(schemaJson: string): Promise<ReadHeader> {
    const { default: avro } = await import('avsc');
    const schema = JSON.parse(schemaJson) as { fields: SchemaField[] };
    const header = schema.fields.find(({ name }) => name === 'ChangeEventHeader');
    const wanted = header?.type.fields?.filter(({ name }) => WANTED.includes(name));
    if (!header || wanted?.length !== WANTED.length) throw new Error('The schema has no header of changes.');
    const reduced = { ...schema, fields: [{ ...header, type: { ...header.type, fields: wanted } }] };
    const written: Type = avro.Type.forSchema(schema as never);
    const read: Type = avro.Type.forSchema(reduced as never);
    const resolver = read.createResolver(written);
    return (payload) => {
        const event = read.fromBuffer(payload, resolver) as { ChangeEventHeader: ChangeHeader };
        return event.ChangeEventHeader;
    };
}
