import { createElement } from 'lwc';
import FactImports from 'c/factImports';

const IMPORT = {
    importId: 'i1',
    batchKey: 'survey-2026-11-20',
    sourceName: 'client survey',
    extractedAt: '2026-11-20T05:00:00.000Z',
    statedCount: 3,
    acceptedCount: 1,
    duplicateCount: 1,
    rejectedCount: 1,
    status: 'Differs',
    rejects:
        '[{"row":3,"sourceId":"a-1","code":"FACT_IN_FUTURE","value":"2030-01-01","fix":"Write a day up to today"}]'
};

async function show(imports) {
    const element = createElement('c-fact-imports', { is: FactImports });
    element.imports = imports;
    document.body.appendChild(element);
    await Promise.resolve();
    return element;
}

const texts = (element, id) =>
    [...element.shadowRoot.querySelectorAll(`[data-id="${id}"]`)].map(({ textContent }) =>
        textContent.trim()
    );

describe('factImports', () => {
    afterEach(() => document.body.replaceChildren());

    it('tells of each delivery what came, whether it agrees, and what was refused and why', async () => {
        const element = await show([
            IMPORT,
            { ...IMPORT, importId: 'i2', status: 'Reconciled', rejects: null }
        ]);
        expect(texts(element, 'status')).toEqual(['Differs from the source', 'Agrees with the source']);
        expect(texts(element, 'when')[0]).toBe('survey-2026-11-20 of client survey, read Nov 20, 2026');
        expect(texts(element, 'counts')[0]).toBe('1 of 3 facts taken, 1 known already, 1 refused');
        expect(texts(element, 'reject')).toEqual(['Row 3 (a-1): FACT_IN_FUTURE. Write a day up to today']);
    });

    it('shows no list where the refused facts cannot be read', async () => {
        expect(texts(await show([{ ...IMPORT, rejects: '[{' }]), 'reject')).toEqual([]);
    });

    it('says that nothing was delivered', async () => {
        expect(texts(await show([]), 'none')[0]).toMatch(/^Nothing has been delivered yet/);
    });

    it('is accessible', async () => {
        await expect(await show([IMPORT])).toBeAccessible();
    });
});
