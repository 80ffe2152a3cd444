// Names of platform classes and interfaces that declarations may use.

const CLASSES = [
    'Http',
    'HttpRequest',
    'HttpResponse',
    'HttpCalloutMock',
    'Comparable',
    'Callable',
    'Savepoint',
    'SObjectType',
    'SObjectField',
    'DescribeSObjectResult',
    'DescribeFieldResult',
    'PicklistEntry',
    'Type',
    'TimeZone',
    'Url',
    'Iterator',
    'Database.SaveResult',
    'Database.UpsertResult',
    'Database.DeleteResult',
    'Database.UndeleteResult',
    'Database.Error'
];

const INTERFACES = [
    'comparable',
    'callable',
    'httpcalloutmock',
    'comparator',
    'iterable',
    'iterator',
    'queueable',
    'schedulable',
    'database.batchable'
];

const byLowerName = new Map(CLASSES.map((name) => [name.toLowerCase(), name]));

export const isPlatformClass = (lowerName: string): boolean => byLowerName.has(lowerName);
export const platformClassName = (lowerName: string): string => byLowerName.get(lowerName)!;

/** `name` in lower case, with or without `system.`. */
export const isPlatformInterface = (name: string): boolean =>
    INTERFACES.includes(name.replace(/^system\./, ''));
