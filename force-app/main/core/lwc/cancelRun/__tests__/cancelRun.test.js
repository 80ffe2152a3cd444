import { createElement } from 'lwc';
import cancelRun from '@salesforce/apex/RunController.cancelRun';
import CancelRun from 'c/cancelRun';

jest.mock('@salesforce/apex/RunController.cancelRun', () => ({ default: jest.fn() }), { virtual: true });

async function flush() {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

async function show() {
    const element = createElement('c-cancel-run', { is: CancelRun });
    Object.assign(element, { runKey: 'run-2', about: 'Pipeline' });
    document.body.appendChild(element);
    await flush();
    return element;
}

const part = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);
async function press(element, id) {
    part(element, id).click();
    await flush();
}

describe('cancelRun', () => {
    beforeEach(() => cancelRun.mockReset().mockResolvedValue({ outcome: 'asked' }));
    afterEach(() => document.body.replaceChildren());

    it('asks before it cancels, and does nothing when told to let it run', async () => {
        const element = await show();
        await press(element, 'cancel');
        expect(element.shadowRoot.querySelector('[role="alertdialog"]').textContent).toContain(
            'Cancel this run?'
        );
        await expect(element).toBeAccessible();
        await press(element, 'keep');
        expect(element.shadowRoot.querySelector('[role="alertdialog"]')).toBeNull();
        expect(cancelRun).not.toHaveBeenCalled();
        await expect(element).toBeAccessible();
    });

    it('cancels once it is told to, says what became of it and offers it no second time', async () => {
        const element = await show();
        const onCancelled = jest.fn();
        element.addEventListener('cancelled', onCancelled);
        await press(element, 'cancel');
        await press(element, 'confirm');
        expect(cancelRun).toHaveBeenCalledWith({ runKey: 'run-2' });
        expect(part(element, 'announcement').textContent).toContain('ends at its next step');
        expect(part(element, 'cancel')).toBeNull();
        expect(onCancelled.mock.calls[0][0].detail).toEqual({ runKey: 'run-2' });
        await expect(element).toBeAccessible();
    });

    it('says when a run that waited is cancelled at once', async () => {
        cancelRun.mockResolvedValue({ outcome: 'cancelled' });
        const element = await show();
        await press(element, 'cancel');
        await press(element, 'confirm');
        expect(part(element, 'announcement').textContent).toBe('The run is cancelled.');
    });

    it('shows why it could not be cancelled, and may be asked again', async () => {
        cancelRun.mockRejectedValue({ body: { message: '{"code":"RUN_NOT_CANCELLED","message":""}' } });
        const element = await show();
        await press(element, 'cancel');
        await press(element, 'confirm');
        expect(element.shadowRoot.querySelector('c-error-panel').error).toBeDefined();
        expect(part(element, 'cancel')).not.toBeNull();
    });
});
