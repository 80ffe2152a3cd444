import { describe, expect, test } from '@jest/globals';
import { createApiBudget } from '../../src/salesforce/api-budget.ts';

const URGENT = true;
const SCHEDULED = false;

function budgetAt(usage: string) {
    const budget = createApiBudget(() => 0);
    budget.afterCall(`api-usage=${usage}`);
    return budget;
}

describe('the API allowance of an org', () => {
    test('below 70 % nothing waits', () => {
        expect(budgetAt('69999/100000').beforeCall(SCHEDULED)).toBe(0);
    });

    test('from 70 % on every call waits a little', () => {
        expect(budgetAt('70000/100000').beforeCall(URGENT)).toBeGreaterThan(0);
    });

    test('from 85 % on scheduled work stops and requested work goes on slowly', () => {
        const budget = budgetAt('85000/100000');
        expect(() => budget.beforeCall(SCHEDULED)).toThrow(/85 %/);
        expect(budget.beforeCall(URGENT)).toBeGreaterThan(0);
    });

    test('scheduled work takes at most a tenth of it in a day', () => {
        let now = 0;
        const budget = createApiBudget(() => now);
        for (let call = 0; call < 1500; call += 1) budget.afterCall('api-usage=1/15000');
        expect(() => budget.beforeCall(SCHEDULED)).toThrow(/10 %/);
        expect(budget.beforeCall(URGENT)).toBe(0);
        now += 25 * 3_600_000;
        expect(budget.beforeCall(SCHEDULED)).toBe(0);
    });

    test('once it is used up, nothing is sent for an hour', () => {
        let now = 0;
        const budget = createApiBudget(() => now);
        budget.exceeded();
        now = 3_599_999;
        expect(() => budget.beforeCall(URGENT)).toThrow(/used up/);
        now = 3_600_001;
        expect(budget.beforeCall(URGENT)).toBe(0);
    });

    test('an answer without the header changes nothing', () => {
        const budget = budgetAt('90000/100000');
        budget.afterCall(undefined);
        expect(() => budget.beforeCall(SCHEDULED)).toThrow();
    });
});
