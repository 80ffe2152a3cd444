// What the standard parts of a record page share: read the record's fields, and read them again when the record was
// changed on this page or a refresh was asked for.
import { LightningElement } from 'lwc';
import { registerRefreshHandler, unregisterRefreshHandler } from 'lightning/refresh';
import { onRecordChange } from 'lightning/uiRecordApi';
import type { UiRecord } from '../../shims/ui-record-api.ts';
import { fieldViews, readFields, type FieldView } from '../../platform/field-views.ts';
import { messageOf } from '../../platform/page.ts';
import { objectInfo, type ObjectInfo } from '../../platform/records.ts';

export default abstract class RecordPart extends LightningElement {
    abstract recordId: string;
    abstract objectApiName: string;
    info: ObjectInfo | null = null;
    record: UiRecord | null = null;
    problem = '';
    private refreshId = 0;
    private stopWatching: () => void = () => {};

    protected abstract fieldNames(): string[];

    connectedCallback(): void {
        this.refreshId = registerRefreshHandler(this, () => this.load());
        this.stopWatching = onRecordChange(this.recordId, () => void this.load());
        void this.load();
    }

    disconnectedCallback(): void {
        unregisterRefreshHandler(this.refreshId);
        this.stopWatching();
    }

    protected views(names: string[]): FieldView[] {
        return fieldViews(this.info!, this.record!, names);
    }

    private async load(): Promise<void> {
        try {
            this.info ??= await objectInfo(this.objectApiName);
            this.record = await readFields(this.objectApiName, this.recordId, this.fieldNames());
        } catch (error) {
            this.problem = messageOf(error);
        }
    }
}
