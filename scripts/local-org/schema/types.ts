// What the local org knows about objects and fields. Owned by schema/: everything here comes from
// standard-objects.json or from deployed metadata, nothing is invented by a reader of it.

export type FieldType =
    | 'id'
    | 'string'
    | 'textarea'
    | 'picklist'
    | 'multipicklist'
    | 'boolean'
    | 'int'
    | 'double'
    | 'currency'
    | 'percent'
    | 'date'
    | 'datetime'
    | 'time'
    | 'reference'
    | 'email'
    | 'phone'
    | 'url'
    | 'combobox'
    | 'address'
    /** Old and new values of field history: of the type of the field that changed. */
    | 'anyType';

export interface PicklistValue {
    value: string;
    label: string;
    active: boolean;
    defaultValue: boolean;
}

export interface FieldDef {
    /** API name in its canonical case, e.g. `DealHealth__c`, `OwnerId`. */
    name: string;
    label: string;
    type: FieldType;
    custom: boolean;
    /** Maximum characters for text types, otherwise 0. */
    length: number;
    /** Digits in all / after the point, for numeric types. */
    precision: number;
    scale: number;
    nillable: boolean;
    createable: boolean;
    updateable: boolean;
    unique: boolean;
    externalId: boolean;
    caseSensitive: boolean;
    autoNumber: boolean;
    nameField: boolean;
    /** Target objects of a reference, e.g. `['User']`; several for Task.WhatId. */
    referenceTo: string[];
    /** Name to walk from child to parent in SOQL: `Owner`, `Opportunity__r`; null when not a reference. */
    relationshipName: string | null;
    /** Name of the child collection on the parent, e.g. `OpportunityHistories`, `Flags__r`; null when there is none. */
    childRelationshipName: string | null;
    /** What happens to this row when the parent is deleted. */
    deleteConstraint: 'SetNull' | 'Restrict' | 'Cascade' | null;
    picklistValues: PicklistValue[];
    /** True when values outside `picklistValues` are refused. */
    restrictedPicklist: boolean;
    defaultValue: string | number | boolean | null;
    /** A default that is computed when a row is made, as deployed; its literal kin is `defaultValue`. */
    defaultFormula?: string;
    /** Display format of an auto number: `RUN-{000000}`. */
    displayFormat: string | null;
    /** Formula source as deployed; such a field is computed at every read and is not stored. */
    formula: string | null;
    /** How a formula treats blanks. */
    formulaTreatBlanksAs: 'BlankAsZero' | 'BlankAsBlank' | null;
    helpText: string | null;
    description: string | null;
    /** Fields every user who can read the object can read (Id, Name, OwnerId, required and system fields). */
    permissionable: boolean;
}

/** Org-wide default of an object. */
export type SharingModel = 'Private' | 'Read' | 'ReadWrite' | 'ControlledByParent';

export interface ObjectDef {
    name: string;
    label: string;
    labelPlural: string;
    /** Empty for a view, whose rows carry the ids of other objects. */
    keyPrefix: string;
    custom: boolean;
    /** `__mdt` objects: rows come from deploys only, every user may read them. */
    customMetadata: boolean;
    sharingModel: SharingModel;
    /** Reference fields whose record decides access when `ControlledByParent` (`OpportunityId`, `WhatId`). */
    sharingParents: string[];
    /** Setup objects (User, UserRole, PermissionSet, Organization ...) readable by every signed-in user. */
    setupObject: boolean;
    /** Object whose object permissions count for this one: OpportunityContactRole follows Opportunity. */
    permissionParent?: string;
    /** The objects whose rows these are: a view without rows of its own, read only as a child list. Its fields are as
     *  readable as theirs. */
    readFrom?: string[];
    /** Deployed with enableActivities: tasks and events can be about its records. */
    activities?: boolean;
    /** Fields whose values together occur once: a user has a permission set once. */
    uniqueTogether?: string[];
    /** Field history tracking as deployed; the history object of the standard objects that have one is written. */
    history?: { enabled: boolean; fields: string[] };
    createable: boolean;
    updateable: boolean;
    deletable: boolean;
    queryable: boolean;
    fields: FieldDef[];
    validationRules: {
        name: string;
        condition: string;
        message: string;
        field: string | null;
        active: boolean;
    }[];
}

/** Read access to the current schema. Names are matched without regard to case, as Salesforce does. */
export interface Schema {
    objects(): ObjectDef[];
    object(name: string): ObjectDef | undefined;
    field(objectName: string, fieldName: string): FieldDef | undefined;
    /** The reference field whose relationshipName is `relationship`, e.g. ('Opportunity', 'Owner'). */
    parentField(objectName: string, relationship: string): FieldDef | undefined;
    /** The child object and its field for a child collection, e.g. ('Opportunity', 'Tasks'). */
    childRelationship(
        parentName: string,
        relationship: string
    ): { child: ObjectDef; field: FieldDef } | undefined;
    objectByKeyPrefix(prefix: string): ObjectDef | undefined;
    /** Grows by one with every deploy; caches key on it. */
    version: number;
}

/* Table layout, so that every module writes the same SQL:
 *  - one table per object, named as the object, quoted: `"Opportunity"`
 *  - one column per stored (non-formula) field, named as the field, quoted
 *  - `Id` TEXT PRIMARY KEY, 18 characters, compared with case; other text columns COLLATE NOCASE unless caseSensitive
 *  - boolean 0/1; int INTEGER; double, currency, percent REAL rounded to the field's scale at write
 *  - date 'YYYY-MM-DD'; datetime 'YYYY-MM-DDTHH:mm:ss.000Z' (UTC); null for no value, never ''
 *  - system columns on every object: Id, IsDeleted, CreatedDate, CreatedById, LastModifiedDate, LastModifiedById, SystemModstamp
 *  - OwnerId where the object has an owner */
