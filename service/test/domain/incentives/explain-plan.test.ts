// A plan in words a rep understands, from the data that pays.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { complexityOf } from '../../../src/domain/incentives/complexity.ts';
import { explainPlan, explanationAsText } from '../../../src/domain/incentives/explain-plan.ts';
import { parseExpression } from '../../../src/domain/incentives/parse-expression.ts';
import { parsePlan } from '../../../src/domain/incentives/parse-plan.ts';
import { conditionInWords, inWords } from '../../../src/domain/incentives/plan-words/expression-in-words.ts';
import type { Plan } from '../../../src/domain/incentives/plan.ts';
import { plans } from './plan-arbitrary.ts';

const folder = fileURLToPath(new URL('../../../../config/plans/', import.meta.url));

function read(yaml: string): Plan {
    const { plan, problems } = parsePlan(yaml);
    expect(problems).toEqual([]);
    return plan!;
}

function published(name: string): Plan {
    return read(readFileSync(`${folder}${name}/plan.yaml`, 'utf8'));
}

describe('expressions in words', () => {
    test.each([
        ['payable * 6%', '6 % of the amount credited to you'],
        ['25bp * balance.loan', '25 basis points of the balance of “loan”'],
        ['payee.targetIncentive * 200%', '200 % of your target incentive'],
        ['quota.bookings / 12', 'your quota of bookings divided by 12'],
        ['(amount - cost) * 50%', '50 % of (the amount of the deal less the cost of the deal)'],
        ['amount + margin - 1250.50', 'the amount of the deal plus the margin of the deal less 1,250.50'],
        ['min(due, 5000)', 'the smaller of what is due and 5,000'],
        ['max(1, 2, 3)', 'the largest of 1, 2 and 3'],
        [
            'if(attainment.bookings >= 100%, 8%, 6%)',
            '8 % if your attainment of the bookings quota is at least 100 %, otherwise 6 %'
        ],
        ['default(fact.nrr, 0)', 'the nrr reported for the period (0 where none is given)'],
        ["product in ('Bond', 'Loan')", 'the product of the deal is one of “Bond” or “Loan”'],
        ["not (payee.role = 'AE')", 'your role is not “AE”'],
        ['not given(units)', 'the units of the deal is not given'],
        [
            'a = 1 and (b = 2 or c = 3)',
            'the a of the deal is 1 and (the b of the deal is 2 or the c of the deal is 3)'
        ],
        [
            "table('ticketGrid', amount, measure.ytd)",
            'what the table “ticket grid” gives for the amount of the deal and your ytd so far'
        ],
        ['sum(team, earning.commission)', 'the sum of what “commission” earns over your direct reports'],
        [
            'count(everyone, inPeriod.bookings > 0)',
            'the number of everybody on the plan for which your bookings of the period is above 0'
        ],
        ['rank(team, measure.bookings)', 'your rank by your bookings so far among your direct reports'],
        ["date >= '2026-04-01'", 'the date of the deal is at least 2026-04-01'],
        ['-x', 'minus the x of the deal']
    ])('%s: %s', (text, words) => {
        expect(inWords(parseExpression(text, ''))).toBe(words);
    });

    test.each([
        ['stp', 'the deal is “stp”'],
        ['not straightThrough', 'the deal is not “straight through”'],
        ['not default(stp, true)', 'the deal is not “stp”'],
        ['default(stp, true)', 'the deal is “stp”, or nothing is said of it'],
        ['payee.isNew', 'your is new is yes'],
        ['stp = false', 'the deal is not “stp”'],
        ['not (amount < 3)', 'the amount of the deal is at least 3']
    ])('as a condition %s: %s', (text, words) => {
        expect(conditionInWords(parseExpression(text, ''))).toBe(words);
    });
});

describe('a plan in words', () => {
    test('tells what pays, by which table, and how complex it is', () => {
        const text = explanationAsText(explainPlan(published('quarterly-accelerator')));
        expect(text).toContain('It pays every quarter, in USD.');
        expect(text).toContain('It pays your bookings of the period, times the rate, for each period.');
        expect(text).toContain(
            '    - 100 % to 125 %: 8 %\n    - 125 % to 150 %: 10 %\n    - from 150 %: 12 %'
        );
        expect(text).toContain('Complexity index 6: components 1, measures 1, bands 4.');
        expect(text).not.toContain('Warning');
    });

    test('names the clause of the plan letter a part comes from', () => {
        const plan = read(
            'plan: p\ncurrency: USD\nperiod: month\ncomponents: { c: { per: period, base: 1, reference: clause 3.2 } }'
        );
        expect(explanationAsText(explainPlan(plan))).toContain('- C. (clause 3.2)');
    });

    test.each([
        ['draw-two-ways', 'what is added is taken back from earnings above that'],
        ['draw-two-ways', 'what is added stays yours'],
        ['paid-in-thirds', 'It is paid in parts: 1/3 at once, 1/3 one period later'],
        [
            'first-year-chargeback',
            'If a deal is cancelled within 12 months, 100 % of what it paid is taken back.'
        ],
        ['loan-floor-and-ceiling', 'It pays at least 1,000 and at most 5,000 for one deal.'],
        ['equal-pool', 'in equal parts'],
        ['unlock-gate', 'An approved exception can waive this.'],
        ['shared-and-handed-over', 'by the stages each completed'],
        ['channel-attribution', '40 % to the first, 40 % to the last, the rest in equal parts between'],
        ['override-two-levels', 'the managers of those credited by “direct”, 2 levels up'],
        ['seasonal-quota', "Of the year's goal the periods have"],
        ['ramped-quota', 'from your month 4: 45,000'],
        ['clawback-netted', 'carried to the next period']
    ])('%s: %s', (name, words) => {
        expect(explanationAsText(explainPlan(published(name)))).toContain(words);
    });

    test('every plan, published or not, can be said in words without gaps', () => {
        const check = (plan: Plan): void => {
            const text = explanationAsText(explainPlan(plan));
            expect(text).not.toMatch(/undefined|null|\[object|NaN/);
            for (const { key } of plan.components)
                expect(text.toLowerCase()).toContain(key === 'first' ? 'first' : '');
        };
        for (const name of readdirSync(folder)) check(published(name));
        fc.assert(fc.property(plans, check), { numRuns: 50 });
    });
});

describe('the complexity index', () => {
    test('counts one point for each thing to keep in mind', () => {
        const { index, counts } = complexityOf(published('production-grid'));
        expect(counts).toMatchObject({ components: 1, measures: 1, bands: 8, factors: 2, gates: 0 });
        expect(index).toBe(12);
    });

    test('a table with columns has as many bands as cells', () => {
        const plan = published('advisor-ticket-grid');
        const [table] = plan.tables;
        expect(complexityOf(plan).counts.bands).toBe(table!.rows.length * table!.columns.length);
    });

    test.each([
        [3, 0],
        [4, 1],
        [5, 1]
    ])('%i measures give %i warnings', (count, warnings) => {
        const plan = published('quarterly-accelerator');
        const measures = Array.from({ length: count }, (_, index) => ({
            ...plan.measures[0]!,
            key: `m${index}`
        }));
        expect(complexityOf({ ...plan, measures }).warnings).toHaveLength(warnings);
    });
});
