import { createElement } from 'lwc';
import InterventionQueue from 'c/interventionQueue';
import getQueue from '@salesforce/apex/InterventionController.getQueue';
import accept from '@salesforce/apex/InterventionController.accept';
import change from '@salesforce/apex/InterventionController.change';
import dismiss from '@salesforce/apex/InterventionController.dismiss';
import done from '@salesforce/apex/InterventionController.done';

jest.mock('@salesforce/apex/InterventionController.getQueue', () => ({ default: jest.fn() }), {
    virtual: true
});
jest.mock('@salesforce/apex/InterventionController.accept', () => ({ default: jest.fn() }), {
    virtual: true
});
jest.mock('@salesforce/apex/InterventionController.change', () => ({ default: jest.fn() }), {
    virtual: true
});
jest.mock('@salesforce/apex/InterventionController.dismiss', () => ({ default: jest.fn() }), {
    virtual: true
});
jest.mock('@salesforce/apex/InterventionController.done', () => ({ default: jest.fn() }), { virtual: true });

const row = (interventionId, status) => ({
    interventionId,
    userId: `u-${interventionId}`,
    name: `Person ${interventionId}`,
    scorecardId: `c-${interventionId}`,
    reasons: [],
    evidence: [],
    stepText: 'Talk',
    stepKey: 'talk',
    status
});
const QUEUE = { open: [row('a', 'Suggested'), row('b', 'Accepted')], decided: [row('c', 'Done')], steps: [] };

async function flush() {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

async function show() {
    const element = createElement('c-intervention-queue', { is: InterventionQueue });
    document.body.appendChild(element);
    await flush();
    return element;
}

const all = (element, selector) => [...element.shadowRoot.querySelectorAll(selector)];

async function decide(element, detail) {
    all(element, 'c-intervention-card')[0].dispatchEvent(new CustomEvent('decide', { detail }));
    await flush();
}

describe('interventionQueue', () => {
    beforeEach(() => {
        getQueue.mockResolvedValue(QUEUE);
        for (const action of [accept, change, dismiss, done]) action.mockResolvedValue({});
    });
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('shows who is open and who was decided before', async () => {
        const element = await show();
        expect(all(element, 'c-intervention-card').map(({ intervention }) => intervention.name)).toEqual([
            'Person a',
            'Person b',
            'Person c'
        ]);
        expect(element.shadowRoot.querySelector('c-fold-out').label).toBe('Decided before (1)');
    });

    it('says honestly that nobody needs the manager', async () => {
        getQueue.mockResolvedValue({ open: [], decided: [], steps: [] });
        expect(all(await show(), 'c-empty-state')[0].heading).toBe('Nobody needs you this week');
    });

    it.each([
        [{ action: 'accept', due: '2026-11-07' }, accept, { interventionId: 'a', due: '2026-11-07' }],
        [
            { action: 'change', due: '2026-11-07', stepKey: 's' },
            change,
            { interventionId: 'a', due: '2026-11-07', stepKey: 's' }
        ],
        [{ action: 'dismiss', words: 'on leave' }, dismiss, { interventionId: 'a', reason: 'on leave' }],
        [{ action: 'done', words: 'talked' }, done, { interventionId: 'a', outcome: 'talked' }]
    ])('sends %o and reads the list again', async (detail, action, expected) => {
        const element = await show();
        await decide(element, { interventionId: 'a', ...detail });
        expect(action).toHaveBeenCalledWith(expected);
        expect(getQueue).toHaveBeenCalledTimes(2);
        expect(element.shadowRoot.querySelector('[role="status"]').textContent).toBe('Saved.');
    });

    it('shows what the guard says, and keeps the list', async () => {
        dismiss.mockRejectedValue({ body: { message: '{"code":"SAVE_REFUSED","message":"Say why."}' } });
        const element = await show();
        await decide(element, { interventionId: 'a', action: 'dismiss', words: '' });
        expect(all(element, 'c-error-panel')).toHaveLength(1);
        expect(all(element, 'c-intervention-card')).toHaveLength(3);
    });

    it('shows loading, an error, and tries again', async () => {
        getQueue.mockReturnValueOnce(new Promise(() => {}));
        expect(
            all(await show(), 'c-load-state')[0].shadowRoot.querySelector('lightning-spinner')
        ).not.toBeNull();
        getQueue.mockRejectedValueOnce(new Error('no'));
        const element = await show();
        expect(all(element, 'c-load-state')[0].shadowRoot.querySelector('c-error-panel')).not.toBeNull();
        all(element, 'c-load-state')[0].dispatchEvent(new CustomEvent('retry'));
        await flush();
        expect(all(element, 'c-intervention-card')).toHaveLength(3);
    });

    it('is accessible', async () => {
        await expect(await show()).toBeAccessible();
    });
});
