import { createElement } from 'lwc';
import OriginLink from 'c/originLink';

describe('originLink', () => {
    afterEach(() => document.body.replaceChildren());

    it('leads to the page of the number, and says of which', async () => {
        const element = createElement('c-origin-link', { is: OriginLink });
        Object.assign(element, { kind: 'Line', resultKey: 'a01', about: 'SL-0001' });
        document.body.appendChild(element);
        await Promise.resolve();
        const link = element.shadowRoot.querySelector('c-tab-link');
        expect(link.tab).toBe('NumberOrigin');
        expect(link.state).toEqual({ kind: 'Line', result: 'a01' });
        expect(link.accessibleName).toBe('Why this number? SL-0001');
        await expect(element).toBeAccessible();
    });
});
