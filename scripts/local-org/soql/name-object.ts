// The fields of Salesforce's Name object: what can be read through a relationship that may lead to several objects
// (Task.What.Name). Everything else needs TYPEOF.

const FIELDS = new Set(
    (
        'Id Alias Email FirstName IsActive LastName MiddleName Name Phone ProfileId RecordTypeId Salutation Suffix Title ' +
        'Type Username UserRoleId'
    )
        .toLowerCase()
        .split(' ')
);

export function isNameField(name: string): boolean {
    return FIELDS.has(name.toLowerCase());
}
