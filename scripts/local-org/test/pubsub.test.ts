// The Pub/Sub API of the local org, asked by a plain gRPC client: what is told, to whom, from where on, and how much at a time.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createOrg } from '../create-org.ts';
import type { LocalOrg } from '../local-org.ts';
import { deploy } from '../metadata/deploy.ts';
import { selectObjects } from '../pubsub/select-objects.ts';
import { startPubSub, type RunningPubSub } from '../pubsub/server.ts';
import { deployZip, metadata } from './support/deploy-zip.ts';
import { PubSubClient, type TestStream } from './support/pubsub-client.ts';

const DEALS = '/data/OpportunityChangeEvent';
const instanceurl = 'http://127.0.0.1:8800';
let org: LocalOrg;
let server: RunningPubSub;
let client: PubSubClient;
const streams: TestStream[] = [];

beforeEach(async () => {
    org = createOrg({ file: ':memory:' });
    server = await startPubSub({ org, keepAliveMs: 100 });
    client = clientOf(org.adminUserId);
});
afterEach(async () => {
    for (const stream of streams.splice(0)) stream.end();
    client.close();
    await server.close();
    org.close();
});

function clientOf(userId: string): PubSubClient {
    const accesstoken = org.auth.issueToken(userId);
    return new PubSubClient(server.address, { accesstoken, instanceurl, tenantid: org.orgId });
}

const asAdmin = () => ({ user: org.users.context(org.adminUserId), mode: 'user' as const });

function addDeal(name = 'Pension fund'): string {
    const row = { Name: name, StageName: 'Prospecting', CloseDate: '2026-12-31', Amount: 100 };
    const [saved] = org.records.insert(asAdmin(), 'Opportunity', [row], { allOrNone: true });
    return saved!.id!;
}

function subscribe(request: object, from = client): TestStream {
    const stream = from.subscribe();
    streams.push(stream);
    stream.ask({ topicName: DEALS, numRequested: 100, ...request });
    return stream;
}

/** Resolves when the subscription stands: only then is LATEST behind us. */
async function subscribed(request: object = {}, from = client): Promise<TestStream> {
    const stream = subscribe(request, from);
    expect((await stream.next()).events).toEqual([]);
    return stream;
}

async function nextEvents(stream: TestStream) {
    for (;;) {
        const answer = await stream.next();
        if (answer.events.length > 0) return answer;
    }
}

describe('what is told', () => {
    test('a row made, changed, deleted and brought back is told with its header and what changed', async () => {
        selectObjects(org, ['Opportunity']);
        const stream = await subscribed();
        const id = addDeal();
        const [created] = await client.decode(await nextEvents(stream));
        expect(created).toMatchObject({
            ChangeEventHeader: { entityName: 'Opportunity', changeType: 'CREATE', recordIds: [id] },
            Amount: 100,
            CloseDate: Date.parse('2026-12-31') / 86_400_000
        });

        org.records.update(asAdmin(), 'Opportunity', [{ Id: id, Amount: 250 }], { allOrNone: true });
        const answer = await nextEvents(stream);
        const [updated] = await client.decode(answer);
        expect(updated).toMatchObject({
            ChangeEventHeader: { changeType: 'UPDATE', commitUser: org.adminUserId },
            Amount: 250,
            Name: null
        });
        const { schemaJson } = await client.call<{ schemaJson: string }>('GetSchema', {
            schemaId: answer.events[0]!.event.schemaId
        });
        const place = JSON.parse(schemaJson).fields.findIndex(
            ({ name }: { name: string }) => name === 'Amount'
        );
        const [bits] = (await client.headers(answer))[0]!.changedFields;
        expect((BigInt(bits!) >> BigInt(place)) & 1n).toBe(1n);

        org.records.delete(asAdmin(), [id], { allOrNone: true });
        expect((await client.headers(await nextEvents(stream)))[0]!.changeType).toBe('DELETE');
        org.records.undelete(asAdmin(), [id], { allOrNone: true });
        expect((await client.headers(await nextEvents(stream)))[0]!.changeType).toBe('UNDELETE');
    });

    test('nothing of an object that is not selected, and nothing of a save that was taken back', async () => {
        selectObjects(org, ['Opportunity']);
        const stream = await subscribed();
        org.records.insert(asAdmin(), 'Account', [{ Name: 'Acme' }], { allOrNone: true });
        const good = { Name: 'Good', StageName: 'Prospecting', CloseDate: '2026-12-31' };
        org.records.insert(asAdmin(), 'Opportunity', [good, { Name: 'No stage' }], { allOrNone: true });
        const id = addDeal('Kept');
        const answer = await nextEvents(stream);
        expect((await client.headers(answer)).map(({ recordIds }) => recordIds)).toEqual([[id]]);
    });

    test('selecting is a deploy of channel members, five at most', () => {
        const send = (...names: string[]) =>
            deploy(
                org,
                deployZip(
                    { PlatformEventChannelMember: names.map((name) => `ChangeEvents_${name}`) },
                    Object.fromEntries(
                        names.map((name) => [
                            `platformEventChannelMembers/ChangeEvents_${name}.platformEventChannelMember`,
                            metadata(
                                'PlatformEventChannelMember',
                                `<eventChannel>ChangeEvents</eventChannel><selectedEntity>${name}</selectedEntity>`
                            )
                        ])
                    )
                ),
                {},
                org.adminUserId
            ).errors.map(({ problem }) => problem);
        expect(send('OpportunityChangeEvent', 'TaskChangeEvent')).toEqual([]);
        expect(send('OpportunityHistoryChangeEvent')[0]).toContain('OpportunityHistoryChangeEvent is not');
        const more = ['Account', 'Contact', 'Lead', 'Case'].map((name) => `${name}ChangeEvent`);
        expect(send(...more)[0]).toContain('on for 5 objects already');
        addDeal();
        expect(org.changeEvents.after(0, 10)).toMatchObject([{ entity: 'Opportunity' }]);
    });
});

