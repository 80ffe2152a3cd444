// Two calculations of a period side by side: totals by plan to the cent, whether the independent check agrees, which
// payees got or lost a problem, whose pay differs (c/payeeChanges). Amounts are the service's; only their difference is made here.
import { LightningElement, api } from 'lwc';
import { fillLabel, formatNumber } from 'c/labelText';
import { amountText } from 'c/payFigures';
import { decimalOf, minorUnits } from 'c/payFiles';
import { isFinished, runLabel } from 'c/periodWording';
import noRuns from '@salesforce/label/c.SpmConsoleNoRuns';
import noRunsText from '@salesforce/label/c.SpmConsoleNoRunsText';
import runField from '@salesforce/label/c.SpmConsoleRun';
import compared from '@salesforce/label/c.SpmConsoleCompared';
import runCounts from '@salesforce/label/c.SpmConsoleRunCounts';
import checkAgrees from '@salesforce/label/c.SpmConsoleCheckAgrees';
import checkDiffers from '@salesforce/label/c.SpmConsoleCheckDiffers';
import checkNot from '@salesforce/label/c.SpmConsoleCheckNot';
import totalsCaption from '@salesforce/label/c.SpmConsoleTotalsCaption';
import plan from '@salesforce/label/c.SpmConsolePlan';
import payeeCount from '@salesforce/label/c.SpmConsolePayeeCount';
import earned from '@salesforce/label/c.SpmConsoleEarned';
import payout from '@salesforce/label/c.SpmConsolePayout';
import otherPayout from '@salesforce/label/c.SpmConsoleOtherPayout';
import change from '@salesforce/label/c.SpmConsoleChange';
import problemsNew from '@salesforce/label/c.SpmConsoleProblemsNew';
import problemsGone from '@salesforce/label/c.SpmConsoleProblemsGone';

const NUMBER = 'slds-text-align_right';

export default class RunComparison extends LightningElement {
    /** Newest first. */
    @api runs = [];
    /** Name by id. */
    @api names = {};

    label = { noRuns, noRunsText, run: runField, compared };
    runId;
    otherId;

    get hasNone() {
        return this.runs.length === 0;
    }

    get run() {
        return this.runs.find(({ runId }) => runId === this.runId) ?? this.runs[0];
    }

    get others() {
        return this.runs.filter((run) => run.runId !== this.run.runId && isFinished(run));
    }

    /** The one before, unless another was chosen. */
    get other() {
        const { others } = this;
        const older = this.runs.slice(this.runs.indexOf(this.run) + 1);
        return (
            others.find(({ runId }) => runId === this.otherId) ??
            older.find((run) => isFinished(run)) ??
            others[0]
        );
    }

    get canComparePayees() {
        return Boolean(this.other) && isFinished(this.run);
    }

    get options() {
        return this.runs.map((run) => ({ value: run.runId, label: runLabel(run) }));
    }

    get otherOptions() {
        return this.others.map((run) => ({ value: run.runId, label: runLabel(run) }));
    }

    get counts() {
        const { run } = this;
        const counts = [run.payeeCount, run.transactionCount, run.lineCount];
        return fillLabel(runCounts, ...counts.map((count) => formatNumber(count ?? 0)));
    }

    get check() {
        const { checkStatus, differenceCount } = this.run;
        if (checkStatus === 'Agrees') return { icon: 'utility:success', text: checkAgrees };
        if (checkStatus === 'Differs')
            return {
                icon: 'utility:warning',
                text: fillLabel(checkDiffers, formatNumber(differenceCount ?? 0))
            };
        return { icon: 'utility:info', text: checkNot };
    }

    get caption() {
        return fillLabel(totalsCaption, this.run.runNumber);
    }

    get columns() {
        const columns = [
            { key: 'plan', label: plan },
            { key: 'payees', label: payeeCount, class: NUMBER },
            { key: 'earned', label: earned, class: NUMBER },
            { key: 'payout', label: payout, class: NUMBER }
        ];
        if (!this.other) return columns;
        return [
            ...columns,
            { key: 'other', label: fillLabel(otherPayout, this.other.runNumber), class: NUMBER },
            { key: 'change', label: change, class: NUMBER }
        ];
    }

    get rows() {
        const before = new Map((this.other?.totals ?? []).map((total) => [keyOf(total), total]));
        const rows = this.run.totals.map((total) => this.rowOf(total, before.get(keyOf(total))));
        const present = new Set(this.run.totals.map(keyOf));
        const gone = [...before.values()].filter((total) => !present.has(keyOf(total)));
        return [...rows, ...gone.map((total) => this.rowOf(undefined, total))];
    }

    rowOf(total, before) {
        const { planName, planVersion, currencyCode } = total ?? before;
        const money = (text) => amountText(text, currencyCode);
        const cells = [
            { key: 'payees', text: formatNumber(total?.payeeCount ?? 0) },
            { key: 'earned', text: money(total?.earned) },
            { key: 'payout', text: money(total?.payout) }
        ];
        if (this.other) {
            const gap = minorUnits(total?.payout ?? '0') - minorUnits(before?.payout ?? '0');
            cells.push({ key: 'other', text: money(before?.payout) });
            cells.push({ key: 'change', text: money(decimalOf(gap)) });
        }
        return { key: keyOf(total ?? before), plan: `${planName} ${planVersion}`, cells };
    }

    get differences() {
        const { other } = this;
        if (!other) return [];
        const now = payeesWithProblems(this.run);
        const then = payeesWithProblems(other);
        return [
            this.sentence(problemsNew, this.namesOf([...now].filter((id) => !then.has(id)))),
            this.sentence(problemsGone, this.namesOf([...then].filter((id) => !now.has(id))))
        ].filter(Boolean);
    }

    sentence(label, names) {
        return names.length > 0 ? fillLabel(label, names.join(', '), this.other.runNumber) : '';
    }

    namesOf(ids) {
        return ids.map((id) => this.names[id] ?? id);
    }

    handleRun(event) {
        this.runId = event.detail.value;
        this.otherId = undefined;
    }

    handleOther(event) {
        this.otherId = event.detail.value;
    }
}

function keyOf({ planKey, planVersion, currencyCode }) {
    return `${planKey}:${planVersion}:${currencyCode}`;
}

function payeesWithProblems({ problems }) {
    return new Set(problems.map(({ payeeId }) => payeeId).filter(Boolean));
}
