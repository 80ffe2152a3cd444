import { createElement } from 'lwc';
import WhatIfDeals from 'c/whatIfDeals';

function deal(number, changes = {}) {
    return {
        opportunityId: `006${number}`,
        name: `Deal ${number}`,
        accountName: 'Acme',
        amount: 1000 * number,
        closeDate: '2026-12-10',
        stageName: 'Proposal',
        isPicked: false,
        ...changes
    };
}

async function show(deals) {
    const element = createElement('c-what-if-deals', { is: WhatIfDeals });
    Object.assign(element, { deals, currencyCode: 'GBP' });
    element.heard = [];
    element.addEventListener('assume', ({ detail }) => element.heard.push(detail));
    document.body.appendChild(element);
    await Promise.resolve();
    return element;
}

const all = (element, selector) => [...element.shadowRoot.querySelectorAll(selector)];
const change = (input, value) => input.dispatchEvent(new CustomEvent('change', { detail: { value } }));

describe('whatIfDeals', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows the deals as they stand, and tells how many are picked', async () => {
        const element = await show([deal(1), deal(2, { isPicked: true })]);
        expect(all(element, '[data-id="deal"]')[0].textContent).toContain('£1,000.00');
        expect(all(element, '[data-id="deal"]')[0].textContent).toContain('Acme · Proposal');
        expect(all(element, '[data-id="picked"]')[0].textContent).toBe('1 of 2 picked');
    });

    it('says what of a deal is this person’s: the share, the role on the deal of somebody else', async () => {
        const shares = [
            { payeeId: '005A', percent: 66.67 },
            { payeeId: '005B', percent: 33.33 }
        ];
        const team = [{ payeeId: '005B', role: 'Specialist' }];
        const element = await show([
            deal(1, { ownerId: '005B', shares }),
            deal(2, { ownerId: '005A', ownerName: 'Ann', shares: [], team })
        ]);
        element.payeeId = '005B';
        await Promise.resolve();
        const [split, helped] = all(element, '[data-id="deal"]').map(({ textContent }) => textContent);
        expect(split).toContain('Acme · Proposal · your share 33.33%');
        expect(helped).toContain('Acme · Proposal · deal of Ann · Specialist');
    });

    it('tells what is assumed', async () => {
        const element = await show([deal(1, { isPicked: true })]);
        change(all(element, '[data-field="amount"]')[0], '1500.5');
        change(all(element, '[data-field="amount"]')[0], '');
        const [day] = all(element, '[data-field="closeDate"]');
        day.value = '2026-11-30';
        change(day);
        const [box] = all(element, 'input');
        box.checked = false;
        box.dispatchEvent(new CustomEvent('change'));
        expect(element.heard).toEqual([
            { opportunityId: '0061', amount: 1500.5 },
            { opportunityId: '0061', closeDate: '2026-11-30' },
            { opportunityId: '0061', isPicked: false }
        ]);
    });

    it('does not let a deal without an amount be picked', async () => {
        const element = await show([deal(1, { amount: undefined })]);
        expect(all(element, 'input')[0].disabled).toBe(true);
        expect(all(element, '[data-id="deal"]')[0].textContent).toContain('No amount');
    });

    it('finds deals by words, and shows more when asked', async () => {
        const element = await show(Array.from({ length: 30 }, (_, index) => deal(index + 1)));
        expect(all(element, '[data-id="deal"]')).toHaveLength(25);
        all(element, '[data-id="more"]')[0].click();
        await Promise.resolve();
        expect(all(element, '[data-id="deal"]')).toHaveLength(30);
        change(all(element, 'lightning-input')[0], 'deal 3');
        await Promise.resolve();
        expect(all(element, '[data-id="deal"]')).toHaveLength(2);
    });

    it('is accessible', async () => {
        await expect(await show([deal(1), deal(2, { isPicked: true })])).toBeAccessible();
    });
});
