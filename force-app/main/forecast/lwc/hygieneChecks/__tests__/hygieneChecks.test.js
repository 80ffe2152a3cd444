import { createElement } from 'lwc';
import HygieneChecks from 'c/hygieneChecks';

const CHECKS = [
    { opportunityId: '006000000000001AAA', opportunityName: 'Big one', checkKey: 'NextStep', points: 20 },
    { opportunityId: '006000000000002AAA', opportunityName: null, checkKey: 'CloseDate', points: 21 },
    { opportunityId: '006000000000003AAA', opportunityName: 'New check', checkKey: 'Later', points: 1 }
];

function show() {
    const element = createElement('c-hygiene-checks', { is: HygieneChecks });
    element.checks = CHECKS;
    document.body.appendChild(element);
    return element;
}

const rows = (element) => [...element.shadowRoot.querySelectorAll('[data-id="check"]')];

describe('hygieneChecks', () => {
    afterEach(() => document.body.replaceChildren());

    it('links each failed check to its deal, and names the field that mends it and its points', () => {
        const [first, second, third] = rows(show());
        const link = first.querySelector('c-record-link');
        expect(link).toMatchObject({ recordId: CHECKS[0].opportunityId, label: 'Big one' });
        expect(first.textContent).toBe(
            'Next Step: write down what comes next, or open a task20 points of this deal'
        );
        expect(second.querySelector('c-record-link')).toBeNull();
        expect(second.textContent).toContain('A deal you cannot openClose Date');
        expect(third.textContent).toContain('Later');
    });

    it('is accessible', async () => {
        await expect(show()).toBeAccessible();
    });
});
