// The doctor's look at Change Data Capture, by the calls it makes against any org.
import { expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { createOrg } from '../local-org/create-org.ts';
import { selectObjects } from '../local-org/pubsub/select-objects.ts';
import { startLocalOrg } from '../local-org/server.ts';
import type { Patient } from './src/doctor/check.ts';
import { CHANGE_CHECKS } from './src/doctor/checks/changes.ts';

test('the doctor says what to select in Setup, and when it is selected which objects the org tells of', async () => {
    const org = createOrg({ file: ':memory:' });
    const server = await startLocalOrg({ org });
    try {
        const accessToken = org.auth.issueToken(org.adminUserId);
        const connection = new Connection({ instanceUrl: server.url, accessToken, version: '65.0' });
        const look = () => CHANGE_CHECKS[0]!.look({ connection } as unknown as Patient);
        expect(await look()).toMatchObject({
            outcome: 'warning',
            next: expect.stringContaining('Setup > Change Data Capture: select Opportunity')
        });
        selectObjects(org, ['Task']);
        expect(await look()).toMatchObject({ outcome: 'warning' });
        selectObjects(org, ['Opportunity']);
        expect(await look()).toMatchObject({
            outcome: 'passed',
            found: 'The org tells of changes to Opportunity, Task.'
        });
    } finally {
        await server.close();
        org.close();
    }
});
