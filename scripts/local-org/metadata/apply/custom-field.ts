// One CustomField of a package to a FieldDef. Owns the rules of each field type that Salesforce checks at deploy and
// that lie in the field alone; lookups' targets and formulas are checked when all objects of the deploy are known.
import { fieldDef, picklist } from '../../schema/definitions.ts';
import type { FieldDef, FieldType } from '../../schema/types.ts';
import { textOf, withoutNamespace } from '../deploy-context.ts';

type Content = Record<string, unknown>;

const FIELD_TYPES: Record<string, FieldType> = {
    AutoNumber: 'string',
    Checkbox: 'boolean',
    Currency: 'currency',
    Date: 'date',
    DateTime: 'datetime',
    Email: 'email',
    LongTextArea: 'textarea',
    Lookup: 'reference',
    MultiselectPicklist: 'multipicklist',
    Number: 'double',
    Percent: 'percent',
    Phone: 'phone',
    Picklist: 'picklist',
    Text: 'string',
    TextArea: 'textarea',
    Time: 'time',
    Url: 'url'
};
const NUMERIC = new Set(['Number', 'Currency', 'Percent']);
const INDEXABLE = new Set(['Text', 'Number', 'Email', 'AutoNumber']);
const MAX_DESCRIPTION = 1000;
const MAX_HELP_TEXT = 510;

/** Problems go to `report`; undefined when the field cannot be built at all. */
export function toFieldDef(
    content: Content,
    report: (problem: string) => void,
    namespace = ''
): FieldDef | undefined {
    const name = String(content.fullName ?? '');
    const ownName = withoutNamespace(name, namespace);
    const type = textOf(content, 'type');
    if (!/^[A-Za-z](?:_?[A-Za-z0-9])*__c$/.test(ownName) || ownName.length > 43) {
        report(
            `The custom field API name "${name}" is not valid: letters, digits and single underscores, at most 40, then __c.`
        );
        return undefined;
    }
    if (type === null || !FIELD_TYPES[type]) {
        report(
            type === null
                ? 'Required field is missing: type'
                : `The local org does not support fields of type ${type}.`
        );
        return undefined;
    }
    checkCommon(content, type, report);
    const field = fieldDef(name, FIELD_TYPES[type], {
        custom: true,
        label: textOf(content, 'label') ?? name,
        description: textOf(content, 'description'),
        helpText: textOf(content, 'inlineHelpText'),
        ...(content.formula === undefined
            ? storedField(content, type, report)
            : formulaField(content, type, report))
    });
    field.permissionable = field.nillable || field.type === 'boolean';
    return field;
}

function checkCommon(content: Content, type: string, report: (problem: string) => void): void {
    if (!textOf(content, 'label')) report('Required field is missing: label');
    if ((textOf(content, 'description') ?? '').length > MAX_DESCRIPTION) {
        report(`Description is too long: at most ${MAX_DESCRIPTION} characters.`);
    }
    if ((textOf(content, 'inlineHelpText') ?? '').length > MAX_HELP_TEXT) {
        report(`Help text is too long: at most ${MAX_HELP_TEXT} characters.`);
    }
    if ((content.unique || content.externalId) && !INDEXABLE.has(type)) {
        report(`Can not specify 'unique' or 'externalId' for a CustomField of type ${type}`);
    }
}

function formulaField(content: Content, type: string, report: (problem: string) => void): Partial<FieldDef> {
    if (
        ['Lookup', 'Picklist', 'MultiselectPicklist', 'AutoNumber', 'LongTextArea', 'TextArea'].includes(type)
    ) {
        report(`A formula cannot be of type ${type}.`);
    }
    return {
        ...(NUMERIC.has(type) ? digits(content, report, { precision: 18, scale: 2 }) : {}),
        ...(type === 'Text' ? { length: 1300 } : {}),
        createable: false,
        updateable: false,
        nillable: true,
        formula: String(content.formula),
        formulaTreatBlanksAs: (textOf(content, 'formulaTreatBlanksAs') ??
            'BlankAsZero') as FieldDef['formulaTreatBlanksAs']
    };
}

function storedField(content: Content, type: string, report: (problem: string) => void): Partial<FieldDef> {
    const common: Partial<FieldDef> = {
        nillable: type !== 'Checkbox' && content.required !== true,
        unique: content.unique === true,
        externalId: content.externalId === true,
        ...defaultOf(content, type)
    };
    switch (type) {
        case 'Checkbox':
            if (content.defaultValue === undefined)
                report("Must specify 'defaultValue' for a CustomField of type Checkbox");
            return common;
        case 'Text':
            return {
                ...common,
                caseSensitive: content.caseSensitive === true,
                length: length(content, 1, 255, report)
            };
        case 'LongTextArea':
            if (!content.visibleLines)
                report("Must specify 'visibleLines' for a CustomField of type LongTextArea");
            return { ...common, length: length(content, 256, 131_072, report) };
        case 'Number':
        case 'Currency':
        case 'Percent':
            return { ...common, ...digits(content, report) };
        case 'Picklist':
        case 'MultiselectPicklist':
            return { ...common, ...picklistOf(content, type, report) };
        case 'Lookup':
            return { ...common, ...lookup(content, report) };
        case 'AutoNumber':
            return { ...common, ...autoNumber(content) };
        default:
            return common;
    }
}

