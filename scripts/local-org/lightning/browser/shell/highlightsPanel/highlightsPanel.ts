// The head of a record page: name and the fields that matter most.
import { api } from 'lwc';
import { layoutOf } from '../../platform/layouts.ts';
import { iconOf } from '../../platform/icons.ts';
import RecordPart from 'shell/recordPart';
import type { FieldView } from '../../platform/field-views.ts';

export default class HighlightsPanel extends RecordPart {
    @api override recordId!: string;
    @api override objectApiName!: string;

    protected override fieldNames(): string[] {
        return layoutOf(this.info!).highlights;
    }

    get iconName(): string {
        return iconOf(this.objectApiName);
    }

    get objectLabel(): string {
        return this.info?.label ?? '';
    }

    get name(): string {
        const nameField = this.info?.nameFields[0] ?? 'Id';
        return String(this.record?.fields[nameField]?.value ?? '');
    }

    get fields(): FieldView[] {
        return this.info && this.record ? this.views(layoutOf(this.info).highlights) : [];
    }
}
