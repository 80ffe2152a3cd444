import { createElement } from 'lwc';
import BandBar from 'c/bandBar';

const COUNTS = [
    { band: 'Stalled', dealCount: 6 },
    { band: 'AtRisk', dealCount: 0 },
    { band: 'Watch', dealCount: 12 },
    { band: 'Healthy', dealCount: 2000, isCapped: true }
];

function show(properties = {}) {
    const element = createElement('c-band-bar', { is: BandBar });
    Object.assign(element, { counts: COUNTS, ...properties });
    document.body.appendChild(element);
    return element;
}

const bars = (element) => [...element.shadowRoot.querySelectorAll('svg.bar rect')];
const buttons = (element) => [...element.shadowRoot.querySelectorAll('button')];

describe('bandBar', () => {
    afterEach(() => document.body.replaceChildren());

    it('draws one part for each band that has deals, and fills the whole bar', () => {
        const parts = bars(show());
        expect(parts).toHaveLength(3);
        const last = parts[2];
        expect(Number(last.getAttribute('x')) + Number(last.getAttribute('width'))).toBeCloseTo(400);
    });

    it('draws twice the deals about twice as wide', () => {
        const [stalled, watch] = bars(
            show({
                counts: [
                    { band: 'Stalled', dealCount: 100 },
                    { band: 'Watch', dealCount: 200 }
                ]
            })
        ).map((part) => Number(part.getAttribute('width')));
        expect(watch / stalled).toBeCloseTo(2, 1);
    });

    it('keeps a single deal among thousands wide enough to be seen', () => {
        const [one] = bars(
            show({
                counts: [
                    { band: 'Stalled', dealCount: 1 },
                    { band: 'Healthy', dealCount: 5000 }
                ]
            })
        );
        expect(Number(one.getAttribute('width'))).toBeGreaterThanOrEqual(4);
    });

    it('says in words what it draws, and that a count was cut off', () => {
        const bar = show().shadowRoot.querySelector('svg.bar');
        expect(bar.getAttribute('aria-label')).toBe(
            'Open deals by health: 6 Stalled, 12 Watch, 2,000+ Healthy'
        );
    });

    it('filters to a band, and back when it is chosen again', () => {
        const element = show();
        const onSelect = jest.fn();
        element.addEventListener('select', (event) => onSelect(event.detail.band));
        buttons(element)[0].click();
        element.selected = 'Stalled';
        buttons(element)[0].click();
        expect(onSelect.mock.calls).toEqual([['Stalled'], ['']]);
    });

    it('tells which band is chosen', async () => {
        const element = show({ selected: 'Watch' });
        const pressed = buttons(element).map((one) => [one.dataset.band, one.getAttribute('aria-pressed')]);
        expect(pressed).toEqual([
            ['Stalled', 'false'],
            ['Watch', 'true']
        ]);
    });

    it('is called by what it shows, so that people who speak to their computer can press it', () => {
        const [stalled] = buttons(show());
        expect(stalled.textContent.trim()).toBe('6 Stalled');
        expect(stalled.hasAttribute('aria-label')).toBe(false);
    });

    it('offers no filter for healthy deals, which the list does not hold', () => {
        expect(buttons(show()).map((one) => one.dataset.band)).not.toContain('Healthy');
    });

    it('draws nothing when there are no deals', () => {
        expect(show({ counts: [] }).shadowRoot.querySelector('svg')).toBeNull();
    });

    it('is accessible', async () => {
        await expect(show()).toBeAccessible();
    });
});
