import { createElement } from 'lwc';
import PeriodPath from 'c/periodPath';

const PERIOD = {
    name: 'Q3 2026',
    status: 'Reviewed',
    steps: [{ status: 'Calculated', byName: 'Ada Analyst', doneAt: '2026-11-20T09:00:00.000Z' }]
};

function show(period = {}) {
    const element = createElement('c-period-path', { is: PeriodPath });
    element.period = { ...PERIOD, ...period };
    document.body.appendChild(element);
    return element;
}

describe('periodPath', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows all steps and the one the period is at', () => {
        const { shadowRoot } = show();
        expect(shadowRoot.querySelector('lightning-progress-indicator').currentStep).toBe('Reviewed');
        expect(shadowRoot.querySelectorAll('lightning-progress-step')).toHaveLength(6);
    });

    it('says who took which step', () => {
        expect(show().shadowRoot.querySelector('[data-id="done"]').textContent).toMatch(
            /^Calculated by Ada Analyst, Nov 20, 2026/
        );
    });

    it('says why it was sent back, while it is open', () => {
        const back = { status: 'Open', steps: [], sentBackReason: 'A deal was cancelled' };
        expect(show(back).shadowRoot.querySelector('[data-id="sent-back"]').textContent).toBe(
            'Sent back: A deal was cancelled'
        );
        const later = show({ sentBackReason: 'A deal was cancelled' });
        expect(later.shadowRoot.querySelector('[data-id="sent-back"]')).toBeNull();
    });

    it('is accessible', async () => {
        await expect(show()).toBeAccessible();
    });
});
