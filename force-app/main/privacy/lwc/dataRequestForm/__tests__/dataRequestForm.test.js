import { createElement } from 'lwc';
import DataRequestForm from 'c/dataRequestForm';
import ask from '@salesforce/apex/DataRequestController.ask';
import findPeople from '@salesforce/apex/DataRequestController.findPeople';

jest.mock('@salesforce/apex/DataRequestController.ask', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/DataRequestController.findPeople', () => ({ default: jest.fn() }), {
    virtual: true
});

const JANE = { userId: '0051', name: 'Jane Miller', isActive: false };
const JOHN = { userId: '0052', name: 'John Mills', isActive: true };

async function flush() {
    for (let turn = 0; turn < 8; turn++) await Promise.resolve();
}

const part = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);

async function type(element, id, value) {
    const input = part(element, id);
    input.value = value;
    input.dispatchEvent(new CustomEvent('change', { detail: { value } }));
    await flush();
}

async function searched(...people) {
    findPeople.mockResolvedValue(people);
    const element = createElement('c-data-request-form', { is: DataRequestForm });
    document.body.appendChild(element);
    await type(element, 'term', 'mil');
    part(element, 'search').click();
    await flush();
    return element;
}

describe('dataRequestForm', () => {
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('finds people by name and says who has left', async () => {
        const element = await searched(JANE, JOHN);
        expect(findPeople).toHaveBeenCalledWith({ term: 'mil' });
        expect(part(element, 'person').options.map(({ label }) => label)).toEqual([
            'Jane Miller (has left)',
            'John Mills'
        ]);
        expect(part(element, 'send').disabled).toBe(true);
    });

    it('says that nobody has that name', async () => {
        const element = await searched();
        expect(element.shadowRoot.querySelector('[role="status"]').textContent).toContain('Nobody');
        expect(part(element, 'person')).toBeNull();
    });

    it('asks for what was chosen and empties the form', async () => {
        ask.mockResolvedValue('a1');
        const element = await searched(JANE);
        const heard = jest.fn();
        element.addEventListener('asked', heard);
        await type(element, 'kind', 'Erasure');
        await type(element, 'reason', ' Letter 42 ');
        part(element, 'send').click();
        await flush();
        expect(ask).toHaveBeenCalledWith({ personId: '0051', kind: 'Erasure', reason: 'Letter 42' });
        expect(heard).toHaveBeenCalledTimes(1);
        expect(part(element, 'person')).toBeNull();
    });

    it('does not ask for the erasure of somebody who is still active', async () => {
        const element = await searched(JOHN);
        await type(element, 'reason', 'Letter');
        expect(part(element, 'send').disabled).toBe(false);
        await type(element, 'kind', 'Erasure');
        expect(part(element, 'too-early').textContent).toContain('still active');
        expect(part(element, 'send').disabled).toBe(true);
    });

    it('keeps what was typed when the org refuses', async () => {
        ask.mockRejectedValue({ body: { message: '{"code":"SAVE_REFUSED","message":"No."}' } });
        const element = await searched(JANE);
        await type(element, 'reason', 'Letter');
        part(element, 'send').click();
        await flush();
        expect(element.shadowRoot.querySelector('c-error-panel')).not.toBeNull();
        expect(part(element, 'reason').value).toBe('Letter');
        await expect(element).toBeAccessible();
    });
});
