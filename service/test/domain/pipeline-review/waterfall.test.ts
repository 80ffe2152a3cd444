import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
    waterfall,
    type Bucket,
    type Scope,
    type Waterfall
} from '../../../src/domain/pipeline-review/waterfall.ts';
import { valueOf, type DealState } from '../../../src/domain/pipeline-review/types.ts';
import { anyOrg, dealWith, LAST_DAY, SEGMENTS, travel } from './histories.ts';

const PERIODS = [null, { startOn: 0, endOn: 59 }, { startOn: 60, endOn: 119 }];
const EVERYTHING: Scope = { includes: () => true, period: null };

function open(deals: readonly DealState[], { includes, period }: Scope): DealState[] {
    return deals.filter(
        (deal) =>
            deal.outcome === 'Open' &&
            includes(deal) &&
            (!period || (deal.closeDate >= period.startOn && deal.closeDate <= period.endOn))
    );
}

const total = (deals: readonly DealState[]): number => deals.reduce((sum, deal) => sum + valueOf(deal), 0);

function bucketsOf(found: Waterfall): Partial<Record<Bucket, number>> {
    return Object.fromEntries(found.buckets.map(({ bucket, changeMinor }) => [bucket, changeMinor]));
}

test('opening plus changes is closing to the cent, in every segment, for every owner and period', () => {
    const anyDays = fc.tuple(fc.nat(LAST_DAY), fc.nat(LAST_DAY));
    fc.assert(
        fc.property(anyOrg, anyDays, (records, days) => {
            const [from, to] = days.toSorted((a, b) => a - b) as [number, number];
            const time = travel(records);
            const [opening, closing] = [time.stateOn(from), time.stateOn(to)];
            const narrowings: Scope['includes'][] = [
                () => true,
                ...SEGMENTS.map((segment) => (deal: DealState) => deal.segment === segment),
                ...['ann', 'bob', 'cy'].map((owner) => (deal: DealState) => deal.ownerId === owner)
            ];
            for (const period of PERIODS) {
                const made = narrowings.map((includes) =>
                    waterfall(opening, closing, from, { includes, period })
                );
                made.forEach((found, at) => {
                    const scope = { includes: narrowings[at]!, period };
                    expect(found.openingMinor).toBe(total(open(opening, scope)));
                    expect(found.closingMinor).toBe(total(open(closing, scope)));
                    const change = found.buckets.reduce((sum, { changeMinor }) => sum + changeMinor, 0);
                    expect(found.openingMinor + change).toBe(found.closingMinor);
                    const ids = found.buckets.flatMap(({ dealIds }) => dealIds);
                    expect(new Set(ids).size).toBe(ids.length);
                });
                // Segments, and owners, make up the whole on both days.
                for (const [start, end] of [
                    [1, 3],
                    [3, 6]
                ] as const)
                    for (const figure of [
                        'openingMinor',
                        'closingMinor',
                        'openingCount',
                        'closingCount'
                    ] as const)
                        expect(made.slice(start, end).reduce((sum, part) => sum + part[figure], 0)).toBe(
                            made[0]![figure]
                        );
            }
        })
    );
});

describe('a quarter by hand', () => {
    const quarter = { startOn: 0, endOn: 90 };
    const id = (dealId: string) => ({ dealId });
    const time = travel([
        dealWith([[1, 'Qualify', 1000, 60]], id('stays')),
        dealWith([[1, 'Qualify', 1000, 60], [20, 'Propose', 1500, 60]], id('grows')), // prettier-ignore
        dealWith([[1, 'Qualify', 1000, 60], [20, 'Propose', 400, 60]], id('shrinks')), // prettier-ignore
        dealWith([[1, 'Qualify', 1000, 60], [20, 'Won', 1100, 20]], id('wins')), // prettier-ignore
        dealWith([[1, 'Qualify', 1000, 60], [20, 'Lost', 1000, 20]], id('loses')), // prettier-ignore
        dealWith([[1, 'Qualify', 1000, 60], [20, 'Qualify', 1000, 120]], id('slips')), // prettier-ignore
        dealWith([[1, 'Qualify', 1000, 120], [20, 'Qualify', 1000, 80]], id('comes forward')), // prettier-ignore
        dealWith([[1, 'Lost', 1000, 60], [20, 'Qualify', 700, 60]], id('returns')), // prettier-ignore
        dealWith([[15, 'Qualify', 300, 60]], id('is new')),
        dealWith([[15, 'Qualify', 300, 60], [20, 'Won', 320, 60]], id('is new and won')), // prettier-ignore
        dealWith([[1, 'Qualify', 50, 60]], { ...id('is deleted'), deletedOn: 25 })
    ]);
    const found = waterfall(time.stateOn(10), time.stateOn(30), 10, { ...EVERYTHING, period: quarter });

    test('opens with 6050, closes with 4900, and every deal is in one bucket', () => {
        expect(found.openingMinor).toBe(6050);
        expect(found.closingMinor).toBe(4900);
        expect(bucketsOf(found)).toEqual({
            Created: 300,
            Reopened: 700,
            PulledIn: 1000,
            Increased: 500,
            Decreased: -600,
            PushedOut: -1000,
            Deleted: -50,
            Won: -1000,
            Lost: -1000,
            CreatedAndWon: 0,
            Unchanged: 0
        });
    });

    test('tells what was won, not what was hoped for when the period opened', () => {
        expect(found.buckets.find(({ bucket }) => bucket === 'Won')!.amountMinor).toBe(1100);
        expect(found.buckets.find(({ bucket }) => bucket === 'CreatedAndWon')!.amountMinor).toBe(320);
    });
});
