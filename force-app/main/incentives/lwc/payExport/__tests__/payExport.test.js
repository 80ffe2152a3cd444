import { createElement } from 'lwc';
import PayExport from 'c/payExport';
import getPayroll from '@salesforce/apex/PayExportController.getPayroll';
import getSchedule from '@salesforce/apex/PayExportController.getSchedule';

jest.mock('@salesforce/apex/PayExportController.getPayroll', () => ({ default: jest.fn() }), {
    virtual: true
});
jest.mock('@salesforce/apex/PayExportController.getSchedule', () => ({ default: jest.fn() }), {
    virtual: true
});

const RUN = {
    kind: 'Full',
    status: 'Succeeded',
    totals: [
        {
            currencyCode: 'GBP',
            payout: '800.10',
            statementSeal: '0000000000000001',
            scheduled: '33.34',
            scheduleSeal: '0000000000000004'
        },
        {
            currencyCode: 'GBP',
            payout: '0.20',
            statementSeal: 'ffffffffffffffff',
            scheduled: '66.66',
            scheduleSeal: '0000000000000005'
        }
    ]
};
const DETAIL = {
    period: { periodId: 'a0P1', periodKey: '2026-Q3', status: 'Published' },
    draftCount: 0,
    runs: [RUN]
};
const ROWS = [
    {
        rowId: 'a1',
        payeeName: '=Anna',
        currencyCode: 'GBP',
        payoutAmount: 800.1,
        totalAmount: 900,
        payDate: '2026-10-31',
        hash: hashOf(2)
    },
    {
        rowId: 'a2',
        payeeName: 'Bo',
        currencyCode: 'GBP',
        payoutAmount: 0.2,
        totalAmount: 0.2,
        hash: 'fffffffffffffffe77'
    }
];
const SCHEDULED = [
    {
        rowId: 'p1',
        kind: 'Amortisation',
        form: 'Expense',
        partNumber: 1,
        amount: 33.34,
        currencyCode: 'GBP',
        hash: hashOf(3)
    },
    {
        rowId: 'p2',
        kind: 'Tranche',
        form: 'Cash',
        partNumber: 2,
        amount: 66.66,
        currencyCode: 'GBP',
        hash: hashOf(6)
    }
];

/** What is sealed of a hash is where it begins. */
function hashOf(number) {
    return `${number.toString(16).padStart(16, '0')}77`;
}

/** The files that were made, as text. */
let blobs;

const settle = async () => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

async function show(detail = {}) {
    const element = createElement('c-pay-export', { is: PayExport });
    element.detail = { ...DETAIL, ...detail };
    document.body.appendChild(element);
    await Promise.resolve();
    return element;
}

const part = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);
const sentences = (element) =>
    [...element.shadowRoot.querySelectorAll('[data-id="sentence"]')].map(({ textContent }) => textContent);

async function make(element, key) {
    part(element, key).click();
    await settle();
}

/** In pages of one row, so that reading on is tried too. */
function answerWith(method, rows) {
    method.mockImplementation(async ({ afterId }) => {
        const at = afterId ? rows.findIndex(({ rowId }) => rowId === afterId) + 1 : 0;
        return rows.slice(at, at + 1);
    });
}

