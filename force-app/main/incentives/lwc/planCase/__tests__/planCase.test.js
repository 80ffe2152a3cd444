import { TextEncoder } from 'node:util';
import { createElement } from 'lwc';
import PlanCase from 'c/planCase';
import { readCases } from 'c/payEngine';
import { PUBLISHED_PLANS } from 'c/publishedPlans';
import { placeInWords } from '../compared';
import { exactJson, givenOf, valueText } from '../given';

function exampleOf(planKey, index = 0) {
    const { planText, casesText } = PUBLISHED_PLANS.find(({ key }) => key === planKey);
    return { definition: planText, ...readCases(casesText).cases[index] };
}

function show(example) {
    const element = createElement('c-plan-case', { is: PlanCase });
    element.example = example;
    document.body.appendChild(element);
    return element;
}

const part = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);
const text = (element, selector) =>
    [...element.shadowRoot.querySelectorAll(selector)].map(({ textContent }) => textContent.trim());

describe('planCase', () => {
    beforeAll(() => {
        globalThis.TextEncoder = TextEncoder;
    });
    afterEach(() => document.body.replaceChildren());

    it('calculates what is given and says that it comes out as expected', async () => {
        const element = show(exampleOf('accelerator-after-year-quota'));
        expect(part(element, 'verdict').textContent.trim()).toBe(
            'Holds: all 6 figures come out as expected.'
        );
        expect(text(element, '[data-id="figure"]').join(' ')).toContain('rep, total');
        expect(text(element, '[data-id="actual"]')[0]).toBe('8,250.00');
        await expect(element).toBeAccessible();
    });

    it('shows the bands and steps of every line, and what is paid', () => {
        const element = show(exampleOf('accelerator-after-year-quota'));
        const lines = text(element, '[data-id="line"]').join('\n');
        expect(lines).toContain('100,000 at 5%: $5,000.00');
        expect(lines).toContain('25,000 at 7%: $1,750.00');
        expect(text(element, '[data-id="person"] h4')).toEqual(['rep is paid $8,250.00']);
        expect(text(element, 'tr.total').join(' ')).toContain('$8,250.00');
    });

    it('says which figures come out otherwise', async () => {
        const example = exampleOf('accelerator-after-year-quota');
        const element = show({ ...example, expect: { payees: { rep: { total: '8250.01' } } } });
        expect(part(element, 'verdict').textContent.trim()).toBe(
            'Does not hold: 1 of 1 figures come out otherwise.'
        );
        expect(text(element, 'tr.fails')[0]).toMatch(/rep, total\s*8,250.01\s*8,250.00\s*no/);
        await expect(element).toBeAccessible();
    });

    it('tells a plan that cannot be read', () => {
        const element = show({ ...exampleOf('flat-commission'), definition: 'plan: x\nperiod: fortnight\n' });
        expect(part(element, 'unreadable').textContent).toContain('period');
        expect(part(element, 'verdict')).toBeNull();
    });

    it('shows what falls due later, and cuts long schedules', () => {
        const instalments = show(exampleOf('paid-in-thirds'));
        expect(text(instalments, '[data-id="later"]').length).toBeGreaterThan(0);
        const expenses = show(exampleOf('commission-asset'));
        expect(text(expenses, '[data-id="later"]').length).toBeLessThanOrEqual(12);
    });

    it.each(PUBLISHED_PLANS.flatMap(({ key, cases }) => cases.map((_, index) => [key, index])))(
        'every published case holds in the page: %s, case %i',
        (key, index) => {
            const element = show(exampleOf(key, index));
            expect(part(element, 'verdict').textContent).toContain('Holds:');
        }
    );
});

describe('what is given', () => {
    it('keeps every digit of an amount', () => {
        expect(exactJson('{"amount": 123456789012345678901234567890.10}').amount).toBe(
            '123456789012345678901234567890.10'
        );
        expect(valueText('123456789012345678901234567890.10')).toBe(
            '123,456,789,012,345,678,901,234,567,890.10'
        );
    });

    it('is told in a sentence where only names are given, else as a table', () => {
        const { sentences, lists } = givenOf(
            '{"from": "2026-01-01", "to": "2026-03-31", "payees": [{"id": "ann"}, {"id": "bob"}], "transactions": [{"id": "t1", "splits": {"ann": "70%"}}]}'
        );
        expect(sentences).toEqual(['From Jan 1, 2026 to Mar 31, 2026.', 'People: ann, bob']);
        expect(lists).toHaveLength(1);
        expect(lists[0].rows[0].cells.map(({ text: cell }) => cell)).toEqual(['t1', 'ann 70%']);
    });
});

describe('places in the result', () => {
    it('are told in words', () => {
        expect(
            placeInWords('payees.rep.periods.2026-Q1.components.newBusiness.lines[2].bands[1].amount')
        ).toBe('rep, 2026-Q1, new business, line 2, band 1, amount');
    });
});
