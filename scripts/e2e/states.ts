// Puts the world of a states test into the state a rep may meet: somebody new, old data, a lost or wrong key. Each
// change of the connection or of the age of data gives back how to undo it.
import type { LocalOrg } from '../local-org/local-org.ts';
import { connectAs, type DemoOrg } from '../demo/demo-org.ts';

export type Undo = () => void;

const REP_SETS = ['SpmPayee', 'SpmCallout', 'SpmUserCredentials'];

/** A user of the org who has no deal and no Plumbline permission set. Returns the username. */
export const addNewcomer = (demo: DemoOrg): Promise<string> => addUser(demo, 'Nora', 'Newcomer');

/** Without a permission set. Returns the username. */
export async function addUser(demo: DemoOrg, first: string, last: string): Promise<string> {
    const username = `${first}.${last}@plumbline.example`.toLowerCase();
    const admin = connectAs(demo.org, demo.url, demo.org.adminUserId);
    const profile = await admin.query<{ Id: string }>("SELECT Id FROM Profile WHERE Name = 'Standard User'");
    await admin.sobject('User').create({
        Username: username,
        FirstName: first,
        LastName: last,
        Alias: last.slice(0, 8).toLowerCase(),
        Email: username,
        ProfileId: profile.records[0]!.Id,
        TimeZoneSidKey: 'Europe/London',
        LocaleSidKey: 'en_GB',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8'
    } as never);
    return username;
}

/** What the administrator does after the newcomer asked: the permission sets of a rep. */
export const makeRep = (demo: DemoOrg, username: string): Promise<void> => grant(demo, username, REP_SETS);

export async function grant(demo: DemoOrg, username: string, permissionSets: string[]): Promise<void> {
    const admin = connectAs(demo.org, demo.url, demo.org.adminUserId);
    const { records } = await admin.query<{ Id: string }>(
        `SELECT Id FROM PermissionSet WHERE Name IN ('${permissionSets.join("', '")}')`
    );
    const AssigneeId = demo.org.users.byUsername(username)!.userId;
    for (const { Id } of records)
        await admin.sobject('PermissionSetAssignment').create({ AssigneeId, PermissionSetId: Id } as never);
}

/** A deal the user has just made, which no run has looked at. Returns its id. */
export function addDeal({ org }: DemoOrg, username: string): string {
    return insertAs(org, org.users.byUsername(username)!.userId, 'Opportunity', {
        Name: 'First deal',
        StageName: 'Discovery',
        CloseDate: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
        Amount: 25_000
    });
}

/** The result row of a deal as a run writes it that finds nothing wrong. */
export function callHealthy(org: LocalOrg, dealId: string): Undo {
    const owner = org.db.prepare('SELECT "OwnerId" FROM "Opportunity" WHERE "Id" = ?').pluck().get(dealId);
    const rowId = insertAs(org, org.adminUserId, 'DealHealth__c', {
        ExternalKey__c: dealId,
        Opportunity__c: dealId,
        Rep__c: String(owner),
        OwnerId: String(owner),
        Band__c: 'Healthy',
        FlagCount__c: 0,
        PriorityPoints__c: 0
    });
    const admin = { user: org.users.context(org.adminUserId), mode: 'system' as const };
    return () => void org.records.delete(admin, [rowId], { allOrNone: true });
}

function insertAs(
    { records, users }: LocalOrg,
    userId: string,
    objectName: string,
    row: Record<string, string | number>
): string {
    const ctx = { user: users.context(userId), mode: 'system' as const };
    const [saved] = records.insert(ctx, objectName, [row], { allOrNone: true });
    if (!saved?.success) throw new Error(JSON.stringify(saved?.errors));
    return saved.id as string;
}

/** The administrator shows the app but has not granted its Apex classes. */
export function withholdApex({ db }: LocalOrg): Undo {
    const classes = `"SetupEntityAccess" WHERE "SetupEntityType" = 'ApexClass'`;
    const saved = db.prepare(`SELECT * FROM ${classes}`).all() as Record<string, unknown>[];
    db.prepare(`DELETE FROM ${classes}`).run();
    return () => {
        for (const row of saved) {
            const columns = Object.keys(row);
            const names = columns.map((name) => `"${name}"`).join(', ');
            const values = columns.map((name) => `@${name}`).join(', ');
            db.prepare(`INSERT INTO "SetupEntityAccess" (${names}) VALUES (${values})`).run(row);
        }
    };
}

/** Runs and results look as if the last run had been so many hours ago. */
export function ageResults({ db }: LocalOrg, hours: number): Undo {
    const tables = ['Run__c', 'DealHealth__c'];
    const saved = tables.map((table) =>
        db.prepare(`SELECT "Id", "DataAsOf__c" AS value FROM "${table}"`).all()
    ) as { Id: string; value: unknown }[][];
    const old = new Date(Date.now() - hours * 3_600_000).toISOString().replace('Z', '+0000');
    for (const table of tables)
        db.prepare(`UPDATE "${table}" SET "DataAsOf__c" = ? WHERE "DataAsOf__c" IS NOT NULL`).run(old);
    return () =>
        tables.forEach((table, index) => {
            const restore = db.prepare(`UPDATE "${table}" SET "DataAsOf__c" = ? WHERE "Id" = ?`);
            for (const { Id, value } of saved[index]!) restore.run(value, Id);
        });
}

/** Nobody has entered the key of the Named Credential. */
export function disconnect({ db }: LocalOrg): Undo {
    const row = db.prepare('SELECT name, url, username, password FROM local_credentials').get();
    db.prepare('DELETE FROM local_credentials').run();
    return () =>
        void db.prepare('INSERT INTO local_credentials VALUES (@name, @url, @username, @password)').run(row);
}

/** Somebody has entered a key that the service does not know. */
export function mistypeKey({ db }: LocalOrg): Undo {
    const key = db.prepare('SELECT password FROM local_credentials').pluck().get();
    const set = db.prepare('UPDATE local_credentials SET password = ?');
    set.run('mistyped');
    return () => void set.run(key);
}
