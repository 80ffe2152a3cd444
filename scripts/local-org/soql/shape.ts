// From SQL rows to records as REST returns them: attributes, fields in the order of the SELECT, parents nested, children
// as query results of their own. Values change from how they are stored to how they are shown here, nowhere else.
import type { QueriedRecord } from '../org.ts';
import type { FieldType } from '../schema/types.ts';

export const API_VERSION = 'v65.0';

export type Cell = string | number | null;

export type Slot =
    | { kind: 'value'; key: string; column: number; show: (cell: Cell) => unknown }
    | { kind: 'parent'; key: string; shape: RecordShape }
    /** TYPEOF: whichever of the rows there is. */
    | { kind: 'oneOf'; key: string; shapes: RecordShape[] }
    | { kind: 'children'; key: string; rows: (parentId: string) => QueriedRecord[] };

export interface RecordShape {
    /** Object name, or `Name` for a parent that may be of several objects. */
    type: string;
    idColumn: number;
    slots: Slot[];
}

/** `objectOf` names the object of an id, for parents of several objects. */
export function toRecord(shape: RecordShape, row: Cell[], objectOf: (id: string) => string): QueriedRecord {
    const id = row[shape.idColumn] as string;
    const object = shape.type === 'Name' ? objectOf(id) : shape.type;
    const attributes = { type: shape.type, url: `/services/data/${API_VERSION}/sobjects/${object}/${id}` };
    const record: QueriedRecord = { attributes };
    for (const slot of shape.slots) record[slot.key] = slotValue(slot, row, id, objectOf);
    return record;
}

function slotValue(slot: Slot, row: Cell[], id: string, objectOf: (id: string) => string): unknown {
    switch (slot.kind) {
        case 'value':
            return slot.show(row[slot.column]);
        case 'parent':
            return row[slot.shape.idColumn] === null ? null : toRecord(slot.shape, row, objectOf);
        case 'oneOf': {
            const shape = slot.shapes.find((one) => row[one.idColumn] !== null);
            return shape ? toRecord(shape, row, objectOf) : null;
        }
        case 'children': {
            const records = slot.rows(id);
            return records.length ? { totalSize: records.length, done: true, records } : null;
        }
    }
}

/** How a stored value of this type is shown. */
export function display(type: FieldType): (cell: Cell) => unknown {
    if (type === 'boolean') return (cell) => cell === 1;
    if (type === 'anyType' || type === 'address')
        return (cell) => (cell === null ? null : JSON.parse(String(cell)));
    if (type === 'datetime') return (cell) => (cell === null ? null : String(cell).replace(/Z$/, '+0000'));
    return (cell) => cell;
}

/** Sums carry the rounding noise of binary fractions; they are shown with the digits of their field. */
export function displayRounded(scale: number): (cell: Cell) => unknown {
    return (cell) => (typeof cell === 'number' ? Number(cell.toFixed(Math.min(scale, 20))) : cell);
}
