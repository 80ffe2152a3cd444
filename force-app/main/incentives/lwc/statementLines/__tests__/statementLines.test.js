import { createElement } from 'lwc';
import StatementLines from 'c/statementLines';

const LINE = { kind: 'Earning', title: 'Commission', componentKey: 'commission', amount: 10.1 };

function line(number, changes = {}) {
    return {
        ...LINE,
        lineId: `a0L00000000${String(1000 + number)}AAA`,
        lineNumber: `L-${number}`,
        ...changes
    };
}

async function show(lines, properties = {}) {
    const element = createElement('c-statement-lines', { is: StatementLines });
    Object.assign(element, { lines, currencyCode: 'GBP', ...properties });
    document.body.appendChild(element);
    await Promise.resolve();
    return element;
}

const all = (element, selector) => [...element.shadowRoot.querySelectorAll(selector)];
const texts = (element, selector) => all(element, selector).map(({ textContent }) => textContent);

describe('statementLines', () => {
    afterEach(() => document.body.replaceChildren());

    it('lets its payee ask about a line, and shows the status of what was asked', async () => {
        const element = await show([line(1), line(2, { disputeStatus: 'InReview' })], {
            statementId: 'a0S1'
        });
        expect(texts(element, '[data-id="dispute"]')).toEqual(['Dispute: In review']);
        const onRaised = jest.fn();
        element.addEventListener('raised', onRaised);
        const asks = all(element, '[data-id="ask"]');
        expect(asks).toHaveLength(1);
        asks[0].click();
        await Promise.resolve();
        const [form] = all(element, 'c-dispute-form');
        expect([form.statementId, form.lineId, form.isInline]).toEqual(['a0S1', line(1).lineId, true]);
        form.dispatchEvent(new CustomEvent('raised', { detail: { disputeId: 'a0D1' } }));
        await Promise.resolve();
        expect(onRaised.mock.calls[0][0].detail).toEqual({ disputeId: 'a0D1' });
        expect(all(element, 'c-dispute-form')).toEqual([]);
    });

    it('offers no question where there may be none: a draft, the statement of somebody else', async () => {
        expect(all(await show([line(1)]), '[data-id="ask"]')).toEqual([]);
    });

    it('groups lines by component, under the names of the plan, with their sums', async () => {
        const components = [{ componentKey: 'commission', name: 'Commission on bookings' }];
        const lines = [
            line(1),
            line(2, { amount: 0.2 }),
            line(3, { kind: 'PayoutStep', componentKey: 'draw', amount: -5 })
        ];
        const element = await show(lines, { components });
        expect(texts(element, 'h3')).toEqual(['Commission on bookings', 'From earned to paid']);
        expect(texts(element, '[data-id="group-total"]')).toEqual(['£10.30', '-£5.00']);
    });

    it('names a component it does not know by its key', async () => {
        expect(texts(await show([line(1, { componentKey: 'newAssets' })]), 'h3')).toEqual(['New assets']);
    });

    it('links to the deal, and tells base, rate and what a line corrects', async () => {
        const changes = {
            opportunityId: '006A',
            opportunityName: 'Acme',
            baseAmount: 500,
            rate: 0.0675,
            correctsLineNumber: 'L-0'
        };
        const element = await show([line(1, changes), line(2)]);
        expect(all(element, 'c-record-link').map(({ label }) => label)).toEqual(['Acme']);
        expect(texts(element, 'li')[0]).toContain('£500.00 at 6.75%');
        expect(texts(element, 'li')[0]).toContain('Corrects L-0');
        expect(texts(element, 'li')[1]).toContain('Commission');
    });

    it('opens a line to its working and closes it', async () => {
        const element = await show([line(1), line(2)]);
        const [button] = all(element, 'button');
        expect(button.getAttribute('aria-expanded')).toBe('false');
        button.click();
        await Promise.resolve();
        expect(button.getAttribute('aria-expanded')).toBe('true');
        expect(all(element, 'c-line-working').map(({ lineId }) => lineId)).toEqual([line(1).lineId]);
        button.click();
        await Promise.resolve();
        expect(all(element, 'c-line-working')).toEqual([]);
    });

    it('shows ten lines of a component, and more when asked', async () => {
        const element = await show(Array.from({ length: 12 }, (_, index) => line(index)));
        expect(all(element, 'li')).toHaveLength(10);
        all(element, 'lightning-button')[0].click();
        await Promise.resolve();
        expect(all(element, 'li')).toHaveLength(12);
    });

    it('tells no sum when it does not have all lines', async () => {
        const element = await show([line(1)], { moreLineCount: 7 });
        expect(texts(element, '[data-id="group-total"]')).toEqual(['']);
        expect(texts(element, '[data-id="more"]')[0]).toContain('7 more lines');
    });

    it('is accessible', async () => {
        await expect(await show([line(1), line(2)])).toBeAccessible();
    });
});
