import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { logFactorial } from '../../../src/domain/statistics/log-gamma.ts';
import { normalCdf, normalQuantile } from '../../../src/domain/statistics/normal.ts';
import {
    benjaminiHochberg,
    fisherExact,
    wilsonInterval
} from '../../../src/domain/statistics/proportions.ts';
import { SeededRandom } from '../../../src/domain/statistics/random.ts';
import { studentCdf, studentQuantile } from '../../../src/domain/statistics/student.ts';

describe('the normal distribution', () => {
    test('has the published values, in the middle and far out', () => {
        expect(normalCdf(0)).toBe(0.5);
        expect(normalCdf(1.95996398454005)).toBeCloseTo(0.975, 14);
        expect(normalCdf(-3)).toBeCloseTo(1.3498980316301e-3, 15);
        expect(normalCdf(-6) / 9.865876450377e-10).toBeCloseTo(1, 11);
        expect(normalQuantile(0.1)).toBeCloseTo(-1.2815515655446, 13);
    });

    test('and its inverse undo each other', () => {
        fc.assert(
            fc.property(fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), (chance) => {
                expect(normalCdf(normalQuantile(chance))).toBeCloseTo(chance, 12);
            })
        );
    });
});

describe("Student's t", () => {
    test('has the quantiles of the printed tables', () => {
        expect(studentQuantile(0.95, 3)).toBeCloseTo(2.35336, 5);
        expect(studentQuantile(0.975, 1)).toBeCloseTo(12.7062, 4);
        expect(studentQuantile(0.95, 1000)).toBeCloseTo(1.64638, 5);
        expect(studentCdf(studentQuantile(0.2, 7), 7)).toBeCloseTo(0.2, 12);
    });
});

describe('shares and their uncertainty', () => {
    test("Wilson's interval of 5 in 10 is 0.237 to 0.763, and nothing observed says nothing", () => {
        expect(wilsonInterval(5, 10).low).toBeCloseTo(0.2366, 4);
        expect(wilsonInterval(5, 10).high).toBeCloseTo(0.7634, 4);
        expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
    });

    test("Wilson's interval holds the share it is about and stays within 0 and 1", () => {
        fc.assert(
            fc.property(fc.nat(1000), fc.nat(1000), (hits, misses) => {
                fc.pre(hits + misses > 0);
                const { low, high } = wilsonInterval(hits, hits + misses);
                const share = hits / (hits + misses);
                expect(low).toBeGreaterThanOrEqual(0);
                expect(low).toBeLessThanOrEqual(share);
                expect(high).toBeGreaterThanOrEqual(share);
                expect(high).toBeLessThanOrEqual(1);
            })
        );
    });

    test("Fisher's exact test answers the tea lady: 3 of 4 right has a p-value of 0.4857", () => {
        expect(fisherExact(3, 4, 1, 4)).toBeCloseTo(0.485714, 6);
        expect(fisherExact(3, 3, 0, 3)).toBeCloseTo(0.1, 12);
        expect(Math.exp(logFactorial(6))).toBeCloseTo(720, 9);
    });

    test('Benjamini and Hochberg give the q-values of their own step-up rule', () => {
        expect(benjaminiHochberg([0.01, 0.04, 0.03])).toEqual([0.03, 0.04, 0.04]);
        fc.assert(
            fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (pValues) => {
                const q = benjaminiHochberg(pValues);
                const sorted = pValues.toSorted((a, b) => a - b);
                for (const level of [0.01, 0.05, 0.2]) {
                    let found = 0;
                    sorted.forEach((p, at) => {
                        if (p * sorted.length <= level * (at + 1) * (1 + 1e-12)) found = at + 1;
                    });
                    expect(q.filter((value) => value <= level * (1 + 1e-12))).toHaveLength(found);
                }
            })
        );
    });
});

test('seeded random numbers repeat for a seed, differ between seeds and fill the range evenly', () => {
    const draw = (seed: number): number[] => {
        const random = new SeededRandom(seed);
        return Array.from({ length: 20000 }, () => random.fraction());
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)[0]).not.toBe(draw(8)[0]);
    const tenths = new Array<number>(10).fill(0);
    for (const value of draw(1)) tenths[Math.floor(value * 10)]!++;
    for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(200);
});
