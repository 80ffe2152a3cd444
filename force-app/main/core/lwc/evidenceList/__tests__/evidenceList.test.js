import { createElement } from 'lwc';
import EvidenceList from 'c/evidenceList';

describe('evidenceList', () => {
    afterEach(() => document.body.replaceChildren());

    it('links what the reader may see, and tells the rest in words', async () => {
        const element = createElement('c-evidence-list', { is: EvidenceList });
        element.records = [
            { recordId: '006', objectName: 'Opportunity', name: 'Acme', label: 'The deal' },
            { objectName: 'Task', label: 'Mail of 2026-10-03' },
            { recordId: '008', objectName: 'OpportunityHistory', label: 'Stage entered' }
        ];
        document.body.appendChild(element);
        await Promise.resolve();
        const links = element.shadowRoot.querySelectorAll('c-record-link');
        expect([...links].map(({ recordId, label }) => [recordId, label])).toEqual([['006', 'Acme']]);
        expect(element.shadowRoot.textContent).toContain('Mail of 3 Oct 2026'.slice(0, 7));
        expect(element.shadowRoot.textContent).toContain('Stage entered');
        await expect(element).toBeAccessible();
    });
});
