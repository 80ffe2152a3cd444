// Record fields ready to show: label, text, and a link for what leads to another record. Used by highlights, details
// and lists.
import { fetchRecord, type UiRecord } from '../shims/ui-record-api.ts';
import { objectInfo, recordUrl, type FieldInfo, type ObjectInfo } from './records.ts';

export interface FieldView {
    name: string;
    label: string;
    help: string | null;
    text: string;
    url: string | null;
    isCheckbox: boolean;
    isChecked: boolean;
}

/** Paths the UI API needs to show `names`: a reference is read with the name of its target. */
export function pathsFor(info: ObjectInfo, names: string[]): string[] {
    return [...new Set(names)].flatMap((name) => {
        const field = info.fields[name]!;
        const own = `${info.apiName}.${name}`;
        return isLink(field) ? [own, `${info.apiName}.${field.relationshipName}.Name`] : [own];
    });
}

/** A lookup to one kind of record, so that its name can be read along. */
export function isLink(field: FieldInfo): boolean {
    return field.reference && field.relationshipName !== null && field.referenceToInfos.length === 1;
}

export async function readFields(objectName: string, recordId: string, names: string[]): Promise<UiRecord> {
    const info = await objectInfo(objectName);
    const nameField = info.nameFields[0] ?? 'Id';
    return fetchRecord(recordId, [`${objectName}.${nameField}`], pathsFor(info, names));
}

export function fieldViews(info: ObjectInfo, record: UiRecord, names: string[]): FieldView[] {
    return names
        .filter((name) => info.fields[name])
        .map((name) => fieldView(info, info.fields[name]!, record));
}

function fieldView(info: ObjectInfo, field: FieldInfo, record: UiRecord): FieldView {
    const { value = null, displayValue = null } = record.fields[field.apiName] ?? {};
    const link = isLink(field) ? linkOf(field, record, value) : undefined;
    return {
        name: field.apiName,
        label: labelOf(info, field),
        help: field.inlineHelpText,
        text: link?.text ?? displayValue ?? (value === null ? '' : String(value)),
        url: link?.url ?? null,
        isCheckbox: field.dataType === 'Boolean',
        isChecked: value === true
    };
}

/** As Lightning words them: `Account Name` for the field labelled `Account ID`, `Opportunity Name` for its `Name`. */
export function labelOf(info: ObjectInfo, field: FieldInfo): string {
    if (field.apiName === 'OwnerId') return `${info.label} Owner`;
    if (field.apiName === 'Name' && !info.custom) return `${info.label} Name`;
    if (!field.reference || field.custom) return field.label;
    return / By ID$/i.test(field.label)
        ? field.label.replace(/ ID$/i, '')
        : field.label.replace(/ ID$/i, ' Name');
}

function linkOf(
    field: FieldInfo,
    record: UiRecord,
    value: unknown
): { text: string; url: string } | undefined {
    const parent = record.fields[field.relationshipName!]?.value as UiRecord | null | undefined;
    if (!parent || value === null) return undefined;
    return {
        text: String(parent.fields['Name']?.value ?? value),
        url: recordUrl(field.referenceToInfos[0]!.apiName, String(value))
    };
}
