// Files for payroll and accounting, made in the browser from rows read page by page as this user. A file is offered only when
// it ties to the newest calculation to the cent and to the row; whether it does, and what is in it, is c/payFiles'.
import { LightningElement, api } from 'lwc';
import getPayroll from '@salesforce/apex/PayExportController.getPayroll';
import getSchedule from '@salesforce/apex/PayExportController.getSchedule';
import { fillLabel, formatNumber } from 'c/labelText';
import { amountText } from 'c/payFigures';
import { decimalOf, payrollFile, scheduleFile } from 'c/payFiles';
import { isFinished } from 'c/periodWording';
import { carryOut } from 'c/userAction';
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
import ties from '@salesforce/label/c.SpmExportTies';
import differs from '@salesforce/label/c.SpmExportDiffers';
import noTotals from '@salesforce/label/c.SpmExportNoTotals';
import notWhole from '@salesforce/label/c.SpmExportNotWhole';
import leftOut from '@salesforce/label/c.SpmExportLeftOut';
import nothing from '@salesforce/label/c.SpmExportNothing';

/** Lightning Web Security lets a page make files of this type; a browser saves it under its name either way. */
const FILE_TYPE = 'application/octet-stream';
const FILES = {
    payroll: { read: getPayroll, fileFrom: payrollFile, name: 'payroll' },
    accrual: { read: getSchedule, fileFrom: scheduleFile, name: 'accruals' }
};
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
            const { read, fileFrom, name } = FILES[key];
            const rows = await readAll(read, detail.period.periodId);
            const made = madeOf(rows, detail.runs.find(isFinished), fileFrom);
            if (detail === this._detail)
                this.offer(key, { ...made, ...named(`${name}-${detail.period.periodKey}.csv`) });
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

function named(name) {
    return { name, linkText: fillLabel(download, name) };
}

/** What is told of a file, and its content where it may be offered. */
function madeOf(all, run, fileFrom) {
    if (!run) return { sentences: [...countSentences(all), bad(noTotals)], content: '' };
    const { rows, without, sums, isWhole, content } = fileFrom(all, run.totals);
    const isEmpty = isWhole && all.length === 0;
    const sentences = [...countSentences(rows), ...(isEmpty ? [] : sums.map(comparison))];
    if (!isWhole) sentences.push(bad(notWhole));
    if (without.length > 0)
        sentences.push(bad(fillLabel(leftOut, without.map(({ payeeName }) => payeeName).join(', '))));
    return { sentences, content };
}

function countSentences(rows) {
    const text = rows.length > 0 ? fillLabel(rowCount, formatNumber(rows.length)) : nothing;
    return [{ icon: ICONS.plain, text }];
}

function comparison({ currency, inFile, calculated }) {
    if (inFile === calculated) return { icon: ICONS.good, text: fillLabel(ties, money(inFile, currency)) };
    const amounts = [inFile, calculated, inFile - calculated].map((cents) => money(cents, currency));
    return bad(fillLabel(differs, currency, ...amounts));
}

function bad(text) {
    return { icon: ICONS.bad, text };
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
