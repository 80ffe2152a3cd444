import { createElement } from 'lwc';
import ChangeWaterfall from 'c/changeWaterfall';

const SNAPSHOT = {
    openingAmount: 100,
    claimedAmount: 80,
    changesSinceDate: '2026-11-09',
    currencyCode: 'GBP',
    changes: [
        { kind: 'Created', amount: 50, dealCount: 2 },
        { kind: 'Won', amount: -70, dealCount: 1 },
        { kind: 'CreatedAndWon', amount: 0, dealCount: 1 }
    ]
};

function show(snapshot = SNAPSHOT) {
    const element = createElement('c-change-waterfall', { is: ChangeWaterfall });
    element.snapshot = snapshot;
    document.body.appendChild(element);
    return element;
}

const all = (element, selector) => [...element.shadowRoot.querySelectorAll(selector)];
const box = (bar) => ['y', 'height'].map((name) => Number(bar.getAttribute(name)));

describe('changeWaterfall', () => {
    afterEach(() => document.body.replaceChildren());

    it('begins each step where the one before ended', () => {
        const [opening, created, won, closing] = all(show(), 'rect').map(box);
        expect(created[0] + created[1]).toBeCloseTo(opening[0]);
        expect(won[0]).toBeCloseTo(created[0]);
        expect(won[0] + won[1]).toBeCloseTo(closing[0]);
        expect(closing[0] + closing[1]).toBeCloseTo(100);
    });

    it('begins further up where changes are small, so that they can be seen, and says where', () => {
        const small = { ...SNAPSHOT, openingAmount: 1000, claimedAmount: 980 };
        const element = show(small);
        const [opening, created, won, closing] = all(element, 'rect').map(box);
        expect(created[1]).toBeCloseTo((100 * 50) / 140);
        expect(won[0] + won[1]).toBeCloseTo(closing[0]);
        expect(opening[0] + opening[1]).toBeCloseTo(100);
        expect(all(element, '[data-id="cut"]')[0].textContent).toBe(
            'Bars begin at £910.00, so that changes can be seen.'
        );
        expect(all(show(), '[data-id="cut"]')).toEqual([]);
    });

    it('tells the same in words, without what moved nothing', () => {
        const element = show();
        expect(all(element, '[data-id="step"]').map(({ textContent }) => textContent)).toEqual([
            'Then£100.00',
            'Created£50.002 deals',
            'Won-£70.001 deal',
            'Now£80.00'
        ]);
        expect(all(element, 'h3')[0].textContent).toBe('What changed since Nov 9, 2026');
    });

    it('is accessible', async () => {
        await expect(show()).toBeAccessible();
    });
});
