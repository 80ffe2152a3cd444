import { createElement } from 'lwc';
import OriginRule from 'c/originRule';

describe('originRule', () => {
    afterEach(() => document.body.replaceChildren());

    async function shown(rule) {
        const element = createElement('c-origin-rule', { is: OriginRule });
        element.rule = rule;
        document.body.appendChild(element);
        await Promise.resolve();
        return element.shadowRoot;
    }

    it.each([
        [{ kind: 'Plan', name: 'Seller', version: '2' }, 'Plan Seller, version 2'],
        [{ kind: 'Plan', name: 'Seller' }, 'Plan Seller'],
        [{ kind: 'Policy', name: 'R1_Default' }, 'Warning rules, record R1_Default'],
        [{ kind: 'Policy' }, 'the record is noted from the next change'],
        [{ kind: 'Model', name: 'Win', version: '2026-11-16' }, 'Model Win, fitted on'],
        [{ kind: 'Model' }, 'which one is noted from the next run on'],
        [{ kind: 'StageRates' }, 'without a model'],
        [{ kind: 'TooLittle' }, 'Too little history'],
        [{ kind: 'Metric', name: 'Meetings', version: '3' }, 'Meetings, version 3']
    ])('names %j', async (rule, words) => {
        const root = await shown(rule);
        expect(root.querySelector('[data-id="rule"]').textContent).toContain(words);
    });

    it('links the record with the text, or the page of the plan for whom it pays', async () => {
        const open = await shown({
            kind: 'Model',
            recordId: 'a02',
            objectName: 'ModelCard__c',
            hash: 'ff',
            inForceFrom: '2026-11-01'
        });
        expect(open.querySelector('c-record-link').recordId).toBe('a02');
        expect(open.querySelector('[data-id="hash"]').textContent).toBe('Fingerprint ff');
        expect(open.querySelector('[data-id="since"]').textContent).toContain('2026');
        const plan = await shown({ kind: 'Plan', name: 'Seller', version: '2' });
        expect(plan.querySelector('c-tab-link').tab).toBe('MyPlan');
        await expect(plan.host).toBeAccessible();
    });
});
