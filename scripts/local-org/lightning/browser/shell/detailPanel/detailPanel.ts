// Every field of the layout, in two columns.
import { api } from 'lwc';
import { layoutOf } from '../../platform/layouts.ts';
import RecordPart from 'shell/recordPart';
import type { FieldView } from '../../platform/field-views.ts';

export default class DetailPanel extends RecordPart {
    @api override recordId!: string;
    @api override objectApiName!: string;

    protected override fieldNames(): string[] {
        return layoutOf(this.info!).details.flat();
    }

    get columns(): { key: string; fields: FieldView[] }[] {
        if (!this.info || !this.record) return [];
        const [left, right] = layoutOf(this.info).details;
        return [
            { key: 'left', fields: this.views(left) },
            { key: 'right', fields: this.views(right) }
        ];
    }
}
