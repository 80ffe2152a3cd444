// `lightning/uiRecordApi` over the local org's UI API. Saves and notifications make every wire on that record ask again.
import { dataRoot, requestJson } from '../platform/page.ts';
import { DataWire } from '../platform/wire.ts';

type FieldId = string | { fieldApiName: string; objectApiName: string };

interface RecordConfig {
    recordId: string | undefined;
    fields?: FieldId | FieldId[];
    optionalFields?: FieldId | FieldId[];
    layoutTypes?: unknown;
}

export interface FieldValue {
    value: unknown;
    displayValue: string | null;
}

export interface UiRecord {
    apiName: string;
    id: string;
    fields: Record<string, FieldValue>;
}

interface RecordInput {
    apiName?: string;
    fields: Record<string, unknown>;
}

const live = new Set<getRecord>();

export class getRecord extends DataWire<RecordConfig, UiRecord> {
    get recordId(): string | undefined {
        return this.config?.recordId;
    }

    override connect(): void {
        live.add(this);
    }

    override disconnect(): void {
        live.delete(this);
        super.disconnect();
    }

    protected isComplete(config: RecordConfig): boolean {
        return (
            Boolean(config.recordId) &&
            [config.fields, config.optionalFields, config.layoutTypes].some(Boolean)
        );
    }

    protected fetch(config: RecordConfig): Promise<UiRecord> {
        if (config.layoutTypes) {
            return Promise.reject(new Error('The local org does not support getRecord with layoutTypes.'));
        }
        return fetchRecord(config.recordId!, names(config.fields), names(config.optionalFields));
    }
}

export async function fetchRecord(
    id: string,
    fields: string[],
    optionalFields: string[] = []
): Promise<UiRecord> {
    const query = new URLSearchParams();
    if (fields.length) query.set('fields', fields.join(','));
    if (optionalFields.length) query.set('optionalFields', optionalFields.join(','));
    return (await requestJson('GET', `${dataRoot}/ui-api/records/${id}?${query}`)) as UiRecord;
}

function names(fields: FieldId | FieldId[] | undefined): string[] {
    if (fields === undefined) return [];
    return (Array.isArray(fields) ? fields : [fields]).map(nameOf);
}

function nameOf(field: FieldId): string {
    return typeof field === 'string' ? field : `${field.objectApiName}.${field.fieldApiName}`;
}

export function getFieldValue(record: UiRecord | undefined, field: FieldId): unknown {
    return fieldOf(record, field)?.value;
}

export function getFieldDisplayValue(
    record: UiRecord | undefined,
    field: FieldId
): string | null | undefined {
    return fieldOf(record, field)?.displayValue;
}

/** Walks `Opportunity.Account.Name`: a parent's value is itself a record. */
function fieldOf(record: UiRecord | undefined, field: FieldId): FieldValue | undefined {
    const [, ...path] = nameOf(field).split('.');
    let holder: UiRecord | undefined = record;
    let found: FieldValue | undefined;
    for (const name of path) {
        found = holder?.fields?.[name];
        holder = found?.value as UiRecord | undefined;
    }
    return found;
}

export async function notifyRecordUpdateAvailable(records: { recordId: string }[]): Promise<void> {
    const changed = new Set(records.map(({ recordId }) => recordId.slice(0, 15)));
    for (const watcher of watchers) if (changed.has(watcher.id)) watcher.changed();
    await Promise.all(
        [...live]
            .filter(({ recordId }) => changed.has(recordId?.slice(0, 15) ?? ''))
            .map((wire) => wire.run())
    );
}

/** The older name, still used. */
export const getRecordNotifyChange = notifyRecordUpdateAvailable;

export async function createRecord(input: RecordInput): Promise<UiRecord> {
    return (await requestJson('POST', `${dataRoot}/ui-api/records`, input)) as UiRecord;
}

export async function updateRecord({ fields }: RecordInput): Promise<UiRecord> {
    const { Id, ...values } = fields as { Id: string };
    const record = (await requestJson('PATCH', `${dataRoot}/ui-api/records/${Id}`, {
        fields: values
    })) as UiRecord;
    await notifyRecordUpdateAvailable([{ recordId: Id }]);
    return record;
}

export async function deleteRecord(recordId: string): Promise<void> {
    await requestJson('DELETE', `${dataRoot}/ui-api/records/${recordId}`);
}

const watchers = new Set<{ id: string; changed: () => void }>();

/** For the shell's own parts of a record page, which are not wired. */
export function onRecordChange(recordId: string, changed: () => void): () => void {
    const watcher = { id: recordId.slice(0, 15), changed };
    watchers.add(watcher);
    return () => watchers.delete(watcher);
}
