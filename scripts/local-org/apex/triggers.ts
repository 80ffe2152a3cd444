// Runs the deployed triggers around a save: makes their records, joins the Apex that saves or starts a transaction of its
// own, takes what they set and what they hold against rows, and turns their exceptions into errors of the rows.
import type { CallContext, InputRow } from '../org.ts';
import type { TriggerChunk, TriggerOperation, TriggerRow, Triggers } from '../records/triggers.ts';
import type { ObjectDef } from '../schema/types.ts';
import { ApexCompileError, ApexFatal, ApexThrown, apexError } from './errors.ts';
import { Journal } from './journal.ts';
import type { TriggerInfo } from './model.ts';
import type { Program } from './program.ts';
import { callerOf } from './running.ts';
import { fieldValue, newRecord, recordFrom, toStored } from './sobjects.ts';
import type { TriggerContext } from './trigger-context.ts';
import { inFrame, Transaction } from './transaction.ts';
import { ID } from './types.ts';
import { ApexList, ApexMap, ApexSObject, keyOf } from './values.ts';

const MAX_DEPTH = 16;

/** `deployed`: how many triggers the org has; `programFor`: its Apex, compiled with the triggers of an object. */
export function createTriggers(
    deployed: () => number,
    programFor: (objectName: string) => Program
): Triggers {
    return {
        of(ctx, objectName) {
            if (deployed() === 0) return undefined;
            const compiled = programFor(objectName);
            const triggers = compiled.triggers.filter((one) => one.objectName === objectName);
            if (triggers.length === 0) return undefined;
            // Rows without triggers are saved; the others wait until their Apex can run.
            if (compiled.problems.length > 0) throw new ApexCompileError(compiled.problems);
            // Later chunks of a call have the limits of the first, and statics of their own.
            let limits: Transaction['limits'] | undefined;
            return () => {
                const tx = callerOf(compiled.org) ?? newTransaction(compiled, ctx);
                if (limits) tx.limits = limits;
                else limits = tx.limits;
                return new Chunk(tx, compiled.org.schema.object(objectName)!, triggers);
            };
        }
    };
}

function newTransaction(program: Program, ctx: CallContext): Transaction {
    const tx = new Transaction({ program, user: ctx.user, journal: new Journal(), entrySharing: false });
    tx.uncommitted = true;
    return tx;
}

class Chunk implements TriggerChunk {
    private readonly tx: Transaction;
    private readonly object: ObjectDef;
    private readonly triggers: TriggerInfo[];
    private readonly limits: Transaction['limits'];
    /** Rows as they were, by id. */
    private old = new Map<string, ApexSObject>();

    constructor(tx: Transaction, object: ObjectDef, triggers: TriggerInfo[]) {
        this.tx = tx;
        this.object = object;
        this.triggers = triggers;
        this.limits = { ...tx.limits };
    }

    again(): void {
        Object.assign(this.tx.limits, this.limits);
        this.old.clear();
    }

    before(operation: TriggerOperation, rows: TriggerRow[]): void {
        if (operation === 'undelete') return;
        if (operation !== 'insert') this.old = this.read(rows, true);
        const records = rows.map((row) =>
            operation === 'delete' ? this.old.get(row.id!)! : this.proposed(row)
        );
        const written = records.map((record) => new Map(record.fields));
        this.fire('before', operation, rows, records);
        if (operation === 'delete') return;
        rows.forEach((row, at) => (row.set = changes(written[at], records[at])));
    }

    after(operation: TriggerOperation, rows: TriggerRow[]): void {
        const current = operation === 'delete' ? this.old : this.read(rows, true);
        this.fire(
            'after',
            operation,
            rows,
            rows.map((row) => current.get(row.id!)!)
        );
    }

    /** All fields of the rows, with what formulas make of them. */
    private read(rows: TriggerRow[], readOnly: boolean): Map<string, ApexSObject> {
        const { org } = this.tx;
        const names = this.object.fields.filter((field) => field.type !== 'address').map(({ name }) => name);
        const soql = `SELECT ${names.join(', ')} FROM ${this.object.name} WHERE Id IN :ids`;
        const ctx: CallContext = { user: this.tx.user, mode: 'system' };
        const options = { binds: { ids: rows.map((row) => row.id) }, allRows: true };
        const found = org.queries.query(ctx, soql, options).records.map((row) => {
            const record = recordFrom(org.schema, row);
            record.readOnly = readOnly;
            return record;
        });
        return new Map(found.map((record) => [record.id!, record]));
    }

