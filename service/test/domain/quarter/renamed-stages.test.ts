import { expect, test } from '@jest/globals';
import { renamedStages } from '../../../src/domain/quarter/renamed-stages.ts';
import { STAGES } from './small-firm.ts';

const deals = (count: number, lastInHistory: string, now: string) =>
    Array.from({ length: count }, () => ({ lastInHistory, now }));

test('an old name is the stage that nearly all its deals are in now', () => {
    expect(renamedStages([...deals(9, 'Offer', 'Propose'), ...deals(1, 'Offer', 'Won')], STAGES)).toEqual(
        new Map([['Offer', 'Propose']])
    );
});

test('where its deals went different ways, nothing is guessed', () => {
    expect(renamedStages([...deals(8, 'Offer', 'Propose'), ...deals(2, 'Offer', 'Won')], STAGES).size).toBe(
        0
    );
});

test('a stage the org knows, and one whose deals are in stages nobody knows either, stay as they are', () => {
    expect(
        renamedStages([...deals(5, 'Qualify', 'Propose'), ...deals(5, 'Offer', 'Gone')], STAGES).size
    ).toBe(0);
});
