// Who owned a deal when, from the history an org keeps; and that nothing is guessed where it keeps none.
import { describe, expect, test } from '@jest/globals';
import { listOf, ownersOf, type DealHistory } from '../../../src/domain/pay/ownership.ts';
import type { SaleFact } from '../../../src/domain/pay/pay-facts.ts';
import { linesOf, onPlan, payoutOf, PayWorld, sold, version } from './pay-world.ts';

const change = (at: string, from: string, to: string) => ({ at: `2026-${at}:00.000Z`, from, to });
const SINCE = '2026-01-01T00:00:00.000Z';

function owners(changes: Partial<DealHistory>, since = SINCE) {
    const deal = {
        ownerId: 'bob',
        createdAt: '2026-01-10T08:00:00.000Z',
        isKeptFromStart: true,
        changes: [change('02-01T10:00', 'ann', 'bob')],
        stageChanges: [],
        ...changes
    };
    const known = ownersOf(deal, since);
    return listOf(known)?.map((one) => Object.values(one).join(' ')) ?? JSON.stringify(known);
}

describe('owners of a deal', () => {
    test('are those of its changes, from the day it was made, in whatever order they are read', () => {
        const changes = [change('02-20T09:00', 'bob', 'cy'), change('02-01T10:00', 'ann', 'bob')];
        expect(owners({ ownerId: 'cy', changes })).toEqual([
            'ann 2026-01-10 2026-01-31 0',
            'bob 2026-02-01 2026-02-19 0',
            'cy 2026-02-20  0'
        ]);
    });

    test('completed the stages that were left while it was theirs', () => {
        const stageChanges = [
            '2026-01-15T00:00:00.000Z',
            '2026-02-01T09:59:00.000Z',
            '2026-02-01T10:01:00.000Z'
        ];
        expect(owners({ stageChanges })).toEqual(['ann 2026-01-10 2026-01-31 2', 'bob 2026-02-01  1']);
    });

    test('who passed it on the same day had no day of it, but the stages', () => {
        const changes = [change('02-01T10:00', 'ann', 'cy'), change('02-01T12:00', 'cy', 'bob')];
        expect(owners({ changes })).toEqual(['ann 2026-01-10 2026-01-31 0', 'bob 2026-02-01  0']);
        expect(owners({ changes, stageChanges: ['2026-02-01T11:00:00.000Z'] })).toContain(
            'cy 2026-02-01 2026-02-01 1'
        );
    });

    test('is the owner of now where changes are kept and there is none', () => {
        expect(owners({ changes: [] })).toEqual(['bob 2026-01-10  0']);
    });

    test.each<[string, Partial<DealHistory>, string]>([
        ['the org keeps no history of owners', { changes: [] }, ''],
        ['it was made before they were kept', { changes: [] }, '2026-01-11T00:00:00.000Z'],
        ['its beginning is gone', { isKeptFromStart: false }, SINCE],
        ['a change is missing', { changes: [change('02-01T10:00', 'ann', 'cy')] }, SINCE],
        [
            'a change between is missing',
            { changes: [change('02-01T10:00', 'ann', 'cy'), change('02-20T09:00', 'dan', 'bob')] },
            SINCE
        ]
    ])('are not known where %s', (_, changes, since) => {
        expect(owners(changes, since)).toContain('OpportunityFieldHistory');
    });
});

