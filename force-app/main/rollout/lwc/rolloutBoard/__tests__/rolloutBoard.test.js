import { createElement } from 'lwc';
import RolloutBoard from 'c/rolloutBoard';
import getRollout from '@salesforce/apex/RolloutController.getRollout';
import decide from '@salesforce/apex/RolloutController.decide';

jest.mock('@salesforce/apex/RolloutController.getRollout', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/RolloutController.decide', () => ({ default: jest.fn() }), { virtual: true });

const DECISION = {
    feature: 'DealWarnings',
    audience: 'Manager',
    audienceName: 'Mona Lead',
    state: 'Shadow',
    reason: 'First look',
    decidedBy: 'Ada Admin',
    decidedAt: '2026-11-20T10:00:00.000Z',
    isInForce: true
};
const ROLLOUT = {
    decisions: [DECISION, { ...DECISION, state: 'Off', reason: undefined, isInForce: false }],
    managers: [{ value: '005M', label: 'Mona Lead' }],
    roles: [{ value: 'Sales', label: 'Sales' }],
    mayDecide: true
};

async function flush() {
    for (let turn = 0; turn < 12; turn++) await Promise.resolve();
}

async function show(rollout = ROLLOUT) {
    if (rollout) getRollout.mockResolvedValue(rollout);
    const element = createElement('c-rollout-board', { is: RolloutBoard });
    document.body.appendChild(element);
    await flush();
    return element;
}

const one = (element, selector) => element.shadowRoot.querySelector(selector);
const field = (form, name) => one(one(form, 'c-form-fields'), `[data-name="${name}"]`);
const lines = (element, feature) =>
    [...element.shadowRoot.querySelectorAll(`[data-feature="${feature}"] li`)].map(
        ({ textContent }) => textContent
    );

async function choose(form, values) {
    for (const [name, value] of Object.entries(values)) {
        field(form, name).dispatchEvent(new CustomEvent('change', { detail: { value } }));
        await flush();
    }
}

describe('rolloutBoard', () => {
    beforeEach(() => {
        jest.clearAllMocks();
        decide.mockResolvedValue(undefined);
    });
    afterEach(() => document.body.replaceChildren());

    it('says for every feature what holds for whom, and that what nobody decided is on', async () => {
        const element = await show();
        const [shadow, rest] = lines(element, 'DealWarnings');
        expect(shadow).toContain('Shadow');
        expect(shadow).toContain('Team of Mona Lead');
        expect(shadow).toContain('Ada Admin');
        expect(shadow).toContain('First look');
        expect(rest).toContain('On');
        expect(lines(element, 'Forecast')).toHaveLength(1);
        expect(element.shadowRoot.querySelectorAll('[data-id="history"]')).toHaveLength(2);
    });

    it('decides for the team of a manager, and reads again', async () => {
        const element = await show();
        const form = one(element, 'c-rollout-change');
        expect(one(form, '[data-id="save"]').disabled).toBe(true);
        await choose(form, { feature: 'Forecast', audience: 'Manager', state: 'Off' });
        expect(one(form, '[data-id="save"]').disabled).toBe(true);
        await choose(form, { audienceKey: '005M', reason: 'Not yet' });
        one(form, '[data-id="save"]').click();
        await flush();
        expect(decide).toHaveBeenCalledWith({
            feature: 'Forecast',
            audience: 'Manager',
            audienceKey: '005M',
            state: 'Off',
            reason: 'Not yet'
        });
        expect(getRollout).toHaveBeenCalledTimes(2);
        expect(one(element, '[data-id="announcement"]').textContent).not.toBe('');
    });

    it('decides for everybody without asking for a team, and shows a refusal', async () => {
        decide.mockRejectedValue({ body: { message: 'no' } });
        const element = await show();
        const form = one(element, 'c-rollout-change');
        await choose(form, { feature: 'Forecast', state: 'Shadow' });
        expect(field(form, 'audienceKey')).toBeNull();
        expect(one(form, '[data-id="meaning"]').textContent).toContain('not shown');
        one(form, '[data-id="save"]').click();
        await flush();
        expect(decide).toHaveBeenCalledWith({
            feature: 'Forecast',
            audience: 'Everybody',
            audienceKey: null,
            state: 'Shadow',
            reason: ''
        });
        expect(one(element, 'c-error-panel')).not.toBeNull();
    });

    it('offers nothing to decide to who only looks', async () => {
        const element = await show({ ...ROLLOUT, decisions: [], mayDecide: false });
        expect(one(element, 'c-rollout-change')).toBeNull();
        expect(one(element, 'c-fold-out')).toBeNull();
        expect(lines(element, 'Scorecards')[0]).toContain('On');
    });

    it('shows an error and tries again', async () => {
        getRollout.mockRejectedValue({ body: { message: 'no' } });
        const element = await show(null);
        expect(one(element, 'c-load-state').shadowRoot.querySelector('c-error-panel')).not.toBeNull();
        getRollout.mockResolvedValue(ROLLOUT);
        one(element, 'c-load-state').dispatchEvent(new CustomEvent('retry'));
        await flush();
        expect(lines(element, 'Forecast')).toHaveLength(1);
    });

    it('is accessible', async () => {
        await expect(await show()).toBeAccessible();
    });
});
