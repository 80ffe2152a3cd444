import { createElement } from 'lwc';
import TeamHeat from 'c/teamHeat';

const person = (userId, name, score, dimensions, more = {}) => ({
    userId,
    name,
    scorecardId: `card-${userId}`,
    roleKey: 'adviser',
    score,
    trend: 'Steady',
    reason: `why ${name}`,
    nextStep: `step ${name}`,
    isRamping: false,
    dimensions: Object.entries(dimensions).map(([dimension, value]) => ({ dimension, score: value })),
    ...more
});
const PEOPLE = [
    person('u1', 'Olga', 71, { client: 40, business: 90 }, { trend: 'Falling' }),
    person('u2', 'Ben', 55, { client: 80, business: 20 }, { roleKey: 'new-joiner', isRamping: true }),
    person('u3', 'Chris', null, {}, { scorecardId: null })
];

async function flush() {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

function show() {
    const element = createElement('c-team-heat', { is: TeamHeat });
    element.people = PEOPLE;
    document.body.appendChild(element);
    return element;
}

const all = (element, selector) => [...element.shadowRoot.querySelectorAll(selector)];
const names = (element) =>
    all(element, '[data-id="person"] th').map(({ textContent }) => textContent.match(/Olga|Ben|Chris/)[0]);
const sortBy = async (element, key) => {
    element.shadowRoot.querySelector(`[data-key="${key}"]`).click();
    await flush();
};

describe('teamHeat', () => {
    afterEach(() => document.body.replaceChildren());

    it('keeps who needs the manager most first', () => {
        expect(names(show())).toEqual(['Olga', 'Ben', 'Chris']);
    });

    it('sorts by name, score or dimension, people without a score last, and back', async () => {
        const element = show();
        await sortBy(element, 'name');
        expect(names(element)).toEqual(['Ben', 'Chris', 'Olga']);
        await sortBy(element, 'score');
        expect(names(element)).toEqual(['Ben', 'Olga', 'Chris']);
        expect(all(element, 'th[aria-sort="ascending"]')).toHaveLength(1);
        await sortBy(element, 'client');
        expect(names(element)).toEqual(['Olga', 'Ben', 'Chris']);
        element.shadowRoot.querySelector('[data-id="by-need"]').click();
        await flush();
        expect(names(element)).toEqual(['Olga', 'Ben', 'Chris']);
        expect(all(element, '[data-id="by-need"]')).toHaveLength(0);
    });

    it('gives every dimension its cell, with nothing where nothing is known', () => {
        const cells = all(show(), '[data-id="person"]:first-child c-score-cell').map(({ score }) => score);
        expect(cells).toEqual([71, 40, 90, null, null, null]);
    });

    it('opens the sheet of a person that is shared, and says where none is', () => {
        const element = show();
        const opened = jest.fn();
        element.addEventListener('open', opened);
        const buttons = all(element, '[data-id="open"]');
        expect(buttons).toHaveLength(2);
        buttons[1].click();
        expect(opened.mock.calls[0][0].detail).toEqual({ userId: 'u2', scorecardId: 'card-u2' });
        expect(all(element, '[data-id="reason"]')[2].textContent).toBe('Not shared with you');
        expect(all(element, '[data-id="ramping"]')).toHaveLength(1);
    });

    it('is accessible', async () => {
        await expect(show()).toBeAccessible();
    });
});
