// Fills a fresh org with people, sales stages and rows. Real orgs cannot backdate history; the local org's loader can,
// which is why this step talks to the org itself and not to its API.
import { setImmediate as giveWay } from 'node:timers/promises';
import type { LocalOrg } from '../../local-org/local-org.ts';
import { insertSetupRow } from '../../local-org/setup-rows.ts';
import type { OrgContent } from '../content.ts';
import { goOnUnless } from '../problem.ts';

/** What Salesforce shows for each forecast category. */
const FORECAST_CATEGORY_NAMES = {
    Pipeline: 'Pipeline',
    BestCase: 'Best Case',
    Forecast: 'Commit',
    Closed: 'Closed',
    Omitted: 'Omitted'
};

/** Returns the number of rows loaded. `onProgress` gets the count so far after each block. Throws StoppedEarly. */
export async function loadContent(
    org: LocalOrg,
    content: OrgContent,
    onProgress: (rowCount: number) => void,
    signal?: AbortSignal
): Promise<number> {
    loadStages(org, content);
    loadPeople(org, content);
    let count = 0;
    for (const { objectName, rows } of content.tables()) {
        org.load(objectName, rows);
        count += rows.length;
        onProgress(count);
        // Loading is one long computation; only between blocks can a Ctrl-C be noticed.
        await giveWay();
        goOnUnless(signal);
    }
    return count;
}

function loadStages(org: LocalOrg, content: OrgContent): void {
    org.db.prepare('DELETE FROM "OpportunityStage"').run();
    content.stages.forEach((stage, index) =>
        insertSetupRow(
            org.db,
            org,
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
                ForecastCategoryName: FORECAST_CATEGORY_NAMES[stage.forecastCategory]
            },
            org.adminUserId
        )
    );
}

function loadPeople(org: LocalOrg, content: OrgContent): void {
    const profileId = org.db
        .prepare(`SELECT "Id" FROM "Profile" WHERE "Name" = 'Standard User'`)
        .pluck()
        .get() as string;
    org.load(
        'UserRole',
        content.people.roles.map((role) => ({
            Id: role.id,
            Name: role.name,
            DeveloperName: role.developerName,
            ParentRoleId: role.parentRoleId
        }))
    );
    org.load(
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
            CreatedDate: joinedAt(content.scorecards?.joined.get(person.id)),
            TimeZoneSidKey: content.timeZone,
            LocaleSidKey: 'en_GB',
            LanguageLocaleKey: 'en_US',
            EmailEncodingKey: 'UTF-8'
        }))
    );
}

/** In the morning of that day; left out: now. */
function joinedAt(day: string | undefined): string | undefined {
    return day === undefined ? undefined : `${day}T08:00:00.000Z`;
}