describe('how much at a time, and from where on', () => {
    beforeEach(() => selectObjects(org, ['Opportunity', 'Account']));

    test('no more than was asked for; the rest follows when more is asked for', async () => {
        const stream = await subscribed({ numRequested: 2 });
        for (let deal = 1; deal <= 5; deal += 1) addDeal(`Deal ${deal}`);
        let got = 0;
        while (got < 2) got += (await nextEvents(stream)).events.length;
        expect(got).toBe(2);
        stream.ask({ numRequested: 3 });
        const answer = await nextEvents(stream);
        expect(answer).toMatchObject({ pendingNumRequested: 0 });
        expect(answer.events).toHaveLength(3);
    });

    test('who has nothing to hear is told that the stream lives, and how much is still asked for', async () => {
        const stream = subscribe({ numRequested: 7 });
        expect(await stream.next()).toMatchObject({ events: [], pendingNumRequested: 7 });
        expect(await stream.next()).toMatchObject({ events: [], pendingNumRequested: 7 });
    });

    test('EARLIEST tells what is kept, CUSTOM what came after a replay id, LATEST only what is new', async () => {
        const ids = [addDeal('One'), addDeal('Two'), addDeal('Three')];
        const all = await nextEvents(subscribe({ replayPreset: 'EARLIEST' }));
        expect((await client.headers(all)).flatMap(({ recordIds }) => recordIds)).toEqual(ids);
        const { replayId } = all.events[0]!;
        const after = await nextEvents(subscribe({ replayPreset: 'CUSTOM', replayId }));
        expect((await client.headers(after)).flatMap(({ recordIds }) => recordIds)).toEqual(ids.slice(1));
        const stream = await subscribed();
        const fresh = addDeal('Four');
        expect((await client.headers(await nextEvents(stream)))[0]!.recordIds).toEqual([fresh]);
    });

    test('the channel of all objects tells of those the user may see all of', async () => {
        const stream = await subscribed({ topicName: '/data/ChangeEvents' });
        org.records.insert(asAdmin(), 'Account', [{ Name: 'Acme' }], { allOrNone: true });
        expect((await client.headers(await nextEvents(stream)))[0]!.entityName).toBe('Account');
    });
});

