import { createElement } from 'lwc';
import PlanFindings from 'c/planFindings';

const FINDINGS = [
    {
        rulePack: 'UK sales incentives',
        version: '1',
        rule: 'accelerators',
        severity: 'ToBeReviewed',
        text: 'Table bands: highest rate about 160 % of the lowest.',
        citation: 'FSA FG13/01 (2013-01-31)',
        isToBeConfirmed: true
    },
    {
        rulePack: 'MiFID II',
        version: '2',
        rule: 'qualitative source',
        severity: 'Breach',
        text: 'No qualitative criterion.',
        citation: 'ESMA35-43-3565, Guideline 1',
        isToBeConfirmed: false
    }
];

function show(findings) {
    const element = createElement('c-plan-findings', { is: PlanFindings });
    element.findings = findings;
    document.body.appendChild(element);
    return element;
}

const part = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);

describe('planFindings', () => {
    afterEach(() => document.body.replaceChildren());

    it('tells what does not meet a rule before what has to be looked at', async () => {
        const element = show(FINDINGS);
        const headings = [...element.shadowRoot.querySelectorAll('h3')].map(({ textContent }) =>
            textContent.trim()
        );
        expect(headings).toEqual(['Does not meet the rule', 'To be looked at']);
        expect(part(element, 'breaches').textContent).toContain('MiFID II, version 2');
        expect(part(element, 'breaches').textContent).toContain('Source: ESMA35-43-3565, Guideline 1');
        await expect(element).toBeAccessible();
    });

    it('marks what nobody has confirmed, and only that', () => {
        const element = show(FINDINGS);
        expect(part(element, 'to-review').textContent).toContain('To be confirmed by compliance');
        expect(part(element, 'breaches').textContent).not.toContain('To be confirmed by compliance');
    });

    it('says when nothing was found', async () => {
        const element = show([]);
        expect(element.shadowRoot.querySelector('c-empty-state').heading).toBe('Nothing found');
        await expect(element).toBeAccessible();
    });
});
