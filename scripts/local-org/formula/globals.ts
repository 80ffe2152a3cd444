// Global variables of formulas ($User.Id, $Organization.Name, $CustomMetadata...): which field each path means. Values are
// read by whoever runs the formula: queries as SQL (soql/formula-globals.ts), rules from rows (records/).
import { fieldDef } from '../schema/definitions.ts';
import type { FieldDef, ObjectDef, Schema } from '../schema/types.ts';
import { FormulaProblem } from './parse.ts';

/** Variables whose fields are those of one row. */
const OF_OBJECT: Record<string, string> = {
    $user: 'User',
    $profile: 'Profile',
    $userrole: 'UserRole',
    $organization: 'Organization'
};

interface Resolved {
    field: FieldDef;
    object: ObjectDef;
    /** `['$User', 'Email']`, `['$Permission', 'Name']`, `['$CustomMetadata', 'X__mdt', 'Record', 'Field__c']`. */
    canonical: string[];
}

export function resolveGlobal(path: string[], schema: Schema): Resolved {
    const variable = path[0].toLowerCase();
    const objectName = Object.hasOwn(OF_OBJECT, variable) ? OF_OBJECT[variable] : undefined;
    if (objectName && path.length === 2) return ofObject(path, schema, objectName, [`$${objectName}`]);
    if (variable === '$custommetadata' && path.length === 4) {
        const type = schema.object(path[1])?.name ?? path[1];
        return ofObject(path, schema, type, ['$CustomMetadata', type, path[2]]);
    }
    if (variable === '$permission' && path.length === 2) {
        const object = schema.object('CustomPermission') as ObjectDef;
        return { field: fieldDef(path[1], 'boolean'), object, canonical: ['$Permission', path[1]] };
    }
    throw new FormulaProblem(`The local org does not support ${path.join('.')} in formulas.`);
}

function ofObject(path: string[], schema: Schema, objectName: string, start: string[]): Resolved {
    const object = schema.object(objectName);
    const field = schema.field(objectName, path[path.length - 1]);
    if (field && field.formula !== null) {
        throw new FormulaProblem(
            `The local org does not support the formula field ${path.join('.')} in formulas.`
        );
    }
    if (!object || !field)
        throw new FormulaProblem(`Field ${path.join('.')} does not exist. Check spelling.`);
    return { field, object, canonical: [...start, field.name] };
}