describe('payExport', () => {
    const { Blob: RealBlob } = globalThis;

    beforeEach(() => {
        blobs = [];
        globalThis.Blob = class {
            constructor([text]) {
                blobs.push(text);
            }
        };
        URL.createObjectURL = jest.fn(() => 'blob:1');
        URL.revokeObjectURL = jest.fn();
        answerWith(getPayroll, ROWS);
        answerWith(getSchedule, SCHEDULED);
    });
    afterEach(() => {
        document.body.replaceChildren();
        globalThis.Blob = RealBlob;
        jest.clearAllMocks();
    });

    it('makes a payroll file of all pages that ties to the calculation', async () => {
        const element = await show();
        await make(element, 'payroll');
        expect(sentences(element)).toEqual([
            'Rows in the file: 2',
            '£800.30: the file ties to the totals of the calculation to the cent.'
        ]);
        expect(part(element, 'download').textContent).toBe('Download payroll-2026-Q3.csv');
        expect(part(element, 'download').getAttribute('download')).toBe('payroll-2026-Q3.csv');
        const lines = blobs[0].split('\r\n');
        expect(lines[0]).toMatch(/^employee_number,payee,.*,payout,statement$/);
        expect(lines[1]).toContain(`'=Anna`);
        expect(lines[1]).toContain('2026-10-31,GBP,900.00,800.10');
        expect(lines).toHaveLength(4);
    });

    it('makes the same file in whatever order the rows were written', async () => {
        const element = await show();
        await make(element, 'payroll');
        answerWith(getPayroll, ROWS.toReversed());
        await make(element, 'payroll');
        expect(blobs).toEqual([blobs[0], blobs[0]]);
    });

    it('offers no file that differs by a cent, and says by how much', async () => {
        answerWith(getPayroll, [ROWS[0], { ...ROWS[1], payoutAmount: 0.21 }]);
        const element = await show();
        await make(element, 'payroll');
        expect(sentences(element)[1]).toContain(
            'the file has £800.31, the calculation £800.30, a difference of £0.01'
        );
        expect(part(element, 'download')).toBeNull();
        expect(blobs).toEqual([]);
    });

    it('offers no file without a calculation to hold it against', async () => {
        const element = await show({ runs: [{ ...RUN, kind: 'Simulation' }] });
        await make(element, 'payroll');
        expect(sentences(element)[1]).toContain('There is no calculation');
        expect(part(element, 'download')).toBeNull();
    });

    it('leaves out who has no figure, and names them', async () => {
        answerWith(getPayroll, [
            ...ROWS,
            { rowId: 'a3', payeeName: 'Cem', currencyCode: 'GBP', payoutAmount: null, hash: hashOf(8) }
        ]);
        const withCem = { ...RUN.totals[1], statementSeal: hashOf(7).slice(0, 16) };
        const element = await show({ runs: [{ ...RUN, totals: [RUN.totals[0], withCem] }] });
        await make(element, 'payroll');
        expect(sentences(element).at(-1)).toBe('Without a figure, and not in the file: Cem');
        expect(part(element, 'download')).not.toBeNull();
    });

    it.each([
        ['before publication', { period: { ...DETAIL.period, status: 'Approved' } }],
        ['while statements are still drafts', { draftCount: 2 }]
    ])('has no payroll %s', async (when, detail) => {
        const element = await show(detail);
        expect(part(element, 'payroll')).toBeNull();
        expect(part(element, 'not-yet').textContent).toContain('once the period is published');
        expect(part(element, 'accrual')).not.toBeNull();
    });

    it('makes a file of what is scheduled, with its sum', async () => {
        const element = await show();
        await make(element, 'accrual');
        expect(sentences(element)).toEqual([
            'Rows in the file: 2',
            '£100.00: the file ties to the totals of the calculation to the cent.'
        ]);
        expect(blobs[0]).toContain('Amortisation,Expense,,,1,,,GBP,33.34,');
    });

    it.each([
        ['payroll', getPayroll, [ROWS[1]]],
        ['accrual', getSchedule, [SCHEDULED[0]]]
    ])('offers no %s file while only some of its rows are written', async (key, method, rows) => {
        answerWith(method, rows);
        const element = await show();
        await make(element, key);
        expect(sentences(element)[1]).toContain('a difference of -£');
        expect(sentences(element)[2]).toContain('These are not the rows of the last finished calculation');
        expect(part(element, 'download')).toBeNull();
        expect(blobs).toEqual([]);
    });

    it('offers no file of rows that are being written anew, though they come to the same sum', async () => {
        answerWith(getSchedule, [{ ...SCHEDULED[0], dueDate: '2027-01-31', hash: hashOf(9) }, SCHEDULED[1]]);
        const element = await show();
        await make(element, 'accrual');
        expect(sentences(element)[1]).toContain('£100.00: the file ties');
        expect(sentences(element)[2]).toContain('These are not the rows');
        expect(part(element, 'download')).toBeNull();
    });

    it('offers no file held against a calculation without seals', async () => {
        const element = await show({
            runs: [{ ...RUN, totals: [{ currencyCode: 'GBP', payout: '800.30' }] }]
        });
        await make(element, 'payroll');
        expect(sentences(element).at(-1)).toContain('These are not the rows');
        expect(part(element, 'download')).toBeNull();
    });

    it('offers no file of which a page could not be read', async () => {
        getSchedule.mockResolvedValueOnce([SCHEDULED[0]]).mockRejectedValueOnce(new Error('timed out'));
        const element = await show();
        await make(element, 'accrual');
        expect(element.shadowRoot.querySelector('c-error-panel')).not.toBeNull();
        expect(part(element, 'download')).toBeNull();
        expect(blobs).toEqual([]);
    });

    it('says that there is nothing to export', async () => {
        answerWith(getSchedule, []);
        const without = { ...RUN.totals[0], scheduled: '0.00', scheduleSeal: '0000000000000000' };
        const element = await show({ runs: [{ ...RUN, totals: [without] }] });
        await make(element, 'accrual');
        expect(sentences(element)).toEqual(['There is nothing to export for this period.']);
        expect(part(element, 'download')).toBeNull();
    });

    it('forgets its files when the period changes', async () => {
        const element = await show();
        await make(element, 'payroll');
        element.detail = { ...DETAIL, period: { ...DETAIL.period, periodId: 'a0P2' } };
        await Promise.resolve();
        expect(part(element, 'download')).toBeNull();
        expect(URL.revokeObjectURL).toHaveBeenCalledWith('blob:1');
    });

    it('shows what cannot be read as an error', async () => {
        getPayroll.mockRejectedValue({
            body: { message: JSON.stringify({ code: 'NO_ACCESS', message: '' }) }
        });
        const element = await show();
        await make(element, 'payroll');
        expect(element.shadowRoot.querySelector('c-error-panel')).not.toBeNull();
        expect(part(element, 'payroll').disabled).toBe(false);
    });

    it('is accessible', async () => {
        const element = await show();
        await make(element, 'payroll');
        await expect(element).toBeAccessible();
    });
});
