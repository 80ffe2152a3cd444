// One org that floods the service, and strangers who guess: neither of them keeps another org out, though Salesforce calls for
// many orgs from one address.
import { describe, expect, test } from '@jest/globals';
import { DEFAULT_RATE_LIMITS } from '../../src/http/rate-limits.ts';
import {
    KEY,
    ORG_ID,
    OTHER_KEY,
    OTHER_ORG_ID,
    signedIn,
    testApp,
    type TestApp
} from '../support/test-app.ts';

const follow = (service: TestApp, headers: Record<string, string>) =>
    service.ask({ url: '/v1/runs/none', headers });

async function statuses(
    service: TestApp,
    times: number,
    headers: Record<string, string>
): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (let i = 0; i < times; i += 1) {
        const { statusCode } = await follow(service, headers);
        counts[statusCode] = (counts[statusCode] ?? 0) + 1;
    }
    return counts;
}

describe('by the limits that ship', () => {
    test('an org that floods is told to come back later, and another from the same address is served', async () => {
        const service = await testApp();
        const { perTenantAMinute, perAddressAMinute } = DEFAULT_RATE_LIMITS;
        const flood = perTenantAMinute + perAddressAMinute + 50;
        expect(await statuses(service, flood, signedIn())).toEqual({
            404: perTenantAMinute,
            429: perAddressAMinute + 50
        });
        expect(await statuses(service, 5, signedIn(OTHER_ORG_ID, OTHER_KEY))).toEqual({ 404: 5 });
        await service.close();
    });

    test('who guesses keys is refused soon, and the org he guesses for is served from the same address', async () => {
        const service = await testApp();
        const { perAddressAMinute } = DEFAULT_RATE_LIMITS;
        expect(await statuses(service, perAddressAMinute + 30, signedIn(ORG_ID, 'guess'))).toEqual({
            401: perAddressAMinute,
            429: 30
        });
        expect((await follow(service, signedIn(ORG_ID, KEY))).statusCode).toBe(404);
        await service.close();
    });

    test('users an org makes up do not lift its limit', async () => {
        const service = await testApp({
            rateLimits: { perUserAMinute: 5, perTenantAMinute: 20, perAddressAMinute: 100 }
        });
        const codes = [];
        for (let i = 0; i < 40; i += 1) {
            const user = `005${String(i).padStart(12, '0')}AAA`;
            codes.push((await follow(service, signedIn(ORG_ID, KEY, user))).statusCode);
        }
        expect(codes.filter((code) => code === 404)).toHaveLength(20);
        await service.close();
    });
});
