import { createElement } from 'lwc';
import PlanWords from 'c/planWords';

const TEXT = `# Seller

## The plan

- Version 1. It holds from 2026-01-01.

## What you earn

- Commission. (clause 3)
    - It pays 6 % of the credited amount.
    - The rate is never above 9 %.

## How complex it is

Complexity index 6: components 1.
Warning: Table grid has 9 bands.`;

function show(options = {}) {
    const element = createElement('c-plan-words', { is: PlanWords });
    Object.assign(element, { text: TEXT, ...options });
    document.body.appendChild(element);
    return element;
}

const texts = (element, selector) =>
    [...element.shadowRoot.querySelectorAll(selector)].map(({ textContent }) => textContent.trim());

describe('planWords', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows sections with their lists and the lists in them', async () => {
        const element = show();
        expect(texts(element, 'h3')).toEqual(['The plan', 'What you earn', 'How complex it is']);
        expect(texts(element, 'li li')).toEqual([
            'It pays 6 % of the credited amount.',
            'The rate is never above 9 %.'
        ]);
        expect(texts(element, 'p')).toEqual([
            'Complexity index 6: components 1.',
            'Warning: Table grid has 9 bands.'
        ]);
        await expect(element).toBeAccessible();
    });

    it('writes days as the reader does, and leaves out what is shown elsewhere', () => {
        const element = show({ without: ['What you earn', 'How complex it is'] });
        expect(texts(element, 'h3')).toEqual(['The plan']);
        expect(texts(element, 'li')).toEqual(['Version 1. It holds from Jan 1, 2026.']);
    });

    it('shows nothing where there are no words', () => {
        expect(texts(show({ text: undefined }), '*')).toEqual([]);
    });
});
