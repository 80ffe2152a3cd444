// What a running trigger sees: its records, what is being done with them, and the errors it holds against them.
import type { SaveError } from '../org.ts';
import type { TriggerOperation } from '../records/triggers.ts';
import { apexError } from './errors.ts';
import type { Transaction } from './transaction.ts';
import type { ApexList, ApexMap, ApexSObject } from './values.ts';

export interface TriggerContext {
    timing: 'before' | 'after';
    operation: TriggerOperation;
    /** null where the event has none, as on the platform */
    newList: ApexList | null;
    oldList: ApexList | null;
    newMap: ApexMap | null;
    oldMap: ApexMap | null;
    size: number;
    errors: Map<ApexSObject, SaveError[]>;
}

/** `record.addError(...)`: only records of a trigger under way take errors. */
export function addError(tx: Transaction, record: ApexSObject, message: string, fields: string[]): void {
    const holder = tx.triggers.findLast((one) => one.errors.has(record));
    if (!holder) throw apexError('FinalException', 'SObject row does not allow errors');
    holder.errors.get(record)!.push({ statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message, fields });
}
