// Files for payroll and accounting, made in the browser from rows read page by page as this user. The payroll file is
// offered only when it ties to the totals of the calculation to the cent. Leaves the columns to exportColumns.js.
import { LightningElement, api } from 'lwc';
import getPayroll from '@salesforce/apex/PayExportController.getPayroll';
import getSchedule from '@salesforce/apex/PayExportController.getSchedule';
import { fillLabel, formatNumber } from 'c/labelText';
import { amountText } from 'c/payFigures';
import { csvOf, decimalOf, minorUnits, sumsByCurrency } from 'c/payFiles';
import { isFinished } from 'c/periodWording';
import { carryOut } from 'c/userAction';
import { PAYROLL_COLUMNS, SCHEDULE_COLUMNS } from './exportColumns';
import payroll from '@salesforce/label/c.SpmExportPayroll';
import payrollText from '@salesforce/label/c.SpmExportPayrollText';
import payrollName from '@salesforce/label/c.SpmExportPayrollName';
import notYet from '@salesforce/label/c.SpmExportNotYet';
import accrual from '@salesforce/label/c.SpmExportAccrual';
import accrualText from '@salesforce/label/c.SpmExportAccrualText';
import accrualName from '@salesforce/label/c.SpmExportAccrualName';
import make from '@salesforce/label/c.SpmExportMake';
import download from '@salesforce/label/c.SpmExportDownload';
import rowCount from '@salesforce/label/c.SpmExportRows';
import total from '@salesforce/label/c.SpmExportTotal';
import ties from '@salesforce/label/c.SpmExportTies';
import differs from '@salesforce/label/c.SpmExportDiffers';
import noTotals from '@salesforce/label/c.SpmExportNoTotals';
import leftOut from '@salesforce/label/c.SpmExportLeftOut';
import nothing from '@salesforce/label/c.SpmExportNothing';

/** Lightning Web Security lets a page make files of this type; a browser saves it under its name either way. */
const FILE_TYPE = 'application/octet-stream';
const ICONS = { good: 'utility:success', bad: 'utility:warning', plain: 'utility:info' };

export default class PayExport extends LightningElement {
    label = { make, notYet };
    isBusy = false;
    made = {};
    /** The file asked for last: what went wrong is told beside it. */
    wanted;
    actionError;
    urls = {};
    _detail;

    /** The period, as CompensationController tells it. */
    @api
    get detail() {
        return this._detail;
    }
    set detail(value) {
        this._detail = value;
        this.forget();
    }

    disconnectedCallback() {
        this.forget();
    }

    get files() {
        const { period, draftCount } = this._detail;
        const isPublished = ['Published', 'Locked'].includes(period.status) && draftCount === 0;
        return [
            {
                key: 'payroll',
                heading: payroll,
                text: payrollText,
                buttonName: payrollName,
                isNotYet: !isPublished
            },
            { key: 'accrual', heading: accrual, text: accrualText, buttonName: accrualName, isNotYet: false }
        ].map((file) => ({
            ...file,
            made: this.made[file.key],
            error: file.key === this.wanted ? this.actionError : undefined,
            url: this.urls[file.key]
        }));
    }

    async handleMake(event) {
        const { id: key } = event.currentTarget.dataset;
        const { _detail: detail } = this;
        this.wanted = key;
        await carryOut(this, async () => {
            const made = key === 'payroll' ? await makePayroll(detail) : await makeSchedule(detail);
            if (detail === this._detail) this.offer(key, made);
        });
    }

    offer(key, made) {
        if (this.urls[key]) URL.revokeObjectURL(this.urls[key]);
        const url = made.content
            ? URL.createObjectURL(new Blob([made.content], { type: FILE_TYPE }))
            : undefined;
        this.made = { ...this.made, [key]: made };
        this.urls = { ...this.urls, [key]: url };
    }

    /** Files of another period, or of figures that have changed since. */
    forget() {
        Object.values(this.urls).forEach((url) => url && URL.revokeObjectURL(url));
        this.made = {};
        this.actionError = undefined;
        this.urls = {};
    }
}

async function makePayroll({ period, runs }) {
    const all = await readAll(getPayroll, period.periodId);
    const rows = all.filter(({ payoutAmount }) => payoutAmount !== undefined && payoutAmount !== null);
    const without = all.filter((row) => !rows.includes(row));
    const sums = sumsByCurrency(
        rows.map((row) => ({ currencyCode: row.currencyCode, amount: row.payoutAmount }))
    );
    const sentences = [...countSentences(rows), ...comparisons(sums, runs.find(isFinished))];
    if (without.length > 0) {
        const names = without.map(({ payeeName }) => payeeName).join(', ');
        sentences.push({ icon: ICONS.bad, text: fillLabel(leftOut, names) });
    }
    const isGood = rows.length > 0 && sentences.every(({ isBad }) => !isBad);
    return fileOf(`payroll-${period.periodKey}.csv`, sentences, isGood ? csvOf(PAYROLL_COLUMNS, rows) : '');
}

async function makeSchedule({ period }) {
    const rows = await readAll(getSchedule, period.periodId);
    const sums = [...sumsByCurrency(rows)].map(([currency, cents]) => ({
        icon: ICONS.plain,
        text: fillLabel(total, currency, amountText(decimalOf(cents), currency))
    }));
    const content = rows.length > 0 ? csvOf(SCHEDULE_COLUMNS, rows) : '';
    return fileOf(`accruals-${period.periodKey}.csv`, [...countSentences(rows), ...sums], content);
}

function fileOf(name, sentences, content) {
    return { name, sentences, content, linkText: fillLabel(download, name) };
}

function countSentences(rows) {
    const text = rows.length > 0 ? fillLabel(rowCount, formatNumber(rows.length)) : nothing;
    return [{ icon: ICONS.plain, text }];
}

/** The file beside what the newest calculation says every plan pays, currency by currency. */
function comparisons(sums, run) {
    if (!run) return [{ icon: ICONS.bad, text: noTotals, isBad: true }];
    const wanted = new Map();
    for (const { currencyCode, payout } of run.totals)
        wanted.set(currencyCode, (wanted.get(currencyCode) ?? BigInt(0)) + minorUnits(payout));
    return [...new Set([...sums.keys(), ...wanted.keys()])].map((currency) => {
        const inFile = sums.get(currency) ?? BigInt(0);
        const calculated = wanted.get(currency) ?? BigInt(0);
        if (inFile === calculated)
            return { icon: ICONS.good, text: fillLabel(ties, money(inFile, currency)) };
        const amounts = [inFile, calculated, inFile - calculated].map((cents) => money(cents, currency));
        return { icon: ICONS.bad, text: fillLabel(differs, currency, ...amounts), isBad: true };
    });
}

function money(cents, currency) {
    return amountText(decimalOf(cents), currency);
}

/** Page after page, until one is empty. */
async function readAll(read, periodId) {
    const rows = [];
    let afterId = null;
    let page;
    do {
        // Each page begins after the last row of the one before.
        // eslint-disable-next-line no-await-in-loop
        page = await read({ periodId, afterId });
        rows.push(...page);
        afterId = page.at(-1)?.rowId;
    } while (page.length > 0);
    return rows;
}
