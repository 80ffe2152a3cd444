import { createElement } from 'lwc';
import ReleaseQueue from 'c/releaseQueue';
import { refreshApex } from '@salesforce/apex';
import getWaiting from '@salesforce/apex/ReleaseController.getWaiting';
import tell from '@salesforce/apex/ReleaseController.tell';

jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn() }), { virtual: true });
jest.mock(
    '@salesforce/apex/ReleaseController.getWaiting',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock('@salesforce/apex/ReleaseController.tell', () => ({ default: jest.fn() }), { virtual: true });

const CASH = {
    paymentId: 'a0P1',
    opportunityId: '0061',
    opportunityName: 'Vale custody',
    transactionKey: '0061',
    waitsFor: 'cash',
    earnedIn: '2026-Q1',
    payeeNames: ['Ann Rep', 'Bob Rep'],
    amount: 400,
    currencyCode: 'GBP'
};
const UNSHARED = {
    ...CASH,
    paymentId: 'a0P2',
    opportunityId: null,
    opportunityName: null,
    releasedOn: '2026-05-11'
};

async function show(waiting) {
    const element = createElement('c-release-queue', { is: ReleaseQueue });
    document.body.appendChild(element);
    if (waiting) getWaiting.emit(waiting);
    await Promise.resolve();
    return element;
}

const settle = async () => {
    for (let turn = 0; turn < 6; turn++) await Promise.resolve();
};
const parts = (element, id) => [...element.shadowRoot.querySelectorAll(`[data-id="${id}"]`)];
const enter = async (element, index, value) => {
    const input = parts(element, 'day')[index];
    input.value = value;
    input.dispatchEvent(new CustomEvent('change'));
    await settle();
    parts(element, 'tell')[index].click();
    await settle();
};

describe('releaseQueue', () => {
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('shows of each deal what waits, for whom and for what', async () => {
        const element = await show([CASH, UNSHARED]);
        expect(parts(element, 'deal').map(({ textContent }) => textContent.trim())).toEqual([
            'Vale custody',
            '0061'
        ]);
        expect(element.shadowRoot.querySelectorAll('a')).toHaveLength(1);
        const [words] = parts(element, 'what').map(({ textContent }) => textContent);
        for (const word of ['400', 'Ann Rep, Bob Rep', 'cash', '2026-Q1']) expect(words).toContain(word);
        expect(parts(element, 'day').map(({ value }) => value)).toEqual(['', '2026-05-11']);
    });

    it('tells the day on which it happened, and not before one is entered', async () => {
        tell.mockResolvedValue(undefined);
        const element = await show([CASH]);
        expect(parts(element, 'tell')[0].disabled).toBe(true);
        await enter(element, 0, '2026-05-11');
        expect(tell).toHaveBeenCalledWith({ paymentId: 'a0P1', day: '2026-05-11' });
        expect(parts(element, 'announcement')[0].textContent).toContain('Vale custody');
        expect(refreshApex).toHaveBeenCalledTimes(1);
    });

    it('takes a day back that was told by mistake', async () => {
        tell.mockResolvedValue(undefined);
        const element = await show([UNSHARED]);
        await enter(element, 0, '');
        expect(tell).toHaveBeenCalledWith({ paymentId: 'a0P2', day: null });
    });

    it('says in the words of the guard why it was refused, and keeps what was entered', async () => {
        const refusal = { body: { message: '{"code":"SAVE_REFUSED","message":"still to come"}' } };
        tell.mockRejectedValue(refusal);
        const element = await show([CASH]);
        await enter(element, 0, '2027-01-01');
        expect(element.shadowRoot.querySelector('c-error-panel').error).toEqual(refusal);
        expect(parts(element, 'day')[0].value).toBe('2027-01-01');
        expect(parts(element, 'announcement')[0].textContent).toBe('');
    });

    it('says that nothing waits, and shows what cannot be read as an error that can be tried again', async () => {
        const element = await show([]);
        expect(element.shadowRoot.querySelector('c-empty-state')).not.toBeNull();
        const failed = await show();
        const state = failed.shadowRoot.querySelector('c-load-state');
        expect(state.shadowRoot.querySelector('lightning-spinner')).not.toBeNull();
        getWaiting.error({ message: 'down' });
        await settle();
        state.dispatchEvent(new CustomEvent('retry'));
        expect(refreshApex).toHaveBeenCalledTimes(1);
    });

    it('is accessible', async () => {
        await expect(await show([CASH, UNSHARED])).toBeAccessible();
    });
});
