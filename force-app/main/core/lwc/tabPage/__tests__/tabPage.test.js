import { stateIn, tabPage } from 'c/tabPage';

describe('tabPage', () => {
    it('names a tab and what the page there reads', () => {
        expect(tabPage('NumberOrigin', { kind: 'Line' })).toEqual({
            type: 'standard__navItemPage',
            attributes: { apiName: 'NumberOrigin' },
            state: { c__kind: 'Line' }
        });
    });

    it('reads back what it wrote, and nothing of others', () => {
        const page = tabPage('NumberOrigin', { kind: 'Line', result: 'a01' });
        expect(stateIn({ state: { ...page.state, other: '1' } })).toEqual({ kind: 'Line', result: 'a01' });
        expect(stateIn(undefined)).toEqual({});
    });

    it('carries the namespace of a managed package', () => {
        jest.isolateModules(() => {
            const managedRun = { __esModule: true, default: { objectApiName: 'plumbline__Run__c' } };
            jest.doMock('@salesforce/schema/Run__c', () => managedRun, { virtual: true });
            const managed = require('c/tabPage');
            const page = managed.tabPage('Team', { week: '1' });
            expect(page.attributes.apiName).toBe('plumbline__Team');
            expect(page.state).toEqual({ plumbline__week: '1' });
            expect(managed.stateIn({ state: { plumbline__week: '1', c__week: '2' } })).toEqual({ week: '1' });
        });
    });
});
