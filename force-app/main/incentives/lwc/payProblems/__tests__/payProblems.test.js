import { createElement } from 'lwc';
import PayProblems from 'c/payProblems';

const PROBLEMS = [
    { code: 'QUOTA_MISSING', payeeId: 'u2', place: 'quotas', value: '', message: 'No quota', fix: 'Add one' },
    {
        code: 'CURRENCY_UNKNOWN',
        payeeId: 'u1',
        place: 'transactions',
        value: 'XXX',
        message: 'No rate',
        fix: ''
    },
    { code: 'ADJUSTMENT_WITHOUT_PLAN', place: 'adjustments', message: 'No plan' }
];

function show(problems) {
    const element = createElement('c-pay-problems', { is: PayProblems });
    Object.assign(element, { problems, names: { u1: 'Anna', u2: 'Bo' } });
    document.body.appendChild(element);
    return element;
}

describe('payProblems', () => {
    afterEach(() => document.body.replaceChildren());

    it('tells them payee by payee: what, where, what to do', () => {
        const groups = [...show(PROBLEMS).shadowRoot.querySelectorAll('[data-id="payee"]')];
        expect(groups.map((group) => group.querySelector('h3').textContent)).toEqual([
            'Not about one payee',
            'Anna',
            'Bo'
        ]);
        expect(groups[1].textContent).toContain('In transactions: XXX');
        expect(groups[2].textContent).toContain('What to do: Add one');
        expect(groups[2].textContent).toContain('QUOTA_MISSING');
    });

    it('says that there are none', () => {
        expect(show([]).shadowRoot.querySelector('c-empty-state').heading).toBe('No problems');
    });

    it('is accessible', async () => {
        await expect(show(PROBLEMS)).toBeAccessible();
    });
});
