import { createElement } from 'lwc';
import InterventionCard from 'c/interventionCard';

const STEPS = [
    {
        stepKey: 'listen-in',
        label: 'Join a call',
        stepText: 'Join one client call and talk about it.',
        dueInDays: 5
    },
    { stepKey: 'plan-week', label: 'Plan the week', stepText: 'Plan the week together.', dueInDays: 3 }
];
const SUGGESTED = {
    interventionId: 'i1',
    userId: 'u1',
    name: 'Olga Ito',
    scorecardId: 'card-u1',
    expectedBenefitAmount: 41_234.6,
    currencyCode: 'GBP',
    reasons: [
        { metricKey: 'csat', label: 'CSAT', words: 'CSAT is 3.1 since 2026-10-03; usual for Olga is 4.4.' }
    ],
    evidence: [
        { recordId: '006A', objectName: 'Opportunity', label: 'a deal', name: 'Big deal' },
        { recordId: null, objectName: 'Task', label: 'A mail of 2026-10-04', name: null }
    ],
    gapKind: 'Skill',
    stepKey: 'listen-in',
    stepText: 'Join one client call and talk about it.',
    status: 'Suggested',
    dueDate: null,
    isOverdue: false
};

async function flush() {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

function show(changes = {}) {
    const element = createElement('c-intervention-card', { is: InterventionCard });
    Object.assign(element, { intervention: { ...SUGGESTED, ...changes }, steps: STEPS });
    document.body.appendChild(element);
    return element;
}

const all = (element, selector) => [...element.shadowRoot.querySelectorAll(selector)];
const one = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);
const button = (element, id) =>
    element.shadowRoot.querySelector('c-form-buttons').shadowRoot.querySelector(`[data-id="${id}"]`);
const actions = (element) =>
    ['accept', 'change', 'done', 'dismiss'].filter((id) => one(element, id) !== null);

async function choose(element, id) {
    (one(element, id) ?? button(element, id)).click();
    await flush();
}

async function enter(element, id, value) {
    one(element, id).dispatchEvent(new CustomEvent('change', { detail: { value } }));
    await flush();
}

function decisions(element) {
    const heard = jest.fn();
    element.addEventListener('decide', ({ detail }) => heard(detail));
    return heard;
}

describe('interventionCard', () => {
    beforeEach(() => {
        jest.useFakeTimers({ now: new Date('2026-11-02T09:00:00Z'), doNotFake: ['queueMicrotask'] });
    });
    afterEach(() => {
        document.body.replaceChildren();
        jest.useRealTimers();
    });

    it('tells who, why, the step and what it may be worth', () => {
        const element = show();
        expect(element.shadowRoot.querySelector('h3').textContent).toBe('Olga Ito');
        expect(one(element, 'reasons').textContent).toContain('CSAT is 3.1 since Oct 3, 2026');
        expect(one(element, 'step').textContent).toBe('Join one client call and talk about it.');
        expect(one(element, 'worth').textContent).toContain('41,235');
    });

    it('links the records that are shared, and only names the others', () => {
        const [list] = all(show(), 'c-evidence-list');
        expect(all(list, 'c-record-link').map(({ label }) => label)).toEqual(['Big deal']);
        expect(all(list, '[data-id="evidence"]')[1].textContent).toBe('A mail of Oct 4, 2026');
    });

    it.each([
        ['Suggested', ['accept', 'change', 'done', 'dismiss']],
        ['Accepted', ['change', 'done', 'dismiss']],
        ['Changed', ['change', 'done', 'dismiss']],
        ['Done', []],
        ['Dismissed', []]
    ])('offers what may follow %s', (status, expected) => {
        expect(actions(show({ status, outcome: 'talked', dismissReason: 'on leave' }))).toEqual(expected);
    });

    it('accepts the step for the day the playbook gives', async () => {
        const element = show();
        const heard = decisions(element);
        await choose(element, 'accept');
        expect(one(element, 'due-day').value).toBe('2026-11-07');
        await choose(element, 'send');
        expect(heard).toHaveBeenCalledWith({
            interventionId: 'i1',
            action: 'accept',
            due: '2026-11-07',
            stepKey: 'listen-in',
            words: ''
        });
    });

    it('changes the step with what it says and its own day', async () => {
        const element = show();
        const heard = decisions(element);
        await choose(element, 'change');
        await enter(element, 'step-choice', 'plan-week');
        expect(one(element, 'step-text').textContent).toBe('Plan the week together.');
        await choose(element, 'send');
        expect(heard.mock.calls[0][0]).toMatchObject({ stepKey: 'plan-week', due: '2026-11-05' });
    });

    it('asks for a reason to dismiss and for an outcome when done', async () => {
        const element = show();
        const heard = decisions(element);
        await choose(element, 'dismiss');
        expect(button(element, 'send').disabled).toBe(true);
        await enter(element, 'words', '  ');
        expect(button(element, 'send').disabled).toBe(true);
        await enter(element, 'words', ' on leave ');
        await choose(element, 'send');
        expect(heard.mock.calls[0][0]).toMatchObject({ action: 'dismiss', words: 'on leave' });
    });

    it('goes back from a form without deciding', async () => {
        const element = show();
        const heard = decisions(element);
        await choose(element, 'done');
        await choose(element, 'cancel');
        expect(actions(element)).toHaveLength(4);
        expect(heard).not.toHaveBeenCalled();
    });

    it('says what is overdue, what was decided, and honestly that no effect is seen yet', () => {
        const late = show({ status: 'Accepted', dueDate: '2026-10-30', isOverdue: true });
        expect(one(late, 'due').textContent).toBe('Overdue since Oct 30, 2026');
        const done = show({ status: 'Done', outcome: 'Two calls joined' });
        expect(one(done, 'decided').textContent).toBe('Done: Two calls joined');
        expect(one(done, 'effect').textContent).toBe('Too early to see an effect.');
        const measured = show({ status: 'Done', outcome: 'x', effectWords: 'CSAT up by 0.4 (0.1 to 0.7).' });
        expect(one(measured, 'effect').textContent).toBe('CSAT up by 0.4 (0.1 to 0.7).');
    });

    it('opens the scorecard of the person', () => {
        const element = show();
        const opened = jest.fn();
        element.addEventListener('open', ({ detail }) => opened(detail));
        one(element, 'open').click();
        expect(opened).toHaveBeenCalledWith({ userId: 'u1', scorecardId: 'card-u1' });
    });

    it('is accessible', async () => {
        jest.useRealTimers();
        await expect(show()).toBeAccessible();
    });
});
