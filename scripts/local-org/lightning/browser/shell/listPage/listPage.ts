// The list of one object's records as the user may see them: all or one's own, sorted by a column.
import { api, LightningElement } from 'lwc';
import { labelOf, isLink } from '../../platform/field-views.ts';
import { iconOf } from '../../platform/icons.ts';
import { layoutOf } from '../../platform/layouts.ts';
import { messageOf } from '../../platform/page.ts';
import {
    objectInfo,
    query,
    recordUrl,
    type FieldInfo,
    type ObjectInfo,
    type Row
} from '../../platform/records.ts';
import type { ShellData } from '../../platform/shell-types.ts';

const SHOWN = 200;
/** Of the record; a field only in an org with several currencies. */
const CURRENCY = 'CurrencyIsoCode';

interface Column {
    label: string;
    fieldName: string;
    type: string;
    sortable: boolean;
    typeAttributes?: object;
}

export default class ListPage extends LightningElement {
    @api user!: ShellData['user'];
    info: ObjectInfo | null = null;
    rows: Row[] = [];
    sortedBy = '';
    sortDirection: 'asc' | 'desc' = 'asc';
    filter = 'All';
    problem = '';
    private isConnectedNow = false;
    private shownObject = '';

    @api get objectName(): string {
        return this.shownObject;
    }

    set objectName(name: string) {
        this.shownObject = name;
        if (this.isConnectedNow) void this.start();
    }

    connectedCallback(): void {
        this.isConnectedNow = true;
        void this.start();
    }

    private async start(): Promise<void> {
        this.info = null;
        this.rows = [];
        this.filter = 'All';
        try {
            this.info = await objectInfo(this.objectName);
            this.sortedBy = '';
            await this.load();
        } catch (error) {
            this.problem = messageOf(error);
        }
    }

    get fields(): FieldInfo[] {
        const { info } = this;
        return info ? layoutOf(info).list.map((name) => info.fields[name]!) : [];
    }

    get nameField(): string {
        return this.info?.nameFields[0] ?? 'Id';
    }

    get columns(): Column[] {
        return this.fields.map((field) => column(this.info!, field));
    }

    get heading(): string {
        return this.info?.labelPlural ?? '';
    }

    get allLabel(): string {
        return `All ${this.heading}`;
    }

    get myLabel(): string {
        return `My ${this.heading}`;
    }

    get filterLabel(): string {
        return this.filter === 'My' ? this.myLabel : this.allLabel;
    }

    get iconName(): string {
        return iconOf(this.objectName);
    }

    get countText(): string {
        const count = this.rows.length;
        return count === SHOWN ? `The first ${SHOWN} items` : `${count} ${count === 1 ? 'item' : 'items'}`;
    }

    handleFilter(event: CustomEvent<{ value: string }>): void {
        this.filter = event.detail.value;
        void this.load();
    }

    handleSort(event: CustomEvent<{ fieldName: string; sortDirection: 'asc' | 'desc' }>): void {
        this.sortedBy = event.detail.fieldName;
        this.sortDirection = event.detail.sortDirection;
        void this.load();
    }

    private async load(): Promise<void> {
        try {
            this.problem = '';
            const found = await query(this.soql());
            this.rows = found.map((row) => shownRow(row, this.fields, this.nameField, this.objectName));
        } catch (error) {
            this.problem = messageOf(error);
        }
    }

    private soql(): string {
        const paths = this.fields.flatMap((field) =>
            isLink(field) ? [field.apiName, `${field.relationshipName}.Name`] : [field.apiName]
        );
        const currency = this.info!.fields[CURRENCY] ? [CURRENCY] : [];
        const columns = [...new Set(['Id', this.nameField, ...currency, ...paths])].join(', ');
        const where = this.filter === 'My' ? ` WHERE OwnerId = '${this.user.id}'` : '';
        return `SELECT ${columns} FROM ${this.objectName}${where} ORDER BY ${this.order()} LIMIT ${SHOWN}`;
    }

    private order(): string {
        const name = this.sortedBy.replace(/(Url|Label)$/, '') || this.nameField;
        const field = this.info!.fields[name];
        const path = field && isLink(field) ? `${field.relationshipName}.Name` : name;
        return `${path} ${this.sortDirection.toUpperCase()} NULLS LAST`;
    }
}

/** Names and lookups are links; their label stands in a second column of the row. */
function column(info: ObjectInfo, field: FieldInfo): Column {
    const label = labelOf(info, field);
    if (field.apiName === info.nameFields[0] || isLink(field)) {
        const fieldName = `${field.apiName}Url`;
        const typeAttributes = { label: { fieldName: `${field.apiName}Label` }, target: '_self' };
        return { label, fieldName, type: 'url', sortable: true, typeAttributes };
    }
    return {
        label,
        fieldName: field.apiName,
        sortable: field.dataType !== 'TextArea',
        ...typeOf(info, field)
    };
}

function typeOf(info: ObjectInfo, { dataType }: FieldInfo): Pick<Column, 'type' | 'typeAttributes'> {
    const { timeZone, currency } = localOrgPage.i18n;
    if (dataType === 'Currency') {
        const currencyCode = info.fields[CURRENCY] ? { fieldName: CURRENCY } : currency;
        return { type: 'currency', typeAttributes: { currencyCode, maximumFractionDigits: 0 } };
    }
    if (dataType === 'Date') return { type: 'date-local' };
    if (dataType === 'DateTime') {
        const shown = {
            year: 'numeric',
            month: 'short',
            day: 'numeric',
            hour: '2-digit',
            minute: '2-digit',
            timeZone
        };
        return { type: 'date', typeAttributes: shown };
    }
    if (dataType === 'Int' || dataType === 'Double') return { type: 'number' };
    return { type: dataType === 'Boolean' ? 'boolean' : 'text' };
}

function shownRow(row: Row, fields: FieldInfo[], nameField: string, objectName: string): Row {
    const shown: Row = {
        ...row,
        [`${nameField}Url`]: recordUrl(objectName, row['Id']),
        [`${nameField}Label`]: row[nameField]
    };
    for (const field of fields.filter(isLink)) {
        const id = row[field.apiName] as string | null;
        shown[`${field.apiName}Url`] = id ? recordUrl(field.referenceToInfos[0]!.apiName, id) : null;
        shown[`${field.apiName}Label`] = row[field.relationshipName!]?.Name ?? id;
    }
    return shown;
}
