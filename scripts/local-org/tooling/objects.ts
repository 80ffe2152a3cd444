// The objects only the Tooling API has, with the columns the sf CLI and jsforce read. Rows are written by test-jobs.ts and
// packages.ts; objects both APIs have (ApexClass, User, Organization) come from the org's own schema.
import { fieldDef, objectDef, picklist, systemFields } from '../schema/definitions.ts';
import type { FieldDef, FieldType, ObjectDef } from '../schema/types.ts';

/** Columns that hold an object and are kept as JSON. */
export const COMPLEX_FIELDS: Record<string, string[]> = {
    PackageInstallRequest: ['Errors'],
    SubscriberPackageVersion: ['CspTrustedSites', 'Dependencies', 'Profiles', 'RemoteSiteSettings']
};

export const TOOLING_OBJECTS: ObjectDef[] = [
    object('ApexTestRunResult', '05m', [
        of('string', 'AsyncApexJobId', { length: 18, caseSensitive: true }),
        reference('UserId', 'User', 'User'),
        ...texts('JobName', 'Source'),
        of('boolean', 'IsAllTests'),
        ...dates('StartTime', 'EndTime'),
        ...numbers('TestTime', 'TestSetupTime'),
        choice('Status', ['Queued', 'Preparing', 'Processing', 'Aborted', 'Completed', 'Failed']),
        ...numbers('ClassesEnqueued', 'ClassesCompleted'),
        ...numbers('MethodsEnqueued', 'MethodsCompleted', 'MethodsFailed')
    ]),
    object('ApexTestQueueItem', '709', [
        reference('ApexClassId', 'ApexClass', 'ApexClass'),
        choice('Status', ['Holding', 'Queued', 'Preparing', 'Processing', 'Aborted', 'Completed', 'Failed']),
        ...texts('ExtendedStatus'),
        of('string', 'ParentJobId', { length: 18, caseSensitive: true }),
        reference('TestRunResultId', 'ApexTestRunResult', 'ApexTestRunResult'),
        of('boolean', 'ShouldSkipCodeCoverage')
    ]),
    object('ApexTestResult', '07M', [
        of('datetime', 'TestTimestamp'),
        choice('Outcome', ['Pass', 'Fail', 'CompileFail', 'Skip']),
        reference('ApexClassId', 'ApexClass', 'ApexClass'),
        ...texts('MethodName'),
        ...longTexts('Message', 'StackTrace'),
        of('string', 'AsyncApexJobId', { length: 18, caseSensitive: true }),
        reference('QueueItemId', 'ApexTestQueueItem', 'QueueItem'),
        of('string', 'ApexLogId', { length: 18, caseSensitive: true }),
        reference('ApexTestRunResultId', 'ApexTestRunResult', 'ApexTestRunResult'),
        of('int', 'RunTime'),
        of('boolean', 'IsTestSetup')
    ]),
    object('SubscriberPackage', '033', [
        of('string', 'Name', { nameField: true }),
        ...texts('NamespacePrefix'),
        ...longTexts('Description')
    ]),
    object('SubscriberPackageVersion', '04t', [
        reference('SubscriberPackageId', 'SubscriberPackage', 'SubscriberPackage'),
        of('string', 'Name', { nameField: true }),
        ...longTexts('Description'),
        ...numbers('MajorVersion', 'MinorVersion', 'PatchVersion', 'BuildNumber'),
        ...texts('InstallValidationStatus', 'ReleaseState', 'Package2ContainerOptions', 'PublisherName'),
        ...flags('IsBeta', 'IsDeprecated', 'IsManaged', 'IsOrgDependent'),
        ...flags('IsPasswordProtected', 'IsSecurityReviewed'),
        ...texts('AppExchangeDescription', 'AppExchangeLogoUrl', 'AppExchangePackageName'),
        ...texts('AppExchangePublisherName', 'PostInstallUrl', 'ReleaseNotesUrl'),
        ...longTexts('CspTrustedSites', 'Dependencies', 'Profiles', 'RemoteSiteSettings')
    ]),
    object('InstalledSubscriberPackage', '0A3', [
        reference('SubscriberPackageId', 'SubscriberPackage', 'SubscriberPackage'),
        reference('SubscriberPackageVersionId', 'SubscriberPackageVersion', 'SubscriberPackageVersion')
    ]),
    object('PackageInstallRequest', '0Hf', [
        of('string', 'SubscriberPackageVersionKey', { length: 18, caseSensitive: true }),
        choice('Status', ['IN_PROGRESS', 'SUCCESS', 'ERROR', 'UNKNOWN']),
        ...longTexts('Errors'),
        ...texts('NameConflictResolution', 'PackageInstallSource', 'SecurityType'),
        ...texts('ApexCompileType', 'UpgradeType', 'SkipHandlers'),
        of('boolean', 'EnableRss')
    ])
];

/** `setupObject`: whoever may use the Tooling API may read every row. */
function object(name: string, keyPrefix: string, fields: FieldDef[]): ObjectDef {
    return objectDef(name, {
        keyPrefix,
        setupObject: true,
        createable: name === 'PackageInstallRequest',
        updateable: false,
        deletable: false,
        fields: [...systemFields(), ...fields]
    });
}

function of(type: FieldType, name: string, given: Partial<FieldDef> = {}): FieldDef {
    return fieldDef(name, type, { updateable: false, ...given });
}

function texts(...names: string[]): FieldDef[] {
    return names.map((name) => of('string', name));
}

function longTexts(...names: string[]): FieldDef[] {
    return names.map((name) => of('textarea', name, { length: 131_072 }));
}

function numbers(...names: string[]): FieldDef[] {
    return names.map((name) => of('int', name));
}

function flags(...names: string[]): FieldDef[] {
    return names.map((name) => of('boolean', name));
}

function dates(...names: string[]): FieldDef[] {
    return names.map((name) => of('datetime', name));
}

function choice(name: string, values: string[]): FieldDef {
    return of('picklist', name, { picklistValues: picklist(values), restrictedPicklist: true });
}

function reference(name: string, to: string, relationshipName: string): FieldDef {
    return of('reference', name, { referenceTo: [to], relationshipName, deleteConstraint: null });
}
