import { describe, expect, test } from '@jest/globals';
import { forecastKey, snapshotKey } from '../../../src/domain/quarter/keys.ts';
import type {
    ForecastResult,
    Part,
    QuarterReview,
    Snapshot
} from '../../../src/domain/quarter/quarter-review.ts';
import { reviewQuarters } from '../../../src/domain/quarter/review-quarters.ts';
import { MANAGER, MS, SELLERS, TODAY, asOnDay, smallFirm } from './small-firm.ts';

/** Enough deals to count stages, too few for models. */
const firm = smallFirm(72);
const review = reviewQuarters(firm, [TODAY - 7]);

const sum = (parts: readonly Part[]): number =>
    parts.reduce((total, { amountMinor }) => total + amountMinor, 0);
const snapshotOf = (from: QuarterReview, userId: string, scope = 'Own', asOf = TODAY): Snapshot =>
    from.snapshots.find((one) => one.of.userId === userId && one.of.scope === scope && one.asOf === asOf)!;
const forecastOf = (from: QuarterReview, userId: string, scope = 'Own', segment = ''): ForecastResult =>
    from.forecasts.find(
        (one) => one.of.userId === userId && one.of.scope === scope && one.segment === segment
    )!;

/** Chances, and what won and lost deals have in common, are told of today alone: lead sources have no history. */
const withoutToday = (one: Snapshot) => ({
    ...one,
    expectedMinor: undefined,
    figures: { ...one.figures, winLoss: undefined }
});

describe('snapshots', () => {
    test('claimed less what is excluded is real, opening plus changes is claimed, to the cent', () => {
        expect(review.snapshots.length).toBeGreaterThan(0);
        for (const one of review.snapshots) {
            expect(one.claimedMinor - sum(one.exclusions)).toBe(one.realMinor);
            expect(one.openingMinor + sum(one.changes)).toBe(one.claimedMinor);
        }
    });

    test('the team is the sum of its people', () => {
        for (const period of new Set(review.snapshots.map((one) => one.period.key))) {
            const of = (userId: string, scope: string): Snapshot =>
                review.snapshots.find(
                    (one) =>
                        one.of.userId === userId &&
                        one.of.scope === scope &&
                        one.asOf === TODAY &&
                        one.period.key === period
                )!;
            const people = SELLERS.map((seller) => of(seller, 'Own'));
            const team = of(MANAGER, 'Team');
            for (const figure of ['claimedMinor', 'wonMinor', 'openingMinor', 'dealCount'] as const)
                expect(team[figure]).toBe(people.reduce((total, one) => total + one[figure], 0));
        }
    });

    test('any Monday told later, a week or a quarter, is what was told on that Monday', () => {
        const mondays = [7, 49, 91].map((ago) => TODAY - ago);
        const all = reviewQuarters(firm, mondays).snapshots;
        for (const monday of mondays) {
            const then = reviewQuarters(asOnDay(firm, monday), []).snapshots;
            const later = all.filter(({ asOf }) => asOf === monday);
            expect(later.length).toBeGreaterThan(0);
            expect(later.map(snapshotKey)).toEqual(then.map(snapshotKey));
            expect(later.map(withoutToday)).toEqual(then.map(withoutToday));
        }
    });

    test('in several currencies nothing is added up, and no amount is said to be missing', () => {
        const { snapshots, forecasts, briefs, actuals, cards, warnings } = reviewQuarters(
            { ...firm, hasSeveralCurrencies: true },
            [TODAY - 7]
        );
        expect([snapshots, forecasts, briefs, actuals]).toEqual([[], [], [], []]);
        expect(cards).toHaveLength(4);
        expect(warnings.map(({ code }) => code)).not.toContain('FORECAST_AMOUNT_MISSING');
    });

    test('fields that have no history are not told of days that are past', () => {
        expect(snapshotOf(review, 'ann').hygieneScore).not.toBeNull();
        expect(snapshotOf(review, 'ann', 'Own', TODAY - 7).hygieneScore).toBeNull();
    });
});

