// Makes people who sell nothing users of the org, with their permission sets, as an admin would.
import type { Connection } from 'jsforce';
import { assignSets, type Assignment } from '../../cli/src/org/people.ts';
import { usernameOf, type DeskMember } from '../pay/pay-desk.ts';

export async function addDesk(admin: Connection, desk: readonly DeskMember[]): Promise<void> {
    const profile = await admin.query<{ Id: string }>("SELECT Id FROM Profile WHERE Name = 'Standard User'");
    const wanted: Assignment[] = [];
    for (const member of desk) {
        const userId = await createUser(admin, member, profile.records[0]!.Id);
        wanted.push({ userId, sets: member.permissionSets });
    }
    await assignSets(admin, wanted);
}

async function createUser(admin: Connection, member: DeskMember, profileId: string): Promise<string> {
    const { firstName, lastName, title } = member;
    const created = await admin.sobject('User').create({
        Username: usernameOf(member),
        FirstName: firstName,
        LastName: lastName,
        Title: title,
        Alias: lastName.toLowerCase(),
        Email: usernameOf(member),
        ProfileId: profileId,
        TimeZoneSidKey: 'Europe/London',
        LocaleSidKey: 'en_GB',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8'
    } as never);
    return (created as unknown as { id: string }).id;
}
