// The global variables of formulas ($User.Email, $Permission.X ...) as SQL, for the user who runs the query or saves the
// row. Which field a variable means is decided in formula/globals.ts.
import type { UserContext } from '../org.ts';
import { quote } from '../schema/tables.ts';
import type { Params } from './params.ts';

export function globalSql(path: string[], user: UserContext, params: Params): string {
    const [variable, ...rest] = path;
    const field = quote(rest[rest.length - 1]);
    const me = (): string => params.named('user', user.userId);
    switch (variable) {
        case '$User':
            return `(SELECT ${field} FROM "User" WHERE "Id" = ${me()})`;
        case '$Profile':
            return `(SELECT ${field} FROM "Profile" WHERE "Id" = (SELECT "ProfileId" FROM "User" WHERE "Id" = ${me()}))`;
        case '$UserRole':
            return `(SELECT ${field} FROM "UserRole" WHERE "Id" = (SELECT "UserRoleId" FROM "User" WHERE "Id" = ${me()}))`;
        case '$Organization':
            return `(SELECT ${field} FROM "Organization" LIMIT 1)`;
        case '$CustomMetadata':
            return `(SELECT ${field} FROM ${quote(rest[0])} WHERE "DeveloperName" = ${params.add(rest[1])} AND "IsDeleted" = 0)`;
        case '$Permission':
            return params.add(user.permissions.customPermission(rest[0]) ? 1 : 0);
        default:
            throw new Error(`No formula variable ${variable}.`);
    }
}
