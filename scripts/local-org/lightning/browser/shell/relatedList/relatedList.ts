// One related list: the newest few child records by name.
import { api, LightningElement } from 'lwc';
import { dayText } from '../../platform/days.ts';
import { iconOf } from '../../platform/icons.ts';
import { messageOf } from '../../platform/page.ts';
import { objectInfo, query, recordUrl, type ObjectInfo, type Row } from '../../platform/records.ts';

const SHOWN = 6;

interface ShownRow {
    id: string;
    url: string;
    name: string;
    detail: string;
}

export default class RelatedList extends LightningElement {
    @api recordId!: string;
    @api childObject!: string;
    @api fieldName!: string;
    @api label!: string;
    rows: ShownRow[] = [];
    hasMore = false;
    problem = '';

    async connectedCallback(): Promise<void> {
        try {
            const info = await objectInfo(this.childObject);
            const name = info.nameFields[0] ?? detailField(info, '') ?? 'Id';
            const detail = detailField(info, name) ?? 'CreatedDate';
            const columns = [...new Set(['Id', name, detail, 'CreatedDate'])].join(', ');
            const found = await query(
                `SELECT ${columns} FROM ${this.childObject} WHERE ${this.fieldName} = '${this.recordId}' ` +
                    `ORDER BY CreatedDate DESC LIMIT ${SHOWN + 1}`
            );
            this.hasMore = found.length > SHOWN;
            this.rows = found.slice(0, SHOWN).map((row) => this.shownRow(row, name, detail));
        } catch (error) {
            this.problem = messageOf(error);
        }
    }

    get iconName(): string {
        return iconOf(this.childObject);
    }

    get heading(): string {
        return `${this.label} (${this.rows.length}${this.hasMore ? '+' : ''})`;
    }

    private shownRow(row: Row, name: string, detail: string): ShownRow {
        return {
            id: row['Id'],
            url: recordUrl(this.childObject, row['Id']),
            name: String(row[name] ?? row['Id']),
            detail: shortText(row[detail])
        };
    }
}

/** A column that says something, other than `taken`. */
function detailField(info: ObjectInfo, taken: string): string | undefined {
    const wanted = [
        'Band__c',
        'RuleKey__c',
        'Status__c',
        'Status',
        'StageName',
        'Role',
        'TeamMemberRole',
        'ActivityDate'
    ];
    return wanted.find((name) => info.fields[name] && name !== taken);
}

/** Dates without their time; anything else as it is. */
function shortText(value: unknown): string {
    const text = String(value ?? '');
    return /^\d{4}-\d{2}-\d{2}(T|$)/.test(text) ? dayText(text.slice(0, 10)) : text;
}
