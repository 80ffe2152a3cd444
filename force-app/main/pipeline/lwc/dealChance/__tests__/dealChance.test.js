import { createElement } from 'lwc';
import DealChance from 'c/dealChance';

const CHANCE = {
    win: 0.42,
    winSoon: 0.1,
    stall: 0.65,
    closeEarly: '2026-11-30',
    closeLikely: '2027-01-15',
    closeLate: '2027-04-01',
    reasons: JSON.stringify([
        { words: 'days in this stage: 41', points: -12 },
        { words: 'stage is Negotiation', points: 9 }
    ])
};

function show(changes = {}) {
    const element = createElement('c-deal-chance', { is: DealChance });
    element.chance = { ...CHANCE, ...changes };
    document.body.appendChild(element);
    return element;
}

const textOf = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`).textContent.trim();

describe('dealChance', () => {
    afterEach(() => document.body.replaceChildren());

    it('says how often deals like this one were won, and when they close', () => {
        const element = show();
        expect(textOf(element, 'win')).toBe('Deals like this one were won 42% of the time.');
        expect(textOf(element, 'close')).toBe(
            'Likely to close around Jan 15, 2027, between Nov 30, 2026 and Apr 1, 2027 eight times in ten.'
        );
        expect(textOf(element, 'soon')).toContain('10%');
        expect(textOf(element, 'soon')).toContain('65%');
        expect(element.shadowRoot.querySelector('rect').getAttribute('width')).toBe('42');
    });

    it('says what raises and what lowers the chance', () => {
        const reasons = [...show().shadowRoot.querySelectorAll('[data-id="reason"]')].map(
            (one) => one.textContent
        );
        expect(reasons).toEqual([
            'days in this stage: 41 – lowers it by 12 points',
            'stage is Negotiation – raises it by 9 points'
        ]);
    });

    it('leaves out what is not known', () => {
        const element = show({ stall: null, reasons: '{oops' });
        expect(textOf(element, 'soon')).not.toContain('65%');
        expect(element.shadowRoot.querySelector('[data-id="reason"]')).toBeNull();
    });

    it('is accessible', async () => {
        await expect(show()).toBeAccessible();
    });
});
