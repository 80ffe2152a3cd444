// What the saving of rows asks of triggers. Which triggers there are and what they do is Apex's business (apex/triggers.ts);
// when they run and what their errors do to the rows is in triggered-save.ts.
import type { CallContext, InputRow, SaveError } from '../org.ts';
import type { Values } from './input.ts';

export type TriggerOperation = 'insert' | 'update' | 'delete' | 'undelete';

/** One row on its way past the triggers; the same object before and after the save. */
export interface TriggerRow {
    /** null until an inserted row has been saved */
    id: string | null;
    /** Values as they would be saved; null where the row is deleted or brought back. */
    values: Values | null;
    /** Fields that before triggers set. */
    set: InputRow;
    /** What triggers hold against the row (`addError`, or an exception that left one). */
    errors: SaveError[];
}

/** The triggers around the saving of one chunk of rows. */
export interface TriggerChunk {
    before(operation: TriggerOperation, rows: TriggerRow[]): void;
    after(operation: TriggerOperation, rows: TriggerRow[]): void;
    /** The chunk is saved again without its bad rows: limits are as they were before. */
    again(): void;
}

export interface Triggers {
    /** Undefined when the object has no triggers; otherwise what opens a chunk of one call. */
    of(ctx: CallContext, objectName: string): (() => TriggerChunk) | undefined;
}
