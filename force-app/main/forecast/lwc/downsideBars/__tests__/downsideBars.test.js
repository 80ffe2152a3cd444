import { createElement } from 'lwc';
import DownsideBars from 'c/downsideBars';

const deal = (number, name) => ({ opportunityId: `00600000000000${number}AAA`, opportunityName: name });
const driver = (number, changes = {}) => ({
    accountId: `00100000000000${number}AAA`,
    accountName: `Account ${number}`,
    amount: 100 * number,
    deals: [deal(number, `Deal ${number}`)],
    mitigations: [],
    ...changes
});

function show(drivers) {
    const element = createElement('c-downside-bars', { is: DownsideBars });
    Object.assign(element, { drivers, currencyCode: 'GBP' });
    document.body.appendChild(element);
    return element;
}

const all = (element, selector) => [...element.shadowRoot.querySelectorAll(selector)];

describe('downsideBars', () => {
    afterEach(() => document.body.replaceChildren());

    it('draws a bar for each account, the largest over the whole width', () => {
        const element = show([driver(4), driver(2)]);
        expect(all(element, 'rect').map((bar) => bar.getAttribute('width'))).toEqual(['100', '50']);
        expect(all(element, '[data-id="driver"]')[0].textContent).toContain('£400.00');
    });

    it('says what securing a deal would do', () => {
        const mitigations = [{ ...deal(4, 'Custody'), kind: 'Secure', lowAmount: 880, middleAmount: 1060 }];
        const element = show([driver(4, { mitigations })]);
        expect(all(element, '[data-id="mitigation"]')[0].textContent).toBe(
            'If Custody were certain, the low end would be £880.00 and the middle £1,060.00.'
        );
    });

    it('names no account or deal that is not shared, and links to none', () => {
        const element = show([
            driver(4, { accountName: null, deals: [deal(4, null)] }),
            { accountId: null, amount: 1, deals: [], mitigations: [] }
        ]);
        const links = all(element, 'c-record-link').map(({ label, recordId }) => [label, recordId]);
        expect(links).toEqual([
            ['An account that is not shared with you', undefined],
            ['a deal that is not shared with you', undefined],
            ['Other accounts and deals not created yet', undefined]
        ]);
    });

    it('shows five accounts, and the others on request', async () => {
        const element = show([9, 8, 7, 6, 5, 4, 3].map((number) => driver(number)));
        expect(all(element, '[data-id="driver"]')).toHaveLength(5);
        all(element, '[data-id="more"]')[0].click();
        await Promise.resolve();
        expect(all(element, '[data-id="driver"]')).toHaveLength(7);
        expect(all(element, '[data-id="more"]')).toHaveLength(0);
    });

    it('says that nothing is at risk', () => {
        expect(all(show([]), 'c-empty-state')[0].heading).toBe('Nothing is at risk');
    });

    it('is accessible', async () => {
        await expect(show([driver(4), driver(2)])).toBeAccessible();
    });
});
