// A firm with two sellers below one manager, whose deals are made from a seed: history of stages and amounts, calls, no end of
// luck. Days count from 1970; the firm's today is TODAY.
import { orgTimeZone } from '../../../src/domain/org-time-zone.ts';
import { seeded } from '../../../src/domain/outcomes/seeded.ts';
import type { DealRecord, DealVersion } from '../../../src/domain/pipeline-review/types.ts';
import { NONE, type DayNumber } from '../../../src/domain/pipeline/types.ts';
import type { QuarterFacts, Touch } from '../../../src/domain/quarter/quarter-facts.ts';

export const MS = 86_400_000;
/** 2026-11-16, a Monday */
export const TODAY = 20_773;
export const MANAGER = 'manager';
export const SELLERS = ['ann', 'bob'];
export const STAGES = [
    { name: 'Qualify', sortOrder: 1, isClosed: false, isWon: false },
    { name: 'Propose', sortOrder: 2, isClosed: false, isWon: false },
    { name: 'Won', sortOrder: 3, isClosed: true, isWon: true },
    { name: 'Lost', sortOrder: 4, isClosed: true, isWon: false }
];
/** 2024-Q1 and on */
const QUARTERS = [
    19_723, 19_814, 19_905, 19_997, 20_089, 20_179, 20_270, 20_362, 20_454, 20_544, 20_635, 20_727, 20_819,
    20_909
];

export function smallFirm(dealCount: number, seed = 1): QuarterFacts {
    const random = seeded(seed);
    const between = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
    const deals: DealRecord[] = [];
    const touches: Touch[] = [];
    for (let number = 0; number < dealCount; number++) {
        const dealId = `deal-${String(number).padStart(4, '0')}`;
        const createdOn = between(TODAY - 500, TODAY - 1);
        const ownerId = SELLERS[between(0, 1)]!;
        const amountMinor = between(1, 90) * 100_000;
        const closeDate = createdOn + between(40, 120);
        const versions: DealVersion[] = [];
        const enter = (stageName: string, day: DayNumber, amount = amountMinor): void => {
            if (day > TODAY) return;
            versions.push({
                versionId: `${dealId}-${versions.length}`,
                atMs: day * MS + MS / 2,
                stageName,
                amountMinor: amount,
                closeDate,
                ownerId
            });
        };
        const isGood = random() < 0.5;
        enter('Qualify', createdOn);
        if (isGood || random() < 0.5)
            enter('Propose', createdOn + between(3, 20), amountMinor + between(-1, 1) * 50_000);
        // One deal in eight never ends.
        if (random() > 0.125) enter(isGood && random() < 0.8 ? 'Won' : 'Lost', createdOn + between(25, 110));
        deals.push({
            dealId,
            accountId: `account-${number % 9}`,
            segment: number % 2 ? 'New' : 'Renewal',
            createdOn,
            deletedOn: NONE,
            versions
        });
        for (
            let call = createdOn + 2;
            call < Math.min(TODAY, createdOn + (isGood ? 60 : 20));
            call += between(5, 15)
        )
            touches.push({ dealId, atMs: call * MS + MS / 3, name: 'Call', isDone: true });
    }
    const isOpen = ({ versions }: DealRecord): boolean =>
        ['Qualify', 'Propose'].includes(versions.at(-1)!.stageName);
    return {
        asOf: TODAY,
        nowMs: TODAY * MS + MS - 1,
        zone: orgTimeZone('UTC'),
        stages: STAGES,
        renamedStages: new Map(),
        hasSeveralCurrencies: false,
        quarters: QUARTERS.slice(0, -1).map((startOn, at) => ({ startOn, endOn: QUARTERS[at + 1]! - 1 })),
        people: new Map([
            ...SELLERS.map((id) => [id, { managerId: MANAGER, isActive: true }] as const),
            [MANAGER, { managerId: '', isActive: true }]
        ]),
        deals,
        touches,
        recordsActivities: true,
        now: new Map(
            deals.filter(isOpen).map(({ dealId }) => [dealId, { hasNextStep: true, contactRoleCount: 1 }])
        ),
        traits: new Map(),
        commits: [],
        quotas: [],
        held: [],
        rules: {
            rows: { opportunities: [], history: [], activities: [], managers: new Map() },
            policies: [],
            activityCoverage: 'Full',
            feedback: []
        }
    };
}

/** What the firm held at the end of an earlier day. */
export function asOnDay(facts: QuarterFacts, day: DayNumber): QuarterFacts {
    const until = (day + 1) * MS;
    const deals = facts.deals
        .filter(({ createdOn }) => createdOn <= day)
        .map((deal) => ({ ...deal, versions: deal.versions.filter(({ atMs }) => atMs < until) }));
    return {
        ...facts,
        asOf: day,
        nowMs: until - 1,
        deals,
        touches: facts.touches.filter(({ atMs }) => atMs < until),
        now: new Map()
    };
}
