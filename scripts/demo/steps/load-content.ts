// Fills a fresh org with people, sales stages and rows. Real orgs cannot backdate history; the local org's loader can,
// which is why this step talks to the org itself and not to its API.
import type { Org } from '../../local-org/org.ts';
import { loadRows } from '../../local-org/load-rows.ts';
import { insertSetupRow } from '../../local-org/setup-rows.ts';
import { createIds } from '../../local-org/ids.ts';
import type { OrgContent } from '../content.ts';

/** Returns the number of rows loaded. `onProgress` gets the count so far after each block. */
export function loadContent(org: Org, content: OrgContent, onProgress: (rowCount: number) => void): number {
    const admin = org.db.prepare(`SELECT "CreatedById" FROM "Organization"`).pluck().get() as string;
    loadStages(org, content, admin);
    loadPeople(org, content);
    let count = 0;
    for (const { objectName, rows } of content.tables()) {
        loadRows(org, objectName, rows);
        count += rows.length;
        onProgress(count);
    }
    return count;
}

function loadStages(org: Org, content: OrgContent, adminId: string): void {
    const parts = { schema: org.schema, ids: createIds(org.db), clock: org.clock };
    org.db.prepare('DELETE FROM "OpportunityStage"').run();
    content.stages.forEach((stage, index) =>
        insertSetupRow(
            org.db,
            parts,
            'OpportunityStage',
            {
                MasterLabel: stage.name,
                ApiName: stage.name,
                IsActive: true,
                SortOrder: index + 1,
                IsClosed: stage.isClosed,
                IsWon: stage.isWon,
                DefaultProbability: stage.probability,
                ForecastCategory: stage.forecastCategory,
                ForecastCategoryName: stage.forecastCategory === 'Forecast' ? 'Commit' : stage.forecastCategory
            },
            adminId
        )
    );
}

function loadPeople(org: Org, content: OrgContent): void {
    const profileId = org.db.prepare(`SELECT "Id" FROM "Profile" WHERE "Name" = 'Standard User'`).pluck().get() as string;
    loadRows(
        org,
        'UserRole',
        content.people.roles.map((role) => ({
            Id: role.id,
            Name: role.name,
            DeveloperName: role.developerName,
            ParentRoleId: role.parentRoleId
        }))
    );
    loadRows(
        org,
        'User',
        content.people.persons.map((person, index) => ({
            Id: person.id,
            Username: person.username,
            FirstName: person.firstName,
            LastName: person.lastName,
            Name: `${person.firstName} ${person.lastName}`,
            Alias: `u${index + 1}`,
            CommunityNickname: `u${index + 1}`,
            Email: person.username,
            Title: person.title,
            IsActive: true,
            UserType: 'Standard',
            ProfileId: profileId,
            UserRoleId: person.roleId,
            ManagerId: person.managerId,
            TimeZoneSidKey: content.timeZone,
            LocaleSidKey: 'en_GB',
            LanguageLocaleKey: 'en_US',
            EmailEncodingKey: 'UTF-8'
        }))
    );
}
