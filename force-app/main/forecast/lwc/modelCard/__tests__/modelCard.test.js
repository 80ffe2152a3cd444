import { createElement } from 'lwc';
import ModelCard from 'c/modelCard';
import getCards from '@salesforce/apex/ModelCardController.getCards';

jest.mock(
    '@salesforce/apex/ModelCardController.getCards',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn().mockResolvedValue() }), { virtual: true });

const CARD = {
    modelKey: 'Win:2026-11-16',
    kind: 'Win',
    status: 'InUse',
    method: 'Boosted trees',
    fittedAt: '2026-11-16T02:00:00.000Z',
    discrimination: 0.772,
    brierScore: 0.1801,
    baselineBrierScore: 0.1882,
    calibrationError: 0.021,
    reliability: JSON.stringify([
        { from: 0, to: 0.1, predicted: 0.05, observed: 0.06, count: 100 },
        { from: 0.1, to: 0.2, predicted: 0.15, observed: 0.1, count: 25 },
        { from: 0.9, to: 1, predicted: 0.95, observed: 0, count: 0 }
    ]),
    race: JSON.stringify([
        {
            method: 'Boosted trees',
            isNaive: false,
            discrimination: 0.772,
            brierScore: 0.1801,
            calibrationError: 0.021
        },
        {
            method: 'Stage and age',
            isNaive: true,
            discrimination: 0.749,
            brierScore: 0.1882,
            calibrationError: 0.03
        }
    ]),
    inputs: JSON.stringify([{ name: 'age', words: 'Days since it was created', weight: 0.4 }]),
    plainText: 'Of ten deals with the same chance, so many were won.'
};
const FLAG = {
    ruleKey: 'R1',
    segment: '*',
    status: 'Demoted',
    lift: 1.02,
    liftLow: 0.91,
    liftHigh: 1.14,
    hitRate: 0.46,
    baseRate: 0.45,
    leadDays: 12.5,
    feedbackCount: 3,
    why: 'Its lift may be none.'
};

async function flush() {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

async function show(view) {
    const element = createElement('c-model-card', { is: ModelCard });
    document.body.appendChild(element);
    if (view) getCards.emit(view);
    await flush();
    return element;
}

const all = (element, selector) => [...element.shadowRoot.querySelectorAll(selector)];
const textOf = (node) => node.textContent.replace(/\s+/g, ' ').trim();

describe('modelCard', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows what a model foretells and its record beside the naive methods', async () => {
        const element = await show({ cards: [CARD], flags: [] });
        expect(textOf(all(element, '[data-id="card"] h3')[0])).toBe('Chance to win In use');
        expect(all(element, '[data-id="entrant"]').map(textOf)).toEqual([
            'Boosted trees0.7720.1800.021',
            'Stage and age (naive)0.7490.1880.030'
        ]);
        expect(all(element, 'c-reliability-curve')[0].bins).toHaveLength(3);
        expect(all(element, '[data-id="words"]')[0].textContent).toBe(CARD.plainText);
    });

    it('shows the chance to win first, and to stall last', async () => {
        const cards = ['Stall14', 'Win14', 'Win', 'Win30'].map((kind) => ({ ...CARD, modelKey: kind, kind }));
        const titles = all(await show({ cards, flags: [] }), '[data-id="card"] h3').map(textOf);
        expect(titles[0]).toContain('Chance to win');
        expect(titles[0]).not.toContain('days');
        expect(titles.at(-1)).toContain('Chance to stall');
    });

    it('says why there is no model, without figures', async () => {
        const card = {
            modelKey: 'Stall14:1',
            kind: 'Stall14',
            status: 'NotEnoughHistory',
            plainText: '12 deals.'
        };
        const element = await show({ cards: [card], flags: [] });
        expect(textOf(all(element, '[data-id="card"] h3')[0])).toBe(
            'Chance to stall in 14 days Not enough history'
        );
        expect(all(element, 'c-reliability-curve, dd')).toHaveLength(0);
    });

    it('shows what each warning is worth', async () => {
        const element = await show({ cards: [], flags: [FLAG] });
        const row = textOf(all(element, '[data-id="flag"]')[0]);
        expect(row).toContain('No two-way contactDemoted');
        expect(row).toContain('All types of deals');
        expect(row).toContain('0.910 – 1.140');
        expect(row).toContain('Its lift may be none.');
        expect(row).toContain('46% with the warning, 45% without');
    });

    it('shows how often people called a warning not right, and nothing where nothing is known', async () => {
        const few = {
            ruleKey: 'R7',
            status: 'TooFew',
            flaggedCount: 0,
            feedbackCount: 0,
            why: 'Not enough history.'
        };
        const element = await show({ cards: [], flags: [FLAG, few] });
        const cells = all(element, '[data-id="flag"]').map((row) =>
            [...row.querySelectorAll('td')].map(textOf)
        );
        expect(cells[0].at(-2)).toBe('3');
        expect(cells[1]).toEqual(['', '', '', '', '0', 'Not enough history.']);
        expect(textOf(all(element, '[data-id="flag"]')[1])).toContain('Deals without a type');
    });

    it('tells nothing yet from loading and errors', async () => {
        expect(all(await show({ cards: [], flags: [] }), 'c-empty-state')[0].heading).toBe('No models yet');
        const element = await show();
        expect(all(element, 'c-load-state')[0].shadowRoot.querySelector('lightning-spinner')).not.toBeNull();
        getCards.error({ message: 'no' }, 500);
        await flush();
        expect(all(element, 'c-load-state')[0].shadowRoot.querySelector('c-error-panel')).not.toBeNull();
    });

    it('is accessible', async () => {
        await expect(await show({ cards: [CARD], flags: [FLAG] })).toBeAccessible();
    });
});
