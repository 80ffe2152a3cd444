import { TextEncoder } from 'node:util';
import { createElement } from 'lwc';
import PlanExamples from 'c/planExamples';
import getDefinition from '@salesforce/apex/PlanController.getDefinition';
import { readCases } from 'c/payEngine';
import { PUBLISHED_PLANS } from 'c/publishedPlans';

jest.mock(
    '@salesforce/apex/PlanController.getDefinition',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn().mockResolvedValue() }), { virtual: true });

const { planText, casesText } = PUBLISHED_PLANS.find(({ key }) => key === 'flat-commission');
const EXAMPLES = readCases(casesText).cases.map(({ name, source, given, expect: expected }) => ({
    name,
    source,
    given,
    expected: JSON.stringify(expected),
    result: '{}',
    holds: true
}));
const TOLD = {
    name: 'told',
    given: 'a month at quota',
    expected: '8000.00',
    result: '7000.00',
    holds: false
};

const settle = async () => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};

async function show(examples) {
    const element = createElement('c-plan-examples', { is: PlanExamples });
    Object.assign(element, { examples, planVersionId: 'a0V1' });
    document.body.appendChild(element);
    await settle();
    return element;
}

const one = (element, selector) => element.shadowRoot.querySelector(selector);

async function open(element) {
    one(element, 'button').click();
    await settle();
}

describe('planExamples', () => {
    beforeAll(() => {
        globalThis.TextEncoder = TextEncoder;
    });
    afterEach(() => document.body.replaceChildren());

    it('tells of each example whether it holds', async () => {
        const element = await show([...EXAMPLES, TOLD]);
        const verdicts = [...element.shadowRoot.querySelectorAll('[data-id="verdict"]')];
        expect(verdicts.at(0).textContent.trim()).toBe('Holds');
        expect(verdicts.at(-1).textContent.trim()).toBe('Does not hold');
        await expect(element).toBeAccessible();
    });

    it('calculates an example when it is opened, from the text that pays', async () => {
        const element = await show(EXAMPLES);
        await open(element);
        expect(one(element, 'c-load-state').isLoading).toBe(true);
        expect(getDefinition.getLastConfig()).toEqual({ planVersionId: 'a0V1' });
        getDefinition.emit(planText);
        await settle();
        const verdict = one(element, 'c-plan-case').shadowRoot.querySelector('[data-id="verdict"]');
        expect(verdict.textContent).toContain('Holds:');
        await expect(element).toBeAccessible();
        await open(element);
        expect(one(element, 'c-plan-case')).toBeNull();
    });

    it('shows an example that people told in words as they told it', async () => {
        const element = await show([TOLD]);
        await open(element);
        expect(one(element, '[data-id="told"]').textContent).toContain('a month at quota');
        expect(one(element, '[data-id="told"]').textContent).toContain('7000.00');
    });

    it('shows why the text did not come', async () => {
        const element = await show(EXAMPLES);
        await open(element);
        getDefinition.error({ message: '{"code":"NO_ACCESS","message":""}' });
        await settle();
        expect(one(element, 'c-load-state').error).toBeTruthy();
    });

    it('says where there is none', async () => {
        const element = await show([]);
        expect(one(element, 'c-empty-state').heading).toBe('No worked examples');
        await expect(element).toBeAccessible();
    });
});
