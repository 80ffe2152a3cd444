import { createElement } from 'lwc';
import GoalPanel from 'c/goalPanel';
import addGoal from '@salesforce/apex/GoalController.addGoal';
import withdraw from '@salesforce/apex/GoalController.withdraw';

jest.mock('@salesforce/apex/GoalController.addGoal', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/GoalController.withdraw', () => ({ default: jest.fn() }), { virtual: true });

const METRICS = [
    { metricKey: 'csat', label: 'CSAT', unit: 'Percent', value: 82 },
    { metricKey: 'nps', label: 'NPS', unit: 'Score', value: null }
];
const goal = (goalId, changes = {}) => ({
    goalId,
    title: `Goal ${goalId}`,
    metricKey: 'csat',
    label: 'CSAT',
    unit: 'Percent',
    baselineValue: 80,
    targetValue: 90,
    currentValue: 82,
    progressPercent: 20,
    startDate: '2026-10-01',
    dueDate: '2026-12-31',
    status: 'Open',
    parentName: 'Clients who stay',
    ...changes
});

async function flush() {
    for (let turn = 0; turn < 8; turn++) await Promise.resolve();
}

function show(goals = [goal('g1')]) {
    const element = createElement('c-goal-panel', { is: GoalPanel });
    Object.assign(element, { userId: 'u1', goals, metrics: METRICS });
    document.body.appendChild(element);
    return element;
}

const one = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);
const button = (element, id) =>
    element.shadowRoot.querySelector('c-form-buttons').shadowRoot.querySelector(`[data-id="${id}"]`);
const field = (element, name) =>
    element.shadowRoot.querySelector('c-form-fields').shadowRoot.querySelector(`[data-name="${name}"]`);

async function enter(element, values) {
    for (const [name, value] of Object.entries(values)) {
        field(element, name).dispatchEvent(new CustomEvent('change', { detail: { value } }));
        await flush();
    }
}

async function openForm(element) {
    one(element, 'add').click();
    await flush();
}

const SMART = {
    title: 'Calmer clients',
    metricKey: 'csat',
    targetValue: '90',
    startDate: '2026-11-01',
    dueDate: '2027-01-31',
    parentName: 'Clients who stay'
};

describe('goalPanel', () => {
    beforeEach(() => {
        addGoal.mockResolvedValue('g9');
        withdraw.mockResolvedValue();
    });
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('tells how far a goal is, from where to where by when, and what it serves', () => {
        const element = show();
        const text = one(element, 'goal').textContent;
        expect(one(element, 'progress').textContent).toBe('20 %');
        expect(text).toContain('CSAT: from 80 % to 90 % by Dec 31, 2026, now 82 %');
        expect(text).toContain('Serves: Clients who stay');
        expect(element.shadowRoot.querySelector('.done').getAttribute('width')).toBe('20');
    });

    it('draws no progress that is not worked out, and none beyond its picture', () => {
        const element = show([
            goal('g1', { progressPercent: null, currentValue: null }),
            goal('g2', { progressPercent: 140, status: 'Met' })
        ]);
        const bars = [...element.shadowRoot.querySelectorAll('.done')];
        expect(bars.map((bar) => bar.getAttribute('width'))).toEqual(['100']);
        expect(one(element, 'progress').textContent).toBe('Not worked out yet');
    });

    it('says that there are no goals', () => {
        expect(one(show([]), 'none').textContent).toBe('No goals set.');
    });

    it('sets a goal only with everything it takes, starting from where the person stands', async () => {
        const element = show();
        await openForm(element);
        expect(button(element, 'send').disabled).toBe(true);
        await enter(element, SMART);
        expect(field(element, 'baselineValue').value).toBe(82);
        expect(button(element, 'send').disabled).toBe(false);
        await enter(element, { parentName: ' ' });
        expect(button(element, 'send').disabled).toBe(true);
        await enter(element, { parentName: 'Clients who stay' });
        button(element, 'send').click();
        await flush();
        expect(addGoal).toHaveBeenCalledWith({
            userId: 'u1',
            title: 'Calmer clients',
            metricKey: 'csat',
            baselineValue: 82,
            targetValue: 90,
            startDate: '2026-11-01',
            dueDate: '2027-01-31',
            parentGoalId: null,
            parentName: 'Clients who stay'
        });
        expect(element.shadowRoot.querySelector('c-form-buttons')).toBeNull();
    });

    it('takes another goal as the one it serves', async () => {
        const element = show();
        await openForm(element);
        await enter(element, { ...SMART, parentGoalId: 'g1' });
        expect(field(element, 'parentName')).toBeNull();
        button(element, 'send').click();
        await flush();
        expect(addGoal.mock.calls[0][0]).toMatchObject({ parentGoalId: 'g1', parentName: null });
    });

    it('keeps what was typed when the guard refuses, and shows its sentence', async () => {
        addGoal.mockRejectedValue({ body: { message: '{"code":"SAVE_REFUSED","message":"No."}' } });
        const element = show();
        await openForm(element);
        await enter(element, SMART);
        button(element, 'send').click();
        await flush();
        expect(element.shadowRoot.querySelector('c-error-panel')).not.toBeNull();
        expect(field(element, 'title').value).toBe('Calmer clients');
    });

    it('withdraws an open goal', async () => {
        const element = show([goal('g1'), goal('g2', { status: 'Met' })]);
        const changed = jest.fn();
        element.addEventListener('changed', changed);
        expect(element.shadowRoot.querySelectorAll('[data-id="withdraw"]')).toHaveLength(1);
        one(element, 'withdraw').click();
        await flush();
        expect(withdraw).toHaveBeenCalledWith({ goalId: 'g1' });
        expect(changed).toHaveBeenCalledTimes(1);
    });

    it('is accessible', async () => {
        const element = show();
        await openForm(element);
        await expect(element).toBeAccessible();
    });
});
