import { createElement } from 'lwc';
import DataRequests from 'c/dataRequests';
import getPart from '@salesforce/apex/DataRequestController.getPart';
import getRequests from '@salesforce/apex/DataRequestController.getRequests';
import startAnswering from '@salesforce/apex/DataRequestController.startAnswering';

jest.mock('@salesforce/apex/DataRequestController.getPart', () => ({ default: jest.fn() }), {
    virtual: true
});
jest.mock('@salesforce/apex/DataRequestController.getRequests', () => ({ default: jest.fn() }), {
    virtual: true
});
jest.mock('@salesforce/apex/DataRequestController.startAnswering', () => ({ default: jest.fn() }), {
    virtual: true
});

const REQUEST = {
    requestId: 'a1',
    name: 'DR-000001',
    personName: 'Jane Miller',
    kind: 'Erasure',
    reason: 'Letter 42',
    status: 'Answered',
    askedAt: '2026-11-20T10:00:00.000Z',
    answeredAt: '2026-11-20T10:00:10.000Z',
    result: JSON.stringify({
        objects: [
            { object: 'Goal__c', label: 'Goals', count: 3, outcome: 'erased' },
            {
                object: 'Statement__c',
                label: 'Statements',
                count: 1200,
                outcome: 'kept',
                why: 'records of pay'
            }
        ]
    }),
    partCount: 0
};

async function flush() {
    for (let turn = 0; turn < 8; turn++) await Promise.resolve();
}

async function show(...requests) {
    getRequests.mockResolvedValue(requests);
    const element = createElement('c-data-requests', { is: DataRequests });
    document.body.appendChild(element);
    await flush();
    return element;
}

const all = (element, id) => [...element.shadowRoot.querySelectorAll(`[data-id="${id}"]`)];
const words = (element, id) =>
    all(element, id).map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());

describe('dataRequests', () => {
    beforeEach(() => {
        jest.useFakeTimers();
        startAnswering.mockResolvedValue('run-1');
    });
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
        jest.useRealTimers();
    });

    it('tells what became of the rows of each object, and why some were kept', async () => {
        const element = await show(REQUEST);
        expect(words(element, 'count')).toEqual(['Goals3Erased', 'Statements1,200Kept: records of pay']);
        expect(words(element, 'status')).toEqual(['Answered']);
        expect(all(element, 'download')).toHaveLength(0);
    });

    it('says why a request was refused', async () => {
        const result = JSON.stringify({ refused: 'PERSON_ACTIVE' });
        const element = await show({ ...REQUEST, status: 'Refused', result });
        expect(words(element, 'refusal')[0]).toContain('Deactivate the user first');
        expect(all(element, 'count')).toHaveLength(0);
    });

    it('puts the parts of an export together in one file', async () => {
        const saved = [];
        URL.createObjectURL = jest.fn((blob) => {
            saved.push(blob);
            return 'blob:1';
        });
        URL.revokeObjectURL = jest.fn();
        const click = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
        getPart.mockImplementation(async ({ position }) => `part ${position};`);
        const element = await show({ ...REQUEST, kind: 'Export', partCount: 2 });
        all(element, 'download')[0].click();
        await flush();
        expect(getPart.mock.calls.map(([{ position }]) => position)).toEqual([1, 2]);
        expect(saved[0].size).toBe('part 1;part 2;'.length);
        expect(click).toHaveBeenCalledTimes(1);
        click.mockRestore();
    });

    it('looks again while a request waits, and lets the service be asked once more', async () => {
        const element = await show({ ...REQUEST, status: 'Asked', result: null });
        expect(all(element, 'waiting')).toHaveLength(1);
        getRequests.mockResolvedValue([REQUEST]);
        jest.advanceTimersByTime(2_000);
        await flush();
        expect(all(element, 'waiting')).toHaveLength(0);
        jest.advanceTimersByTime(60_000);
        await flush();
        expect(getRequests).toHaveBeenCalledTimes(2);
    });

    it('has the service answer as soon as something was asked', async () => {
        const element = await show();
        element.shadowRoot.querySelector('c-data-request-form').dispatchEvent(new CustomEvent('asked'));
        await flush();
        expect(startAnswering).toHaveBeenCalledTimes(1);
        expect(getRequests).toHaveBeenCalledTimes(2);
    });

    it('shows an error of the service beside the requests', async () => {
        startAnswering.mockRejectedValue({ body: { message: '{"code":"UNREACHABLE","message":"x"}' } });
        const element = await show({ ...REQUEST, status: 'Asked', result: null });
        all(element, 'answer')[0].click();
        await flush();
        expect(element.shadowRoot.querySelector('c-error-panel').error).toBeTruthy();
        expect(all(element, 'request')).toHaveLength(1);
    });

    it('has an empty state, an error state, and is accessible', async () => {
        const element = await show();
        expect(element.shadowRoot.querySelector('c-empty-state')).not.toBeNull();
        document.body.replaceChildren();
        getRequests.mockRejectedValue({ body: { message: '{"code":"NO_ACCESS","message":"x"}' } });
        const refused = createElement('c-data-requests', { is: DataRequests });
        document.body.appendChild(refused);
        await flush();
        expect(
            refused.shadowRoot.querySelector('c-load-state').shadowRoot.querySelector('c-error-panel')
        ).not.toBeNull();
        document.body.replaceChildren();
        const full = await show(REQUEST);
        jest.useRealTimers();
        await expect(full).toBeAccessible();
    });
});
