import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { OPERATOR_KEY, OTHER_KEY, OTHER_ORG_ID, signedIn, testApp } from '../support/test-app.ts';
import type { TestApp } from '../support/test-app.ts';

let service: TestApp;
beforeEach(async () => {
    service = await testApp();
});
afterEach(() => service.close());

const operator = { authorization: `Bearer ${OPERATOR_KEY}` };

async function runOfOrg(): Promise<string> {
    const payload = { kind: 'pipeline' };
    return (await service.ask({ method: 'POST', url: '/v1/runs', headers: signedIn(), payload })).json()
        .runKey;
}

test('an org cancels its own run, not one that is over and not one of another org', async () => {
    const runKey = await runOfOrg();
    const cancel = (headers: Record<string, string>, key = runKey) =>
        service.ask({ method: 'POST', url: `/v1/runs/${key}/cancel`, headers });
    expect((await cancel(signedIn(OTHER_ORG_ID, OTHER_KEY))).json().error.code).toBe('RUN_NOT_FOUND');
    expect((await cancel({})).statusCode).toBe(401);
    const answer = await cancel(signedIn());
    expect([answer.statusCode, answer.json()]).toEqual([
        202,
        { runKey, status: 'cancelled', outcome: 'cancelled' }
    ]);
    service.desk.runs[0]!.stage = 'Done';
    const late = await cancel(signedIn());
    expect([late.statusCode, late.json().error.code]).toEqual([409, 'RUN_NOT_CANCELLED']);
});

test('the operator, and no org, sees runs that were put aside and has one tried again', async () => {
    const runKey = await runOfOrg();
    Object.assign(service.desk.runs[0]!, {
        status: 'Failed',
        errors: [{ code: 'RUN_GIVEN_UP', message: 'It broke.', count: 1 }]
    });
    const list = (headers: Record<string, string>) => service.ask({ url: '/v1/runs-put-aside', headers });
    const replay = (headers: Record<string, string>) =>
        service.ask({ method: 'POST', url: `/v1/runs-put-aside/${runKey}/replay`, headers });
    expect([(await list(signedIn())).statusCode, (await replay(signedIn())).statusCode]).toEqual([401, 401]);
    expect((await list(operator)).json()).toMatchObject([
        { runKey, status: 'failed', errors: [{ code: 'RUN_GIVEN_UP' }], putAsideAt: expect.any(String) }
    ]);
    expect((await replay(operator)).json()).toMatchObject({ runKey, status: 'queued', errors: [] });
    expect((await list(operator)).json()).toEqual([]);
    expect((await replay(operator)).json().error.code).toBe('RUN_NOT_PUT_ASIDE');
});
