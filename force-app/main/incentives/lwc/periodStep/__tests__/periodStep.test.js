import { createElement } from 'lwc';
import PeriodStep from 'c/periodStep';

function show(status, detail = {}) {
    const element = createElement('c-period-step', { is: PeriodStep });
    const period = { periodId: 'a0P1', name: 'Q3 2026', status };
    element.detail = { period, draftCount: 0, mayApprove: true, ...detail };
    const told = jest.fn();
    for (const name of ['move', 'run'])
        element.addEventListener(name, ({ detail: what }) => told(name, what));
    document.body.appendChild(element);
    return { element, told };
}

const box = (element) => element.shadowRoot.querySelector('c-next-step').shadowRoot;
const part = (element, id) => box(element).querySelector(`[data-id="${id}"]`);
const labels = (element) => [...box(element).querySelectorAll('lightning-button')].map(({ label }) => label);

async function press(element, id) {
    part(element, id).click();
    await Promise.resolve();
}

describe('periodStep', () => {
    afterEach(() => document.body.replaceChildren());

    it.each([
        ['Open', {}, ['Calculate']],
        ['Calculated', {}, ['Mark as reviewed', 'Calculate again', 'Send back']],
        ['Reviewed', {}, ['Approve', 'Send back']],
        ['Approved', {}, ['Publish', 'Send back']],
        ['Published', { draftCount: 3 }, ['Publish the statements']],
        ['Published', {}, ['Lock']],
        ['Locked', {}, []]
    ])('offers what leads on from %s %j', (status, detail, expected) => {
        expect(labels(show(status, detail).element)).toEqual(expected);
    });

    it('says who may approve, and offers it to nobody else', () => {
        const { element } = show('Reviewed', { mayApprove: false });
        expect(part(element, 'text').textContent).toContain('who did not review it');
        expect(part(element, 'may-not').textContent).toContain(
            'You do not hold the permission to approve pay.'
        );
        expect(labels(element)).toEqual(['Send back']);
    });

    it('moves on at once where it can be undone', async () => {
        const { element, told } = show('Calculated');
        await press(element, 'review');
        expect(told).toHaveBeenCalledWith('move', { status: 'Reviewed', reason: '' });
    });

    it('asks once more before what cannot be undone', async () => {
        const { element, told } = show('Approved');
        await press(element, 'publish');
        expect(told).not.toHaveBeenCalled();
        expect(part(element, 'question').textContent).toContain('Publish Q3 2026?');
        await press(element, 'publish');
        expect(told).toHaveBeenCalledWith('move', { status: 'Published', reason: '' });
        expect(part(element, 'question')).toBeNull();
    });

    it('can be left at the question', async () => {
        const { element, told } = show('Published');
        await press(element, 'lock');
        await press(element, 'cancel');
        expect(told).not.toHaveBeenCalled();
        expect(labels(element)).toEqual(['Lock']);
    });

    it('sends back only with a reason', async () => {
        const { element, told } = show('Reviewed');
        await press(element, 'send-back');
        expect(part(element, 'send-back').disabled).toBe(true);
        element.shadowRoot
            .querySelector('lightning-textarea')
            .dispatchEvent(new CustomEvent('change', { detail: { value: 'A deal was cancelled' } }));
        await Promise.resolve();
        await press(element, 'send-back');
        expect(told).toHaveBeenCalledWith('move', { status: 'Open', reason: 'A deal was cancelled' });
    });

    it('asks the service for a calculation or a publication', async () => {
        const open = show('Open');
        await press(open.element, 'calculate');
        expect(open.told).toHaveBeenCalledWith('run', { kind: 'calculation' });
        const published = show('Published', { draftCount: 2 });
        expect(part(published.element, 'text').textContent).toContain(
            'Statements that payees do not see yet: 2'
        );
        await press(published.element, 'publish-statements');
        expect(published.told).toHaveBeenCalledWith('run', { kind: 'publication' });
    });

    it('forgets its question when the period has moved', async () => {
        const { element } = show('Published');
        await press(element, 'lock');
        element.detail = { ...element.detail, period: { ...element.detail.period, status: 'Locked' } };
        await Promise.resolve();
        expect(part(element, 'question')).toBeNull();
    });

    it('waits while something is under way', async () => {
        const { element } = show('Open');
        element.isBusy = true;
        await Promise.resolve();
        expect(part(element, 'calculate').disabled).toBe(true);
    });

    it('is accessible', async () => {
        const { element } = show('Reviewed', { mayApprove: false });
        await press(element, 'send-back');
        await expect(element).toBeAccessible();
    });
});
