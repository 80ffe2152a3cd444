// What most checks of the doctor need to know of an org, looked up once.
import type { Connection } from '@salesforce/core';
import { quoted } from '../../../../service/src/salesforce/query.ts';
import { packageIn } from '../command.ts';
import { namedCredential, PLACEHOLDER_URL, principal } from '../org/credential.ts';
import { setIds } from '../org/people.ts';
import { operatorHere } from '../service/tenants.ts';
import type { Patient, Robot } from './check.ts';

export async function examine(connection: Connection, givenUrl: string | undefined): Promise<Patient> {
    const found = await packageIn(connection);
    const { organization_id: orgId } = await connection.identity();
    const named = found.isThere ? await namedCredential(connection, found.namespace) : null;
    const inOrg = named && named.url !== '' && named.url !== PLACEHOLDER_URL ? named.url : null;
    const serviceUrl = givenUrl ?? inOrg;
    return {
        connection,
        found,
        orgId,
        myDomain: new URL(connection.instanceUrl).origin,
        serviceUrl,
        named,
        principal: found.isThere ? await principal(connection, found.namespace) : null,
        robots: await robotsOf(connection, found.namespace),
        operator: operatorHere()
    };
}

/** Whoever holds SpmIntegration. */
async function robotsOf(connection: Connection, namespace: string): Promise<Robot[]> {
    const setId = (await setIds(connection, namespace)).get('SpmIntegration');
    if (!setId) return [];
    const { records } = await connection.query<{
        AssigneeId: string;
        Assignee: { Username: string; IsActive: boolean };
    }>(
        `SELECT AssigneeId, Assignee.Username, Assignee.IsActive FROM PermissionSetAssignment
         WHERE PermissionSetId = ${quoted(setId)} LIMIT 20`
    );
    const robots: Robot[] = [];
    for (const { AssigneeId, Assignee } of records) {
        robots.push({
            id: AssigneeId,
            username: Assignee.Username,
            isActive: Assignee.IsActive,
            setIds: await setsHeldBy(connection, AssigneeId)
        });
    }
    return robots;
}

/** A profile counts as a permission set of its own. */
async function setsHeldBy(connection: Connection, userId: string): Promise<string[]> {
    const { records } = await connection.query<{ PermissionSetId: string }>(
        `SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = ${quoted(userId)}`
    );
    const profile = await connection.query<{ Id: string }>(
        `SELECT Id FROM PermissionSet WHERE IsOwnedByProfile = true
         AND ProfileId IN (SELECT ProfileId FROM User WHERE Id = ${quoted(userId)})`
    );
    return [
        ...new Set([...records.map((row) => row.PermissionSetId), ...profile.records.map(({ Id }) => Id)])
    ];
}