    /** The row as it would be saved, for a before trigger to change. */
    private proposed(row: TriggerRow): ApexSObject {
        const record = newRecord(this.object);
        const old = row.id === null ? undefined : this.old.get(row.id);
        for (const { name, value } of old?.fields.values() ?? []) record.set(name, value);
        for (const field of this.object.fields) {
            const value = row.values?.[field.name];
            if (value !== undefined && field.formula === null)
                record.set(field.name, fieldValue(value, field));
        }
        return record;
    }

    private fire(
        timing: TriggerContext['timing'],
        operation: TriggerOperation,
        rows: TriggerRow[],
        records: ApexSObject[]
    ): void {
        const context = this.context(timing, operation, rows, records);
        for (const trigger of this.triggers) {
            if (!trigger.events.has(`${timing}${operation}`)) continue;
            const failure = this.run(trigger, context);
            if (failure === null) continue;
            for (const row of rows) row.errors.push({ ...failure, fields: [] });
            return;
        }
        rows.forEach((row, at) => row.errors.push(...context.errors.get(records[at])!));
    }

    private context(
        timing: TriggerContext['timing'],
        operation: TriggerOperation,
        rows: TriggerRow[],
        records: ApexSObject[]
    ): TriggerContext {
        const of = { kind: 'sobject', name: this.object.name } as const;
        const listOf = (some: ApexSObject[]): ApexList => new ApexList(of, some);
        const mapOf = (some: ApexSObject[]): ApexMap => {
            const map = new ApexMap(ID, of);
            for (const record of some) map.put(record.id, record);
            return map;
        };
        const hasNew = operation !== 'delete';
        const hasOld = operation === 'update' || operation === 'delete';
        const old = hasOld ? rows.map((row) => this.old.get(row.id!)!) : [];
        return {
            timing,
            operation,
            newList: hasNew ? listOf(records) : null,
            oldList: hasOld ? listOf(old) : null,
            newMap: hasNew && !(timing === 'before' && operation === 'insert') ? mapOf(records) : null,
            oldMap: hasOld ? mapOf(old) : null,
            size: rows.length,
            errors: new Map(records.map((record) => [record, []]))
        };
    }

    /** null, or why every row of the chunk fails. */
    private run(
        trigger: TriggerInfo,
        context: TriggerContext
    ): { statusCode: string; message: string } | null {
        const { tx } = this;
        const isNested = callerOf(tx.org) === tx;
        tx.triggers.push(context);
        try {
            if (tx.triggers.length > MAX_DEPTH) return failed(trigger, depthText(this.object, context));
            inFrame(tx, trigger.cls, '', null, trigger.slots, (frame) => {
                frame.line = trigger.cls.line;
                trigger.body(frame);
            });
            return null;
        } catch (error) {
            // A limit ends all the Apex there is; from another door it is an error of the rows.
            if (!(error instanceof ApexThrown) || (error instanceof ApexFatal && isNested)) throw error;
            return failed(trigger, failureText(context, error));
        } finally {
            tx.triggers.pop();
        }
    }
}

const eventName = ({ timing, operation }: TriggerContext): string =>
    [timing, operation].map((word) => word[0].toUpperCase() + word.slice(1)).join('');

function failed(trigger: TriggerInfo, why: string): { statusCode: string; message: string } {
    return { statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message: `${trigger.cls.name}: ${why}` };
}

const depthText = (object: ObjectDef, context: TriggerContext): string =>
    `maximum trigger depth exceeded\n${object.name} trigger event ${eventName(context)}`;

function failureText(context: TriggerContext, { exception }: ApexThrown): string {
    const { message, stack } = exception.error!;
    return `execution of ${eventName(context)}\n\ncaused by: ${exception.cls.fullName}: ${message ?? ''}\n\n${stack}`;
}

/** Fields that differ from what they were when the trigger began. */
function changes(before: ApexSObject['fields'], record: ApexSObject): InputRow {
    const set: InputRow = {};
    for (const [lower, { name, value }] of record.fields) {
        if (value instanceof ApexSObject || value instanceof ApexList) continue;
        if (keyOf(before.get(lower)?.value ?? null) !== keyOf(value)) set[name] = toStored(value);
    }
    if ('Id' in set) throw apexError('SObjectException', 'Field is not writeable: Id');
    return set;
}
