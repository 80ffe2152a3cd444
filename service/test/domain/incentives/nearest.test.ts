import { expect, test } from '@jest/globals';
import { didYouMean, nearestOf } from '../../../src/domain/incentives/nearest.ts';

const KEYS = ['rate', 'rateFloor', 'components', 'measures', 'of'];

test.each([
    ['componets', 'components'],
    ['mesaures', 'measures'],
    ['ratefloor', 'rateFloor'],
    ['Rate', 'rate'],
    ['fo', 'of'],
    ['limits', null],
    ['x', null],
    ['', null]
])('%j is taken for %j', (word, meant) => {
    expect(nearestOf(word, KEYS)).toBe(meant);
});

test('nothing is suggested where nothing is near', () => {
    expect(didYouMean('draw', KEYS)).toBe('');
    expect(didYouMean('compnents', KEYS)).toBe('Did you mean components? ');
});
