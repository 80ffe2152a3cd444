import { createElement } from 'lwc';
import StageFlow from 'c/stageFlow';

const FIGURES = {
    pace: { weekly: [], before: 6.2, now: 2.5, slowerSince: '2026-09-07' },
    conversion: [
        {
            stageName: 'Proposal',
            entered: 40,
            censored: 0,
            to: [
                { name: 'Closed Lost', share: 0.25 },
                { name: 'Negotiation', share: 0.6 },
                { name: 'Still there', share: 0.15 },
                { name: 'Discovery', share: 0 }
            ]
        }
    ]
};

function show(figures) {
    const element = createElement('c-stage-flow', { is: StageFlow });
    element.figures = figures;
    document.body.appendChild(element);
    return element;
}

const textOf = (element, selector) =>
    [...element.shadowRoot.querySelectorAll(selector)].map(({ textContent }) => textContent);

describe('stageFlow', () => {
    afterEach(() => document.body.replaceChildren());

    it('says since when deals move on more slowly, and where they went from each stage', () => {
        const element = show(FIGURES);
        expect(textOf(element, '[data-id="pace"]')[0]).toMatch(
            /more slowly since .*7.*: 2.5 steps forward a week of late, 6.2 before/
        );
        expect(textOf(element, '[data-id="stage"] th, [data-id="stage"] > td:nth-child(2)')).toEqual([
            'Proposal',
            '40'
        ]);
        expect(textOf(element, '[data-id="stage"] li')).toEqual([
            'Negotiation: 60%',
            'Closed Lost: 25%',
            'still there: 15%'
        ]);
    });

    it('says that deals move on as before, and nothing where too little moves', () => {
        const steady = show({ ...FIGURES, pace: { ...FIGURES.pace, now: 6, slowerSince: null } });
        expect(textOf(steady, '[data-id="pace"]')[0]).toContain('as fast as before: 6 steps');
        const bare = show({ velocity: null });
        expect(bare.shadowRoot.querySelectorAll('[data-id="pace"], table')).toHaveLength(0);
    });

    it('is accessible', async () => {
        await expect(show(FIGURES)).toBeAccessible();
    });
});