function length(content: Content, least: number, most: number, report: (problem: string) => void): number {
    const value = content.length as number | undefined;
    if (value === undefined) report(`Must specify 'length' for a CustomField of type ${content.type}`);
    else if (value < least || value > most)
        report(`Value for length must be between ${least} and ${most}, not ${value}`);
    return value ?? most;
}

function digits(
    content: Content,
    report: (problem: string) => void,
    fallback?: { precision: number; scale: number }
): { precision: number; scale: number } {
    const precision = (content.precision as number | undefined) ?? fallback?.precision;
    const scale = (content.scale as number | undefined) ?? fallback?.scale;
    if (precision === undefined) report(`Must specify 'precision' for a CustomField of type ${content.type}`);
    if (scale === undefined) report(`Must specify 'scale' for a CustomField of type ${content.type}`);
    if ((precision ?? 18) > 18 || (scale ?? 0) > (precision ?? 18) || (scale ?? 0) < 0) {
        report(
            `Precision ${precision} and scale ${scale} do not fit: at most 18 digits, and no more after the point.`
        );
    }
    return { precision: precision ?? 18, scale: scale ?? 0 };
}

export function autoNumber(content: Content): Partial<FieldDef> {
    return {
        autoNumber: true,
        displayFormat: textOf(content, 'displayFormat') ?? '{0}',
        createable: false,
        updateable: false,
        nillable: false,
        length: 30
    };
}

function picklistOf(content: Content, type: string, report: (problem: string) => void): Partial<FieldDef> {
    const valueSet = content.valueSet as Content | undefined;
    const definition = valueSet?.valueSetDefinition as { value?: Content[] } | undefined;
    if (!valueSet) report(`Must specify 'valueSet' for a CustomField of type ${type}`);
    else if (valueSet.valueSetName)
        report('The local org does not support global value sets (valueSetName).');
    else if (valueSet.controllingField)
        report('The local org does not support dependent picklists (controllingField).');
    const seen = new Set<string>();
    const values = (definition?.value ?? []).map((value) => {
        const name = String(value.fullName);
        if (seen.has(name.toLowerCase())) report(`Duplicate value specified: ${name}`);
        seen.add(name.toLowerCase());
        const label = textOf(value, 'label') ?? name;
        return {
            ...picklist([name])[0],
            label,
            active: value.isActive !== false,
            defaultValue: value.default === true
        };
    });
    const defaultValue = values.find((value) => value.defaultValue)?.value;
    return {
        picklistValues: values,
        restrictedPicklist: valueSet?.restricted === true,
        ...(defaultValue === undefined ? {} : { defaultValue })
    };
}

function lookup(content: Content, report: (problem: string) => void): Partial<FieldDef> {
    const target = textOf(content, 'referenceTo');
    const deleteConstraint = (textOf(content, 'deleteConstraint') ??
        'SetNull') as FieldDef['deleteConstraint'];
    const children = textOf(content, 'relationshipName');
    if (!target) report("Must specify 'referenceTo' for a CustomField of type Lookup");
    if (deleteConstraint === 'Cascade')
        report('The local org does not support deleteConstraint Cascade on a custom lookup.');
    if (content.lookupFilter) report('The local org does not support lookup filters (lookupFilter).');
    if (content.required === true && deleteConstraint === 'SetNull') {
        report('must specify either cascade delete or restrict delete for required lookup foreign key');
    }
    return {
        referenceTo: target ? [target] : [],
        relationshipName: String(content.fullName).replace(/__c$/, '__r'),
        childRelationshipName: children && `${children}__r`,
        deleteConstraint
    };
}

/** Default values are formulas; those that are a plain literal are kept as their value. */
function defaultOf(content: Content, type: string): Pick<FieldDef, 'defaultValue' | 'defaultFormula'> {
    const text = textOf(content, 'defaultValue')?.trim();
    if (type === 'Checkbox') return { defaultValue: text?.toLowerCase() === 'true' };
    if (text === undefined) return { defaultValue: null };
    if (NUMERIC.has(type) && /^-?\d+(\.\d+)?$/.test(text)) return { defaultValue: Number(text) };
    const quoted = /^"([^"]*)"$|^'([^']*)'$/.exec(text);
    if (quoted) return { defaultValue: quoted[1] ?? quoted[2] };
    return { defaultValue: null, defaultFormula: text };
}
