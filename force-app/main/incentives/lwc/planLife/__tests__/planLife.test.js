import { createElement } from 'lwc';
import PlanLife from 'c/planLife';

function show(status, options = {}) {
    const element = createElement('c-plan-life', { is: PlanLife });
    element.plan = {
        planVersionId: 'a0V1',
        versionName: 'Seller 2026',
        status,
        mayApprove: true,
        ...options
    };
    const moved = jest.fn();
    element.addEventListener('move', ({ detail }) => moved(detail));
    document.body.appendChild(element);
    return { element, moved };
}

const box = (element) => element.shadowRoot.querySelector('c-next-step').shadowRoot;
const part = (element, id) => box(element).querySelector(`[data-id="${id}"]`);
const labels = (element) => [...box(element).querySelectorAll('lightning-button')].map(({ label }) => label);

async function press(element, id) {
    part(element, id).click();
    await Promise.resolve();
}

describe('planLife', () => {
    afterEach(() => document.body.replaceChildren());

    it.each([
        ['Draft', ['Submit for review']],
        ['InReview', ['Approve', 'Send back to draft']],
        ['Approved', ['Activate', 'Send back to draft']],
        ['Active', ['Retire']],
        ['Retired', []]
    ])('offers what leads on from %s', async (status, expected) => {
        const { element } = show(status);
        expect(labels(element)).toEqual(expected);
        await expect(element).toBeAccessible();
    });

    it('says who may approve, and offers it to nobody else', () => {
        const { element } = show('InReview', { mayApprove: false });
        expect(part(element, 'may-not').textContent).toContain(
            'You do not hold the permission to approve pay.'
        );
        expect(labels(element)).toEqual(['Send back to draft']);
    });

    it('submits at once, because that can be undone', async () => {
        const { element, moved } = show('Draft');
        await press(element, 'submit');
        expect(moved).toHaveBeenCalledWith({ status: 'InReview', lastDay: null });
    });

    it('asks once more before a text can never change again', async () => {
        const { element, moved } = show('Approved');
        await press(element, 'activate');
        expect(moved).not.toHaveBeenCalled();
        expect(part(element, 'question').textContent).toContain('Activate Seller 2026?');
        await press(element, 'cancel');
        expect(labels(element)).toEqual(['Activate', 'Send back to draft']);
        await press(element, 'activate');
        await press(element, 'activate');
        expect(moved).toHaveBeenCalledWith({ status: 'Active', lastDay: null });
    });

    it('retires with the last day, and not without it', async () => {
        const { element, moved } = show('Active');
        await press(element, 'retire');
        expect(part(element, 'retire').disabled).toBe(true);
        const input = element.shadowRoot.querySelector('input');
        input.value = '2026-12-31';
        input.dispatchEvent(new CustomEvent('change'));
        await Promise.resolve();
        await expect(element).toBeAccessible();
        await press(element, 'retire');
        expect(moved).toHaveBeenCalledWith({ status: 'Retired', lastDay: '2026-12-31' });
    });

    it('can do nothing while a step is taken', async () => {
        const { element } = show('Draft');
        element.isBusy = true;
        await Promise.resolve();
        expect(part(element, 'submit').disabled).toBe(true);
    });
});
