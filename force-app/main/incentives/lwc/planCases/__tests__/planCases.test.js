import { TextEncoder } from 'node:util';
import { createElement } from 'lwc';
import PlanCases from 'c/planCases';
import { PUBLISHED_PLANS } from 'c/publishedPlans';

function show() {
    const element = createElement('c-plan-cases', { is: PlanCases });
    document.body.appendChild(element);
    return element;
}

const part = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);
const all = (element, selector) => [...element.shadowRoot.querySelectorAll(selector)];
const caseCount = PUBLISHED_PLANS.reduce((sum, { cases }) => sum + cases.length, 0);

async function change(element, selector, value) {
    element.shadowRoot
        .querySelector(selector)
        .dispatchEvent(new CustomEvent('change', { detail: { value } }));
    await Promise.resolve();
}

async function press(target) {
    target.click();
    await Promise.resolve();
}

describe('planCases', () => {
    beforeAll(() => {
        globalThis.TextEncoder = TextEncoder;
    });
    afterEach(() => document.body.replaceChildren());

    it('lists every published case, some at a time', async () => {
        const element = show();
        expect(part(element, 'count').textContent).toBe(
            `${caseCount} examples in ${PUBLISHED_PLANS.length} plans`
        );
        expect(all(element, '[data-plan]')).toHaveLength(12);
        await press(part(element, 'more'));
        expect(all(element, '[data-plan]')).toHaveLength(24);
        await expect(element).toBeAccessible();
    });

    it('finds plans by words of their name, case or source', async () => {
        const element = show();
        await change(element, 'lightning-input', 'gross-up');
        expect(all(element, '[data-plan]').map(({ dataset }) => dataset.plan)).toEqual(['tax-gross-up']);
        expect(part(element, 'count').textContent).toBe('1 example in 1 plan');
        await change(element, 'lightning-input', 'IC-12');
        expect(all(element, '[data-key]').length).toBeGreaterThan(0);
        expect(part(element, 'more')).toBeNull();
    });

    it('finds plans by what they show', async () => {
        const element = show();
        const { options } = element.shadowRoot.querySelector('lightning-combobox');
        expect(options[0]).toEqual({ value: '', label: 'Anything' });
        expect(options.map(({ label }) => label)).toContain('Chargeback (8)');
        await change(element, 'lightning-combobox', 'Chargeback');
        expect(part(element, 'count').textContent).toContain('in 8 plans');
        await change(element, 'lightning-combobox', '');
        expect(part(element, 'count').textContent).toContain(`in ${PUBLISHED_PLANS.length} plans`);
    });

    it('says when nothing fits', async () => {
        const element = show();
        await change(element, 'lightning-input', 'zebra');
        expect(element.shadowRoot.querySelector('c-empty-state').heading).toBe('No example fits');
        await expect(element).toBeAccessible();
    });

    it('opens a case with its plan in words, and gives the keyboard back to it on return', async () => {
        const element = show();
        await change(element, 'lightning-input', 'accelerator unlocked');
        await press(element.shadowRoot.querySelector('[data-key="accelerator-after-year-quota/1"]'));
        const heading = part(element, 'heading');
        expect(heading.textContent).toBe(
            'A strong third quarter stays at the first rate while the year is below quota'
        );
        expect(element.shadowRoot.activeElement).toBe(heading);
        expect(part(element, 'plan').textContent).toContain("Accelerator unlocked by the year's quota.");
        const verdict = element.shadowRoot
            .querySelector('c-plan-case')
            .shadowRoot.querySelector('[data-id="verdict"]');
        expect(verdict.textContent).toContain('Holds: all 3 figures');
        expect(element.shadowRoot.querySelector('c-plan-words').text).toContain('## What you earn');
        await expect(element).toBeAccessible();

        await press(part(element, 'back'));
        expect(element.shadowRoot.activeElement.dataset.key).toBe('accelerator-after-year-quota/1');
    });
});