describe('forecasts', () => {
    test('without a model each deal counts by the share of its stage', () => {
        expect(review.cards.find(({ kind }) => kind === 'Win')!.status).toBe('NotEnoughHistory');
        expect(forecastOf(review, 'ann').basis).toBe('StageRates');
        expect(review.scores).toEqual([]);
    });

    test('low, middle and high stand in order, not below what is won', () => {
        for (const { range, wonMinor } of review.forecasts) {
            expect(range!.low).toBeGreaterThanOrEqual(wonMinor);
            expect(range!.middle).toBeGreaterThanOrEqual(range!.low);
            expect(range!.high).toBeGreaterThanOrEqual(range!.middle);
        }
    });

    test('the accounts add up to what is at risk, and securing a deal never lowers the low end', () => {
        const whole = review.forecasts.filter(({ segment }) => segment === '');
        expect(whole.some(({ drivers }) => drivers.length > 1)).toBe(true);
        for (const { range, drivers } of whole) {
            expect(drivers.reduce((total, { amountMinor }) => total + amountMinor, 0)).toBe(
                range!.middle - range!.low
            );
            for (const { lowMinor } of drivers.flatMap(({ mitigations }) => mitigations))
                expect(lowMinor).toBeGreaterThanOrEqual(range!.low);
        }
    });

    test('a manager’s commit counts before the person’s own, of each the one said last', () => {
        const periodStartOn = forecastOf(review, 'ann').period.startOn;
        const say = (submittedById: string, amountMinor: number, hour: number) => ({
            repId: 'ann',
            submittedById,
            periodStartOn,
            category: 'Commit',
            amountMinor,
            atMs: TODAY * MS + hour
        });
        const commits = [say('ann', 900, 1), say(MANAGER, 700, 2), say('ann', 800, 3)];
        const said = reviewQuarters({ ...firm, commits }, []);
        expect(forecastOf(said, 'ann').commitMinor).toBe(700);
        expect(
            forecastOf(reviewQuarters({ ...firm, commits: [commits[0]!, commits[2]!] }, []), 'ann')
                .commitMinor
        ).toBe(800);
        expect(forecastOf(review, 'ann').commitMinor).toBeNull();
    });

    test('too few closed deals say nothing at all', () => {
        const young = reviewQuarters(smallFirm(12), []);
        expect(young.forecasts.map(({ basis, range }) => [basis, range])).toEqual(
            young.forecasts.map(() => ['TooLittle', null])
        );
        expect(young.briefs[0]!.sentences[0]!.text).toContain('not enough history');
    });
});

describe('the brief', () => {
    test('every figure is that of the row and field it names', () => {
        const [brief] = review.briefs;
        expect(brief!.readerId).toBe(MANAGER);
        const rows = new Map<string, Record<string, number>>();
        for (const one of review.snapshots)
            rows.set(snapshotKey(one), {
                ClaimedAmount__c: one.claimedMinor,
                RealAmount__c: one.realMinor,
                OpeningAmount__c: one.openingMinor
            });
        for (const one of review.forecasts)
            // A snapshot and a forecast of the same people and quarter have the same key.
            rows.set(forecastKey(one), {
                ...rows.get(forecastKey(one)),
                LowAmount__c: one.range!.low,
                MiddleAmount__c: one.range!.middle,
                HighAmount__c: one.range!.high,
                AtRiskAmount__c: one.range!.middle - one.range!.low
            });
        const amounts = brief!.sentences
            .flatMap(({ figures }) => figures)
            .filter(
                ({ unit, field }) => unit === 'Amount' && !['Drivers__c', 'Exclusions__c'].includes(field)
            );
        expect(amounts.length).toBeGreaterThan(4);
        for (const { value, recordKey, field } of amounts)
            expect(Math.round(Number(value) * 100)).toBe(rows.get(recordKey)![field]);
    });
});

test('the same facts give the same review, whatever the order of deals and work', () => {
    const turned = reviewQuarters(
        { ...firm, deals: firm.deals.toReversed(), touches: firm.touches.toReversed() },
        [TODAY - 7]
    );
    expect(turned).toEqual(review);
});
