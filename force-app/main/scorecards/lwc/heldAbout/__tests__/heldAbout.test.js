import { createElement } from 'lwc';
import HeldAbout from 'c/heldAbout';

function show(props) {
    const element = Object.assign(createElement('c-held-about', { is: HeldAbout }), props);
    document.body.appendChild(element);
    return element;
}

const all = (element, id) => [...element.shadowRoot.querySelectorAll(`[data-id="${id}"]`)];

describe('heldAbout', () => {
    afterEach(() => document.body.replaceChildren());

    it('tells what is held, for what and how long, and who looked', async () => {
        const element = show({
            held: [
                {
                    signal: 'Calls',
                    source: 'CRM',
                    count: 1234,
                    lastExtracted: '2026-11-02',
                    purpose: 'To see activity',
                    retainUntil: '2028-11-02'
                }
            ],
            views: [{ viewerName: 'Mia Chief', viewedAt: '2026-11-02T09:00:00.000Z', what: 'Scorecard' }]
        });
        expect(all(element, 'held')[0].textContent).toContain('1,234');
        expect(all(element, 'held')[0].textContent).toContain('To see activity');
        expect(all(element, 'look')[0].textContent).toContain('Mia Chief');
        await expect(element).toBeAccessible();
    });

    it('says that nothing is held and nobody looked', () => {
        const element = show({ held: [], views: [] });
        expect(all(element, 'no-held')[0].textContent).toBe('Nothing is held.');
        expect(all(element, 'no-looks')[0].textContent).toBe('Nobody else has looked at it.');
    });
});
