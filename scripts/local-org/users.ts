// Who is calling: loads a user with role hierarchy and permissions, once per request. Owns nothing that decides about
// single records; sharing reads `subordinateIds` and the permissions from here.
import type { Database } from 'better-sqlite3';
import type { UserContext, Users } from './org.ts';
import { loadPermissions } from './permissions.ts';
import type { Schema } from './schema/types.ts';

interface UserRow {
    id: string;
    username: string;
    name: string;
    profileId: string;
    profileName: string;
    roleId: string | null;
    isActive: number;
    timeZone: string | null;
}

const SELECT_USER = `
    SELECT u."Id" AS id, u."Username" AS username, u."Name" AS name, u."ProfileId" AS profileId,
           p."Name" AS profileName, u."UserRoleId" AS roleId, u."IsActive" AS isActive, coalesce(u."TimeZoneSidKey", (SELECT "TimeZoneSidKey" FROM "Organization" LIMIT 1)) AS timeZone
    FROM "User" u JOIN "Profile" p ON p."Id" = u."ProfileId"`;

/** UNION drops roles already met, so a cycle in the hierarchy ends the walk instead of looping. */
const SELECT_SUBORDINATES = `
    WITH RECURSIVE below (id) AS (
        SELECT "Id" FROM "UserRole" WHERE "ParentRoleId" = @roleId AND "IsDeleted" = 0
        UNION
        SELECT r."Id" FROM "UserRole" r JOIN below b ON r."ParentRoleId" = b.id WHERE r."IsDeleted" = 0
    )
    SELECT u."Id" FROM "User" u JOIN below b ON u."UserRoleId" = b.id WHERE b.id <> @roleId`;

export function createUsers(db: Database, schema: Schema, clock: () => Date): Users {
    const byId = db.prepare(`${SELECT_USER} WHERE u."Id" = ?`);
    const byName = db.prepare(`${SELECT_USER} WHERE u."Username" = ?`);
    const subordinates = db.prepare(SELECT_SUBORDINATES).pluck();

    const toContext = (row: UserRow): UserContext => ({
        userId: row.id,
        username: row.username,
        name: row.name,
        profileName: row.profileName,
        roleId: row.roleId,
        isActive: row.isActive === 1,
        timeZone: row.timeZone ?? 'UTC',
        subordinateIds: new Set(row.roleId ? (subordinates.all({ roleId: row.roleId }) as string[]) : []),
        permissions: loadPermissions(db, schema, row, clock())
    });

    return {
        context(userId) {
            const row = byId.get(userId) as UserRow | undefined;
            if (!row) throw new Error(`No user has the id ${userId}, or that user's profile is missing.`);
            return toContext(row);
        },
        byUsername(username) {
            const row = byName.get(username) as UserRow | undefined;
            return row && toContext(row);
        }
    };
}
