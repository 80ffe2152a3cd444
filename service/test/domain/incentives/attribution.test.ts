import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
    handOverShares,
    positionShares,
    shapleyShares,
    touchShares
} from '../../../src/domain/incentives/attribution.ts';
import type { Transaction } from '../../../src/domain/incentives/input.ts';
import { Ratio, sumOf } from '../../../src/domain/ratio.ts';

function transaction(parts: Partial<Transaction>): Transaction {
    return {
        id: 't',
        date: '2026-01-31',
        amount: null,
        currency: '',
        owner: '',
        splits: [],
        team: {},
        owners: [],
        touches: [],
        coalitions: {},
        events: {},
        reverses: '',
        amends: '',
        fields: {},
        ...parts
    };
}

const shown = (shares: { payeeId: string; share: Ratio }[]): string[] =>
    shares.map(({ payeeId, share }) => `${payeeId} ${share}`);
const touches = (...ids: string[]): Transaction['touches'] =>
    ids.map((payeeId, index) => ({ payeeId, at: `2026-01-0${index + 1}` }));

describe('shares of those who had a hand in a sale', () => {
    test('a hand-over by days counts first and last day, up to the date of the sale', () => {
        const owners = [
            { payeeId: 'new', from: '2026-01-11', to: '', stages: null, share: null },
            { payeeId: 'old', from: '2026-01-01', to: '2026-01-10', stages: null, share: null }
        ];
        // 10 days of 31, 21 days of 31
        expect(shown(handOverShares(transaction({ owners }), 'days'))).toEqual(['old 10/31', 'new 21/31']);
    });

    test('a hand-over by stages divides by stages completed', () => {
        const owners = [
            { payeeId: 'departing', from: '', to: '', stages: Ratio.of(3), share: null },
            { payeeId: 'new', from: '', to: '', stages: Ratio.of(2), share: null }
        ];
        expect(shown(handOverShares(transaction({ owners }), 'stages'))).toEqual([
            'departing 0.6',
            'new 0.4'
        ]);
    });

    test('a hand-over by date gives all to the owner on the date, and nobody then is a problem', () => {
        const owners = [
            { payeeId: 'old', from: '2026-01-01', to: '2026-01-30', stages: null, share: null },
            { payeeId: 'new', from: '2026-01-31', to: '', stages: null, share: null }
        ];
        expect(shown(handOverShares(transaction({ owners }), 'date'))).toEqual(['new 1']);
        const before = transaction({ owners, date: '2025-12-31' });
        expect(() => handOverShares(before, 'date')).toThrow(/NO_OWNER_ON_DATE/);
    });

    test('a hand-over by date gives those who had shares on the date what they had, by days it counts them', () => {
        const owners = [
            { payeeId: 'old', from: '2026-01-01', to: '2026-01-10', stages: null, share: null },
            { payeeId: 'old', from: '2026-01-11', to: '', stages: null, share: Ratio.of(3, 5) },
            { payeeId: 'new', from: '2026-01-11', to: '', stages: null, share: Ratio.of(2, 5) }
        ];
        expect(shown(handOverShares(transaction({ owners }), 'date'))).toEqual(['new 0.4', 'old 0.6']);
        // 10 days and 21 x 60 % of 31, 21 x 40 % of 31
        expect(shown(handOverShares(transaction({ owners }), 'days'))).toEqual(['old 113/155', 'new 42/155']);
    });

    test('first, last and linear follow the order of time, whatever the order of rows', () => {
        const sold = transaction({ touches: touches('ad', 'mail', 'ad', 'rep').reverse() });
        expect(shown(touchShares(sold, 'first'))).toEqual(['ad 1']);
        expect(shown(touchShares(sold, 'last'))).toEqual(['rep 1']);
        expect(shown(touchShares(sold, 'linear'))).toEqual(['ad 0.5', 'mail 0.25', 'rep 0.25']);
    });

    test('by position the touches between share what first and last leave', () => {
        const [first, last] = [Ratio.of(2, 5), Ratio.of(2, 5)];
        const shares = (...ids: string[]): string[] =>
            shown(positionShares(transaction({ touches: touches(...ids) }), first, last));
        expect(shares('a', 'b', 'c', 'd')).toEqual(['a 0.4', 'b 0.1', 'c 0.1', 'd 0.4']);
        expect(shares('a', 'b')).toEqual(['a 0.5', 'b 0.5']);
        expect(shares('a')).toEqual(['a 1']);
    });

    test('Shapley averages what each adds over every order of arrival', () => {
        const coalitions = { A: Ratio.of(100), 'A,B': Ratio.of(250) };
        // A: (100 + 250) / 2 = 175; B: (0 + 150) / 2 = 75; of 250
        expect(shown(shapleyShares(transaction({ coalitions })))).toEqual(['A 0.7', 'B 0.3']);
    });

    test('Shapley of three: the glove game gives the single left glove two thirds', () => {
        const one = Ratio.ONE;
        const coalitions = { 'L,R': one, 'L,S': one, 'L,R,S': one };
        expect(shown(shapleyShares(transaction({ coalitions })))).toEqual(['L 2/3', 'R 1/6', 'S 1/6']);
    });

    test('shares always make up the whole', () => {
        const ids = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 9 });
        fc.assert(
            fc.property(
                ids,
                fc.integer({ min: 1, max: 50 }),
                fc.integer({ min: 1, max: 50 }),
                (names, first, last) => {
                    const sold = transaction({ touches: touches(...names) });
                    const shares = [
                        touchShares(sold, 'linear'),
                        positionShares(sold, Ratio.of(first, 100), Ratio.of(last, 100))
                    ];
                    for (const list of shares)
                        expect(sumOf(list.map(({ share }) => share))).toEqual(Ratio.ONE);
                }
            )
        );
    });
});
