import { createElement } from 'lwc';
import { RefreshEventName } from 'lightning/refresh';
import RunStatus from 'c/runStatus';
import getStatus from '@salesforce/apex/RunController.getStatus';
import requestRun from '@salesforce/apex/RunController.requestRun';

jest.mock('@salesforce/apex/RunController.getStatus', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/RunController.requestRun', () => ({ default: jest.fn() }), { virtual: true });

const IDLE = {
    runKey: 'run-1',
    status: 'Succeeded',
    dataAsOf: '2026-11-20T06:00:00.000Z',
    isStale: false,
    canRequest: true
};
const RUNNING = {
    ...IDLE,
    runKey: 'run-2',
    status: 'Running',
    stage: 'Reading',
    progressPercent: 40,
    canRequest: false
};
const DONE = {
    ...IDLE,
    runKey: 'run-2',
    dataAsOf: '2026-11-21T06:00:00.000Z',
    writtenCount: 12,
    skippedCount: 3000
};

const NO_PERMISSION = { status: 403, body: { message: 'You do not have access to the Apex class' } };
const refusal = (code) => ({ body: { message: JSON.stringify({ code, message: '' }) } });

async function flush() {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

async function show(properties = {}) {
    const element = createElement('c-run-status', { is: RunStatus });
    Object.assign(element, properties);
    document.body.appendChild(element);
    await flush();
    return element;
}

async function pass(ms) {
    jest.advanceTimersByTime(ms);
    await flush();
}

const button = (element) => element.shadowRoot.querySelector('lightning-button');
const panel = (element) => element.shadowRoot.querySelector('c-error-panel');
const progress = (element) => element.shadowRoot.querySelector('lightning-progress-bar');
const message = (element) => element.shadowRoot.querySelector('[data-id="message"]').textContent;

describe('runStatus', () => {
    beforeEach(() => {
        jest.useFakeTimers();
        getStatus.mockReset().mockResolvedValue(IDLE);
        requestRun.mockReset().mockResolvedValue({ runKey: 'run-2', status: 'queued' });
    });

    afterEach(() => {
        document.body.replaceChildren();
        jest.useRealTimers();
    });

    it('shows as of when, in the time zone of the user', async () => {
        const element = await show();
        const shown = element.shadowRoot.querySelector('lightning-formatted-date-time');
        expect(shown.value).toBe(IDLE.dataAsOf);
        expect(shown.timeZone).toBe('America/Los_Angeles');
        expect(element.shadowRoot.textContent).not.toContain('Out of date');
    });

    it('says so when nothing has been worked out yet', async () => {
        getStatus.mockResolvedValue({ dataAsOf: null, isStale: true, canRequest: true });
        const element = await show();
        expect(element.shadowRoot.textContent).toContain('No data has been worked out yet.');
        expect(element.shadowRoot.textContent).not.toContain('Out of date');
    });

    it('offers to cancel a run to who asked for it, also before it has a record', async () => {
        const element = await show();
        button(element).click();
        await flush();
        expect(element.shadowRoot.querySelector('c-cancel-run').runKey).toBe('run-2');
        getStatus.mockResolvedValue({ ...RUNNING, canCancel: true });
        await pass(2000);
        expect(element.shadowRoot.querySelector('c-cancel-run').runKey).toBe('run-2');
    });

    it('offers it to nobody else', async () => {
        getStatus.mockResolvedValue({ ...RUNNING, canCancel: false });
        const element = await show();
        await pass(2000);
        expect(progress(element)).not.toBeNull();
        expect(element.shadowRoot.querySelector('c-cancel-run')).toBeNull();
    });

    it('marks data older than 26 hours in words', async () => {
        getStatus.mockResolvedValue({ ...IDLE, isStale: true });
        const element = await show();
        expect(element.shadowRoot.textContent).toContain('Out of date');
    });

    it('follows a run it asked for, then tells the page to refresh', async () => {
        const element = await show();
        const onFinished = jest.fn();
        const onRefresh = jest.fn();
        element.addEventListener('runfinished', onFinished);
        element.addEventListener(RefreshEventName, onRefresh);

        button(element).click();
        await flush();
        expect(button(element).disabled).toBe(true);
        expect(progress(element).value).toBe(0);

        // The run is not written yet: the newest one is still the one before.
        await pass(2000);
        expect(onFinished).not.toHaveBeenCalled();

        getStatus.mockResolvedValue(RUNNING);
        await pass(4000);
        expect(progress(element).value).toBe(40);
        expect(element.shadowRoot.textContent).toContain('Reading what changed');

        getStatus.mockResolvedValue(DONE);
        await pass(8000);
        expect(onFinished).toHaveBeenCalledTimes(1);
        expect(onRefresh).toHaveBeenCalledTimes(1);
        expect(progress(element)).toBeNull();
        expect(message(element)).toBe('Refreshed: 12 results changed, 3,000 are as before.');
        expect(button(element).disabled).toBe(false);
    });

    it('says of a run that was cancelled that not all is new', async () => {
        getStatus.mockResolvedValueOnce(RUNNING).mockResolvedValue({ ...DONE, status: 'Cancelled' });
        const element = await show();
        await pass(2000);
        expect(message(element)).toBe(
            'The refresh was cancelled. What it had saved by then stays; the rest is from before.'
        );
    });

    it('looks with growing pauses: after 2, 4, 8 and then every 15 seconds', async () => {
        await show().then((element) => button(element).click());
        await flush();
        getStatus.mockClear().mockResolvedValue(RUNNING);
        const looks = [];
        for (let second = 1; second <= 44; second++) {
            await pass(1000);
            if (getStatus.mock.calls.length > looks.length) looks.push(second);
        }
        expect(looks).toEqual([2, 6, 14, 29, 44]);
    });

    it('stops looking after three minutes and says that the run goes on', async () => {
        const element = await show();
        getStatus.mockResolvedValue(RUNNING);
        button(element).click();
        await flush();
        for (let second = 0; second < 180; second++) await pass(1000);
        const looks = getStatus.mock.calls.length;
        await pass(60000);
        expect(getStatus.mock.calls.length).toBe(looks);
        expect(message(element)).toContain('still going on');
        expect(button(element).disabled).toBe(false);
    });

    it('follows a run somebody else started', async () => {
        getStatus.mockResolvedValue(RUNNING);
        const element = await show();
        expect(progress(element).value).toBe(40);
        getStatus.mockResolvedValue(DONE);
        await pass(2000);
        expect(message(element)).toContain('12 results changed');
    });

    it('does not follow a run that died', async () => {
        getStatus.mockResolvedValue({ ...RUNNING, canRequest: true });
        const element = await show();
        expect(progress(element)).toBeNull();
        expect(button(element).disabled).toBe(false);
    });

    it.each([
        ['Partial', { failedCount: 4 }, '4 results could not be saved'],
        ['Failed', {}, 'The refresh failed']
    ])('does not call a run that ended %s a success', async (status, counts, sentence) => {
        const element = await show();
        button(element).click();
        await flush();
        getStatus.mockResolvedValue({ ...DONE, status, ...counts });
        await pass(2000);
        expect(message(element)).toContain(sentence);
    });

    it.each(['NOT_CONNECTED', 'UNREACHABLE'])(
        'after a refusal (%s) shows the code, and one way to ask again: the button that was used',
        async (code) => {
            const error = refusal(code);
            requestRun.mockRejectedValue(error);
            const element = await show();
            button(element).click();
            await flush();
            expect(panel(element).error).toEqual(error);
            expect(panel(element).canRetry).toBe(false);
            expect(progress(element)).toBeNull();
            expect(button(element).disabled).toBe(false);
            requestRun.mockResolvedValue({ runKey: 'run-2', status: 'queued' });
            button(element).click();
            await flush();
            expect(panel(element)).toBeNull();
        }
    );

    it('offers nothing to somebody who has no permission', async () => {
        getStatus.mockRejectedValue(NO_PERMISSION);
        const element = await show();
        expect(panel(element).error).toEqual(NO_PERMISSION);
        expect(button(element)).toBeNull();
    });

    it('stops offering a refresh to somebody whose permission is taken away', async () => {
        requestRun.mockRejectedValue(NO_PERMISSION);
        const element = await show();
        button(element).click();
        await flush();
        expect(panel(element).canRetry).toBe(false);
        expect(button(element)).toBeNull();
    });

    it('offers no refresh before it knows how things stand', async () => {
        getStatus.mockReturnValue(new Promise(() => {}));
        const element = await show();
        expect(button(element).disabled).toBe(true);
    });

    it('when the status cannot be read only offers to read it again', async () => {
        getStatus.mockRejectedValueOnce({ status: 500, body: {} });
        const element = await show();
        expect(panel(element).canRetry).toBe(true);
        expect(button(element)).toBeNull();
        panel(element).dispatchEvent(new CustomEvent('retry'));
        await flush();
        expect(panel(element)).toBeNull();
        expect(button(element).disabled).toBe(false);
        expect(element.shadowRoot.querySelector('lightning-formatted-date-time')).not.toBeNull();
    });

    it('stops looking when it leaves the page', async () => {
        const element = await show();
        button(element).click();
        await flush();
        element.remove();
        getStatus.mockClear();
        await pass(60000);
        expect(getStatus).not.toHaveBeenCalled();
    });

    it('is accessible while it is idle and while a run is followed', async () => {
        const element = await show();
        jest.useRealTimers();
        await expect(element).toBeAccessible();
    });
});