describe('what is refused, with the code of Salesforce', () => {
    test.each([
        ['a topic that is none', { topicName: '/data/NothingChangeEvent' }, 'topic.not.found'],
        ['a topic without a name', { topicName: '' }, 'topic.validation.empty'],
        ['no event asked for', { numRequested: 0 }, 'subscription.fetch.requested.events.invalid'],
        [
            'CUSTOM without a replay id',
            { replayPreset: 'CUSTOM' },
            'subscription.fetch.replayid.validation.failed'
        ],
        [
            'a replay id of nobody',
            { replayPreset: 'CUSTOM', replayId: Buffer.from('elsewhere') },
            'subscription.fetch.replayid.corrupted'
        ]
    ])('%s', async (_what, request, code) => {
        expect(await subscribe(request).ended).toMatchObject({ errorCode: code });
    });

    test('another topic on the same stream', async () => {
        const stream = await subscribed();
        stream.ask({ topicName: '/data/AccountChangeEvent', numRequested: 1 });
        expect(await stream.ended).toMatchObject({ errorCode: 'subscription.fetch.topic.mismatch' });
    });

    test('a user who may not see all deals, also when he only asks for the topic', async () => {
        const profile = org.db
            .prepare(`SELECT "Id" FROM "Profile" WHERE "Name" = 'Standard User'`)
            .pluck()
            .get();
        const user = { Username: 'rep@example.com', LastName: 'Rep', Alias: 'rep', Email: 'rep@example.com' };
        const locale = { TimeZoneSidKey: 'Etc/UTC', LocaleSidKey: 'en_GB', LanguageLocaleKey: 'en_US' };
        const row = { ...user, ...locale, EmailEncodingKey: 'UTF-8', ProfileId: profile as string };
        const [saved] = org.records.insert(asAdmin(), 'User', [row], { allOrNone: true });
        const rep = clientOf(saved!.id!);
        expect(await rep.call('GetTopic', { topicName: DEALS })).toMatchObject({ canSubscribe: false });
        expect(await subscribe({}, rep).ended).toMatchObject({
            errorCode: 'subscription.topic.cannot.subscribe'
        });
        rep.close();
    });

    test('a token that is none any more, and headers of another org', async () => {
        const accesstoken = org.auth.issueToken(org.adminUserId);
        const right = { accesstoken, instanceurl, tenantid: org.orgId };
        const elsewhere = '00D000000000001AAA';
        for (const [headers, errorCode] of [
            [{ ...right, tenantid: elsewhere }, 'service.auth.headers.invalid'],
            [{ ...right, accesstoken: '' }, 'service.auth.headers.invalid'],
            [{ ...right, accesstoken: `${org.orgId}!gone` }, 'service.auth.error']
        ] as const) {
            const caller = new PubSubClient(server.address, headers);
            expect(await subscribe({}, caller).ended).toMatchObject({ errorCode });
            await expect(caller.call('GetTopic', { topicName: DEALS })).rejects.toMatchObject({ errorCode });
            caller.close();
        }
    });

    test('publishing and managed subscriptions are refused by name, a schema of nobody by its code', async () => {
        await expect(client.call('Publish', {})).rejects.toMatchObject({
            code: 12,
            details: expect.stringContaining('does not support Publish of')
        });
        for (const method of ['PublishStream', 'ManagedSubscribe'])
            expect(await client.subscribe(method).ended).toMatchObject({ code: 12 });
        await expect(client.call('GetSchema', { schemaId: 'none' })).rejects.toMatchObject({
            errorCode: 'schema.validation.failed'
        });
    });
});

test('what the messages are on the wire: the numbers of the public protocol', async () => {
    const { loadProtocol } = await import('../pubsub/protocol.ts');
    const { service } = await loadProtocol();
    const { path, requestSerialize, responseSerialize } = service['Subscribe']!;
    expect(path).toBe('/eventbus.v1.PubSub/Subscribe');
    const request = { topicName: 'T', replayPreset: 'CUSTOM', replayId: Buffer.from([9]), numRequested: 5 };
    expect(requestSerialize(request).toString('hex')).toBe('0a01541002' + '1a0109' + '2005');
    const event = { id: 'i', schemaId: 's', payload: Buffer.from([7]) };
    const answer = {
        events: [{ event, replayId: Buffer.from([8]) }],
        latestReplayId: Buffer.from([8]),
        rpcId: 'r',
        pendingNumRequested: 4
    };
    const told = '0a0169' + '120173' + '1a0107';
    expect(responseSerialize(answer).toString('hex')).toBe(
        `0a0e0a09${told}120108` + '120108' + '1a0172' + '2004'
    );
});
