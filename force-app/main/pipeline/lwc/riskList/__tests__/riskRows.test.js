import { filterRows, sortRows, stagesOf, toRow } from '../riskRows';

const deal = (opportunityName, changes = {}) => ({
    opportunityName,
    accountName: 'Harbour Trust',
    ownerName: 'Ada Rep',
    band: 'Watch',
    stageName: 'Proposal',
    ...changes
});
const ROWS = [
    deal('Beta', { band: 'Stalled', amount: 100, closeDate: '2026-03-01' }),
    deal('Älpha', { band: 'AtRisk', amount: null, closeDate: '2026-01-01', stageName: 'Discovery' }),
    deal('Gamma', { amount: 900, closeDate: '2025-12-31', accountName: 'Quay Bank' }),
    deal('Delta', { amount: 100, closeDate: undefined })
].map(toRow);
const names = (rows) => rows.map((row) => row.opportunityName);
const NONE = { band: '', stage: '', text: '' };

describe('rows of the list', () => {
    it('say why, in words', () => {
        const row = toRow({ topRuleKey: 'R5', unit: 'BusinessDays', observedBusinessDays: 38, amount: 0 }, 0);
        expect(row.why).toBe('In this stage for 38 business days');
    });

    it('stay without a reason when the warning was not readable', () => {
        expect(toRow({ topRuleKey: 'R5' }, 0).why).toBe('');
    });

    it('keep the order of Apex until sorted otherwise, and when values are equal', () => {
        expect(names(sortRows(ROWS, 'priority', 'ascending'))).toEqual(['Beta', 'Älpha', 'Gamma', 'Delta']);
        expect(names(sortRows(ROWS, 'amount', 'ascending'))).toEqual(['Beta', 'Delta', 'Gamma', 'Älpha']);
    });

    it('keep blanks last in either direction', () => {
        expect(names(sortRows(ROWS, 'amount', 'descending')).at(-1)).toBe('Älpha');
        expect(names(sortRows(ROWS, 'close', 'descending')).at(-1)).toBe('Delta');
        expect(names(sortRows(ROWS, 'close', 'ascending')).at(-1)).toBe('Delta');
    });

    it('sort names as people do', () => {
        expect(names(sortRows(ROWS, 'deal', 'ascending'))).toEqual(['Älpha', 'Beta', 'Delta', 'Gamma']);
    });

    it('sort without changing what the wire gave', () => {
        const before = [...ROWS];
        sortRows(ROWS, 'deal', 'descending');
        expect(ROWS).toEqual(before);
    });

    it.each([
        [{ ...NONE, band: 'AtRisk' }, ['Älpha']],
        [{ ...NONE, stage: 'Proposal' }, ['Beta', 'Gamma', 'Delta']],
        [{ ...NONE, text: '  QUAY  gam ' }, ['Gamma']],
        [{ band: 'Watch', stage: 'Proposal', text: 'harbour' }, ['Delta']],
        [{ ...NONE, text: 'nobody' }, []],
        [NONE, ['Beta', 'Älpha', 'Gamma', 'Delta']]
    ])('are filtered by %j', (filters, expected) => {
        expect(names(filterRows(ROWS, filters))).toEqual(expected);
    });

    it('know the stages that occur, each once', () => {
        expect(stagesOf(ROWS)).toEqual(['Proposal', 'Discovery']);
    });
});
