import { createElement } from 'lwc';
import AccuracyTable from 'c/accuracyTable';

const RECORD = {
    methods: [
        {
            method: 'Commit',
            count: 4,
            wape: 0.12,
            bias: 0.05,
            biasInterval: { low: -0.02, high: 0.12 },
            beatNaive: [3, 4]
        },
        {
            method: 'StageWeighted',
            count: 4,
            wape: 0.14,
            bias: -0.1,
            biasInterval: { low: -0.2, high: -0.004 },
            beatNaive: [0, 0]
        },
        { method: 'P50', count: 1, wape: null, bias: null, biasInterval: null, beatNaive: [0, 1] }
    ],
    weeks: [
        { weeksToGo: 10, methods: [{ method: 'StageWeighted', count: 4, wape: 0.3, bias: 0 }] },
        {
            weeksToGo: 4,
            methods: [
                { method: 'Commit', count: 4, wape: 0.12, bias: 0.05 },
                { method: 'StageWeighted', count: 4, wape: 0.14, bias: -0.1 }
            ]
        }
    ]
};

function show() {
    const element = createElement('c-accuracy-table', { is: AccuracyTable });
    element.record = RECORD;
    document.body.appendChild(element);
    return element;
}

const rows = (element, id) =>
    [...element.shadowRoot.querySelectorAll(`[data-id="${id}"]`)].map((row) =>
        [...row.children].map(({ textContent }) => textContent)
    );

describe('accuracyTable', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows error, lean and quarters of each method beside the naive ones', () => {
        expect(rows(show(), 'method')).toEqual([
            ['Commit', '12%', '5% too high (-2% to 12%)', '4', '3 of 4'],
            ['By stage alone (naive)', '14%', '10% too low (-20% to 0%)', '4', ''],
            ['Middle (P50)', '', '', '1', '0 of 1']
        ]);
    });

    it('shows errors week by week, and nothing where there was no figure yet', () => {
        expect(rows(show(), 'weeks')).toEqual([
            ['Commit', '', '12%'],
            ['By stage alone (naive)', '30%', '14%'],
            ['Middle (P50)', '', '']
        ]);
    });

    it('is accessible', async () => {
        await expect(show()).toBeAccessible();
    });
});
