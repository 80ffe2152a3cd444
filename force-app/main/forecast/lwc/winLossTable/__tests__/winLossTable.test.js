import { createElement } from 'lwc';
import WinLossTable from 'c/winLossTable';

const WIN_LOSS = {
    closedCount: 240,
    coverage: 0.8,
    silence: '',
    reasons: [
        {
            reason: 'Type: Renewal',
            count: 60,
            share: 0.7,
            low: 0.58,
            high: 0.8,
            shareOfOthers: 0.3,
            isFinding: true
        },
        {
            reason: 'Lead source: Web',
            count: 40,
            share: 0.35,
            low: 0.22,
            high: 0.5,
            shareOfOthers: 0.4,
            isFinding: false
        }
    ]
};

function show(winLoss) {
    const element = createElement('c-win-loss-table', { is: WinLossTable });
    element.winLoss = winLoss;
    document.body.appendChild(element);
    return element;
}

const rows = (element) =>
    [...element.shadowRoot.querySelectorAll('[data-id="trait"]')].map((row) =>
        [...row.children].map(({ textContent }) => textContent)
    );
const about = (element) => element.shadowRoot.querySelector('[data-id="about"]').textContent;

describe('winLossTable', () => {
    afterEach(() => document.body.replaceChildren());

    it('tells what stands out, and what may be chance, with intervals', () => {
        const element = show(WIN_LOSS);
        expect(rows(element)).toEqual([
            ['Type: Renewal', '60', '70% (58% to 80%)', '30%', 'Stands out'],
            ['Lead source: Web', '40', '35% (22% to 50%)', '40%', 'May be chance']
        ]);
        expect(about(element)).toContain('240 deals ended within a year; 80% of them');
    });

    it('says why it tells nothing', () => {
        const silence = 'Not enough history: 12 closed deals, 100 are needed.';
        const element = show({ closedCount: 12, coverage: 1, silence, reasons: [] });
        expect(about(element)).toBe(silence);
        expect(rows(element)).toEqual([]);
    });

    it('is accessible', async () => {
        await expect(show(WIN_LOSS)).toBeAccessible();
    });
});
