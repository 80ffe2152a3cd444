import { describe, expect, test } from '@jest/globals';
import { parseDay } from '../../../src/domain/calendar.ts';
import { commitsOfMonths } from '../../../src/domain/people-review/commits-kept.ts';
import { crmFacts } from '../../../src/domain/people-review/crm-facts.ts';
import { monthShares } from '../../../src/domain/people-review/month-shares.ts';
import type { CommitSaid, PeopleFacts } from '../../../src/domain/people-review/people-facts.ts';
import { reviewPeople } from '../../../src/domain/people-review/review-people.ts';
import { ANNA, BOSS, deal, person, reviewed, TODAY } from './world.ts';

const told = (more: Partial<PeopleFacts>, signal: string) =>
    crmFacts(reviewed(more))
        .filter((fact) => fact.signal === signal)
        .map(({ person: who, day, value, attributes, subject }) => ({
            who,
            day,
            value,
            attributes,
            subject
        }));

describe('a deal', () => {
    test('is added, open until it is closed, and then won or lost, with its client kind and its days', () => {
        const won = deal('d1', { outcome: 'won', closedOn: TODAY - 3, isNewClient: false });
        const of = (signal: string) =>
            told({ deals: [won] }, signal).map(({ day, value, attributes }) => [day, value, attributes]);
        const amount = 1_000_000_000;
        expect(of('opportunity-added')).toEqual([[TODAY - 60, amount, {}]]);
        expect(of('open-pipeline')).toEqual([
            [TODAY - 60, amount, {}],
            [TODAY - 3, 0, {}]
        ]);
        expect(of('opportunity-closed')).toEqual([
            [TODAY - 3, amount, { outcome: 'won', kind: 'existing-client' }]
        ]);
        expect(of('won-cycle-days')).toEqual([[TODAY - 3, 570_000, {}]]);
        expect(of('hygiene-check')).toEqual([]);
    });

    test('says nothing of the kind of client where the org does not', () => {
        const lost = deal('d1', { outcome: 'lost', closedOn: TODAY - 3, isNewClient: null });
        expect(told({ deals: [lost] }, 'opportunity-closed')).toMatchObject([
            { attributes: { outcome: 'lost' } }
        ]);
        expect(told({ deals: [lost] }, 'won-cycle-days')).toEqual([]);
    });

    test('is real pipeline until a red warning comes up', () => {
        const flagged = deal('d1', { redSince: TODAY - 20 });
        expect(told({ deals: [flagged] }, 'real-pipeline').map(({ day, value }) => [day, value])).toEqual([
            [TODAY - 60, 1_000_000_000],
            [TODAY - 20, 0]
        ]);
    });

    test('is checked today for a next step, a date to come and a stage that was touched', () => {
        const neglected = deal('d1', { hasNextStep: false, closeDate: TODAY - 1, stageSince: TODAY - 31 });
        const outcomes = (one: ReturnType<typeof deal>) =>
            told({ deals: [one] }, 'hygiene-check').map(({ attributes }) => attributes.outcome);
        expect(outcomes(neglected)).toEqual(['failed', 'failed', 'failed']);
        expect(outcomes(deal('d2'))).toEqual(['passed', 'passed', 'passed']);
    });

    test('closed in the future is not closed yet', () => {
        const early = deal('d1', { outcome: 'won', closedOn: TODAY + 5 });
        expect(told({ deals: [early] }, 'opportunity-closed')).toEqual([]);
    });
});

describe('somebody who took over', () => {
    test('is not told what a predecessor did on the deal before', () => {
        const joined = TODAY - 30;
        const people = [person(BOSS, 'manager', null), person(ANNA, 'adviser', BOSS, { joined })];
        const inherited = deal('d1', { createdOn: TODAY - 60, outcome: 'won', closedOn: TODAY - 3 });
        expect(told({ people, deals: [inherited] }, 'opportunity-added')).toEqual([]);
        expect(told({ people, deals: [inherited] }, 'opportunity-closed')).toHaveLength(1);
    });
});

describe('the quota of a manager', () => {
    const quotas = [
        {
            id: 'q1',
            personId: BOSS,
            from: parseDay('2026-11-01'),
            to: parseDay('2026-11-30'),
            amountMinor: 100
        }
    ];

    test('who sells nothing is that of the team, and no quota of theirs', () => {
        expect(told({ quotas, deals: [deal('d1')] }, 'quota')).toEqual([]);
    });

    test('who sells counts', () => {
        expect(told({ quotas, deals: [deal('d1', { ownerId: BOSS })] }, 'quota')).toHaveLength(1);
    });
});

describe('amounts agreed for several months', () => {
    test('are shared by days, and no cent is lost', () => {
        const quarter = { from: parseDay('2026-10-01'), to: parseDay('2026-12-31'), amountMinor: 10_000_001 };
        const shares = monthShares(quarter);
        expect(shares.map(({ amountMinor }) => amountMinor)).toEqual([3_369_566, 3_260_870, 3_369_565]);
        expect(shares.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(10_000_001);
        expect(shares[1]!.day).toBe(parseDay('2026-11-01'));
    });
});

describe('what a person committed to', () => {
    const SAID: CommitSaid = {
        id: 'c1',
        personId: ANNA,
        from: parseDay('2026-10-01'),
        to: parseDay('2026-10-31'),
        amountMinor: 100_000_00,
        on: parseDay('2026-09-28'),
        atMs: 1
    };
    const later = { ...SAID, id: 'c2', amountMinor: 20_000_00, on: parseDay('2026-10-30'), atMs: 2 };

    test('is what was on record when the month began, whatever is said later in it', () => {
        expect(commitsOfMonths([later, SAID])).toEqual([
            { personId: ANNA, id: 'c1', day: SAID.from, amountMinor: 100_000_00 }
        ]);
    });

    test('is the first that was said in the month where none was before', () => {
        expect(commitsOfMonths([later])).toMatchObject([{ id: 'c2', amountMinor: 20_000_00 }]);
        expect(commitsOfMonths([{ ...later, on: parseDay('2026-11-01') }])).toEqual([]);
    });

    test('of a quarter counts month by month, each as it stood when the month began', () => {
        const quarter = { ...SAID, to: parseDay('2026-12-31'), amountMinor: 92_00 };
        const raised = { ...quarter, id: 'c2', amountMinor: 184_00, on: parseDay('2026-10-20'), atMs: 2 };
        expect(commitsOfMonths([quarter, raised]).map(({ id, amountMinor }) => [id, amountMinor])).toEqual([
            ['c1', 31_00],
            ['c2', 60_00],
            ['c2', 62_00]
        ]);
    });

    test('is held against what was won, on the sheet of a seller', () => {
        const seller = person(ANNA, 'asset-servicing', BOSS);
        const won = deal('d1', {
            outcome: 'won',
            closedOn: parseDay('2026-10-12'),
            createdOn: parseDay('2026-07-01'),
            amountMinor: 90_000_00
        });
        const { cards } = reviewPeople(
            reviewed({ people: [person(BOSS, 'manager', null), seller], deals: [won], commits: [SAID] })
        );
        const october = cards.find((card) => card.person === ANNA && card.month === '2026-10')!;
        expect(october.metrics.find(({ metric }) => metric === 'commit-accuracy')).toMatchObject({
            value: 900_000,
            status: 'met'
        });
    });
});