describe('a deal that was handed over', () => {
    const PLAN = (to: string): string => `plan: plan
currency: GBP
effective: { from: 2026-01-01 }
period: quarter
crediting: [{ key: shared, to: ${to} }]
components: { commission: { per: credit, base: payable, rate: 10% } }
`;
    function world(to: string, changes: Partial<SaleFact>): PayWorld {
        const one = new PayWorld(version(PLAN(to)));
        one.assignments = [onPlan('ann'), onPlan('bob')];
        one.sales = [sold('s1', '2026-02-09', '1000', { ownerId: 'bob', ...changes })];
        return one;
    }
    const spans = [
        { payeeId: 'ann', from: '2026-01-11', to: '2026-01-31', stages: 3 },
        { payeeId: 'bob', from: '2026-02-01', to: '', stages: 1 }
    ];
    const paid = (one: PayWorld): (string | null)[] => {
        const outcome = one.run('2026-Q1');
        return ['ann', 'bob'].map((payee) => payoutOf(outcome, payee));
    };

    test('pays by days, by stages, and by who owned it on its day', () => {
        expect(paid(world('{ handOver: days }', { owners: spans }))).toEqual(['70.00', '30.00']);
        expect(paid(world('{ handOver: stages }', { owners: spans }))).toEqual(['75.00', '25.00']);
        expect(paid(world('{ handOver: date }', { owners: spans }))).toEqual(['0.00', '100.00']);
    });

    test('is paid to nobody where the org does not know its owners, and says so by name', () => {
        const one = world('{ handOver: days }', {
            owners: { unknown: 'OpportunityFieldHistory cannot be read' }
        });
        const outcome = one.run('2026-Q1');
        expect(outcome.problems).toMatchObject([
            {
                code: 'NOT_KNOWN',
                where: 'transaction s1, owners',
                value: 'OpportunityFieldHistory cannot be read'
            }
        ]);
        expect(paid(one)[1]).toBeNull();
    });

    test('pays those who touched it, where the plan says from where', () => {
        const activities = [
            { payeeId: 'ann', at: '2026-01-12' },
            { payeeId: 'bob', at: '2026-02-01' },
            { payeeId: 'ann', at: '2026-02-02' }
        ];
        const touches = { activities };
        expect(paid(world('{ touches: first, from: activities }', { touches }))).toEqual(['100.00', '0.00']);
        const linear = world('{ touches: linear, from: activities }', { touches });
        expect(linesOf(linear.run('2026-Q1'))).toEqual(['Earning Commission 66.67']);
        for (const to of ['{ touches: first }', '{ touches: shapley, from: activities }']) {
            const refused = world(to, { touches });
            expect(refused.run('2026-Q1').problems).toMatchObject([
                { code: 'NOT_KNOWN', where: 'transaction s1, touches' }
            ]);
            expect(paid(refused)[1]).toBeNull();
        }
    });

    test('pays owners of activities and campaigns together, a campaign that was responded to once', () => {
        const touches = {
            activities: [{ payeeId: 'ann', at: '2026-01-20' }],
            campaigns: [{ payeeId: 'bob', at: '2026-01-12', campaignId: 'fair' }],
            primaryCampaign: [{ payeeId: 'bob', at: '2026-01-30', campaignId: 'fair' }]
        };
        const by = (to: string): (string | null)[] => paid(world(to, { touches }));
        expect(by('{ touches: first, from: [activities, campaigns] }')).toEqual(['0.00', '100.00']);
        expect(by('{ touches: last, from: [activities, primaryCampaign] }')).toEqual(['0.00', '100.00']);
        const all = '[activities, campaigns, primaryCampaign]';
        expect(by(`{ touches: last, from: ${all} }`)).toEqual(['100.00', '0.00']);
        expect(by(`{ touches: linear, from: ${all} }`)).toEqual(['50.00', '50.00']);
    });

    test('is told and paid to nobody where one of the sources is not known, or rules read different ones', () => {
        const touches = {
            activities: [{ payeeId: 'ann', at: '2026-01-20' }],
            campaigns: { unknown: 'no day of a response to campaign fair' }
        };
        const one = world('{ touches: linear, from: [activities, campaigns] }', { touches, ownerId: 'cy' });
        expect(one.run('2026-Q1').problems).toMatchObject([
            { code: 'NOT_KNOWN', where: 'transaction s1, touches', value: touches.campaigns.unknown }
        ]);
        const two = world(
            '{ touches: linear, from: activities } }, { key: more, to: { touches: linear, from: campaigns }',
            { touches }
        );
        expect(two.run('2026-Q1').problems).toMatchObject([
            { code: 'NOT_KNOWN', value: 'rules of the plan read touches from different sources' }
        ]);
    });

    test('tells nobody on the plan a figure where one of its sources cannot be read', () => {
        const one = world('{ touches: linear, from: [activities, campaigns] }', { touches: {} });
        one.unreadTouches = { campaigns: 'CampaignMember cannot be read' };
        expect(paid(one)).toEqual([null, null]);
        const where = 'plan version plan:1, touches from campaigns';
        expect(one.run('2026-Q1').problems).toMatchObject([
            { where, payeeId: 'ann' },
            { where, payeeId: 'bob', value: 'CampaignMember cannot be read' }
        ]);
        one.unreadTouches = { primaryCampaign: 'Opportunity.CampaignId cannot be read' };
        expect(one.run('2026-Q1').problems).toMatchObject([{ value: 'activities were not read' }]);
    });
});
