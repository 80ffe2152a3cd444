// A process of its own with a local org in a file and a custom object in it; tells its address and, when asked, its
// memory. Loads accounts with their opportunities when told how many. Ends with its parent.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOrg } from '../../local-org/create-org.ts';
import type { LoadRow } from '../../local-org/records/load.ts';
import { fieldDef, objectDef, ownerField, systemFields } from '../../local-org/schema/definitions.ts';
import { startLocalOrg } from '../../local-org/server.ts';
import { STAGES, dealOfOrg } from './rows.ts';

export type Request = { load: number } | { memory: true };
export interface Address {
    url: string;
    token: string;
}

const DEALS_AN_ACCOUNT = 50;

const folder = mkdtempSync(join(tmpdir(), 'plumbline-bench-org-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
process.on('disconnect', () => process.exit(0));

const org = createOrg({ file: join(folder, 'org.db'), dailyApiRequests: 100_000_000 });
org.schema.apply(
    objectDef('Reading__c', {
        keyPrefix: 'a0R',
        fields: [
            ...systemFields(),
            ownerField(),
            fieldDef('Name', 'string', { length: 80, nillable: true }),
            fieldDef('Key__c', 'string', { length: 40, externalId: true, unique: true }),
            fieldDef('Amount__c', 'currency', { precision: 16, scale: 2 }),
            fieldDef('At__c', 'datetime'),
            fieldDef('Note__c', 'string', { length: 120 })
        ]
    })
);
org.schema.bumpVersion();
const server = await startLocalOrg({ org });

process.on('message', (request: Request) => {
    if ('load' in request) process.send!({ accountIds: loadDeals(request.load) });
    else process.send!({ rssMb: memoryInUse() });
});
process.send!({ url: server.url, token: org.auth.issueToken(org.adminUserId) } satisfies Address);

/** After collecting what nobody holds any more, which V8 would do when it likes. */
function memoryInUse(): number {
    globalThis.gc!();
    return process.memoryUsage.rss() / 1024 ** 2;
}

/** Returns the ids of the accounts, each with DEALS_AN_ACCOUNT deals scattered over the table. */
function loadDeals(count: number): string[] {
    const accountIds = Array.from({ length: count / DEALS_AN_ACCOUNT }, () => org.ids.newId('001'));
    org.load(
        'Account',
        accountIds.map((Id, n) => ({ Id, Name: `Client ${n}`, OwnerId: org.adminUserId }))
    );
    org.load('Opportunity', opportunities(count, accountIds));
    return accountIds;
}

function* opportunities(count: number, accountIds: string[]): Generator<LoadRow> {
    for (let n = 0; n < count; n++) {
        const { name, stage, amount, closeDate } = dealOfOrg(n);
        yield {
            Name: name,
            AccountId: accountIds[n % accountIds.length]!,
            OwnerId: org.adminUserId,
            StageName: STAGES[stage]!,
            Amount: amount,
            CloseDate: closeDate
        };
    }
}
