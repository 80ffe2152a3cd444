import { createElement } from 'lwc';
import RecordLink from 'c/recordLink';

const flush = () => new Promise(process.nextTick);

async function show(properties) {
    const element = createElement('c-record-link', { is: RecordLink });
    Object.assign(element, { objectApiName: 'Opportunity', label: 'Pension mandate', ...properties });
    document.body.appendChild(element);
    await flush();
    return element;
}

describe('recordLink', () => {
    afterEach(() => document.body.replaceChildren());

    it('is a real link, so that it can be opened in a new tab', async () => {
        const { shadowRoot } = await show({ recordId: '006000000000001AAA' });
        const link = shadowRoot.querySelector('a');
        expect(link.getAttribute('href')).toBe('https://www.example.com');
        expect(link.textContent).toBe('Pension mandate');
    });

    it('opens inside Lightning when clicked', async () => {
        const { shadowRoot } = await show({ recordId: '006000000000001AAA' });
        const click = new MouseEvent('click', { cancelable: true, bubbles: true });
        shadowRoot.querySelector('a').dispatchEvent(click);
        expect(click.defaultPrevented).toBe(true);
    });

    it('leaves a click with a modifier key to the browser', async () => {
        const { shadowRoot } = await show({ recordId: '006000000000001AAA' });
        let wasPrevented;
        document.body.addEventListener(
            'click',
            (event) => {
                wasPrevented = event.defaultPrevented;
                event.preventDefault();
            },
            { once: true }
        );
        const click = new MouseEvent('click', {
            cancelable: true,
            bubbles: true,
            composed: true,
            ctrlKey: true
        });
        shadowRoot.querySelector('a').dispatchEvent(click);
        expect(wasPrevented).toBe(false);
    });

    it('takes the focus as soon as it has an address', async () => {
        const element = createElement('c-record-link', { is: RecordLink });
        Object.assign(element, { objectApiName: 'Task', label: 'Open task', recordId: '00T000000000001AAA' });
        document.body.appendChild(element);
        element.focus();
        expect(element.shadowRoot.activeElement).toBeNull();
        await flush();
        expect(element.shadowRoot.activeElement).toBe(element.shadowRoot.querySelector('a'));
    });

    it('is plain text when there is no record to open', async () => {
        const { shadowRoot } = await show({ recordId: undefined });
        expect(shadowRoot.querySelector('a')).toBeNull();
        expect(shadowRoot.textContent).toContain('Pension mandate');
    });

    it('is accessible', async () => {
        await expect(await show({ recordId: '006000000000001AAA' })).toBeAccessible();
    });
});
