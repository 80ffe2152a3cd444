// Goals of a person and how far they are, and a form that lets a goal be set only with everything it takes: a metric, where it
// starts from, where it should be, by which day, and what it serves. Progress is worked out, never typed. Fires `changed`.
import { LightningElement, api } from 'lwc';
import addGoal from '@salesforce/apex/GoalController.addGoal';
import withdraw from '@salesforce/apex/GoalController.withdraw';
import { fillLabel, formatDaysIn, formatNumber } from 'c/labelText';
import { figureOf } from 'c/scorecardWording';
import { carryOut } from 'c/userAction';
import title from '@salesforce/label/c.SpmGoalsTitle';
import none from '@salesforce/label/c.SpmGoalsNone';
import add from '@salesforce/label/c.SpmGoalAdd';
import save from '@salesforce/label/c.SpmGoalSave';
import withdrawLabel from '@salesforce/label/c.SpmGoalWithdraw';
import withdrawName from '@salesforce/label/c.SpmGoalWithdrawName';
import nameLabel from '@salesforce/label/c.SpmGoalName';
import metricLabel from '@salesforce/label/c.SpmGoalMetric';
import baselineLabel from '@salesforce/label/c.SpmGoalBaseline';
import targetLabel from '@salesforce/label/c.SpmGoalTarget';
import startLabel from '@salesforce/label/c.SpmGoalStart';
import dueLabel from '@salesforce/label/c.SpmGoalDue';
import parentLabel from '@salesforce/label/c.SpmGoalParent';
import firmLabel from '@salesforce/label/c.SpmGoalFirm';
import firmOption from '@salesforce/label/c.SpmGoalFirmOption';
import course from '@salesforce/label/c.SpmGoalCourse';
import notYet from '@salesforce/label/c.SpmGoalNotYet';
import serves from '@salesforce/label/c.SpmGoalServes';
import isOpen from '@salesforce/label/c.SpmGoalOpen';
import isMet from '@salesforce/label/c.SpmGoalMet';
import isMissed from '@salesforce/label/c.SpmGoalMissed';
import isWithdrawn from '@salesforce/label/c.SpmGoalWithdrawn';
import added from '@salesforce/label/c.SpmGoalAdded';

const STATUSES = { Open: isOpen, Met: isMet, Missed: isMissed, Withdrawn: isWithdrawn };
/** Instead of a goal: the goal serves one of the firm, which is named. */
const FIRM = 'firm';
const NUMBER = { width: 'half', type: 'number', step: 'any' };
const DAY = { width: 'half', type: 'date' };
const EMPTY = {
    title: '',
    metricKey: '',
    baselineValue: '',
    targetValue: '',
    startDate: '',
    dueDate: '',
    parentGoalId: FIRM,
    parentName: ''
};

export default class GoalPanel extends LightningElement {
    @api userId;
    /** As GoalController tells them. */
    @api goals = [];
    /** The metrics of the person's scorecard: what a goal can be about. */
    @api metrics = [];

    label = {
        title,
        none,
        add,
        save,
        withdrawLabel
    };
    isAdding = false;
    isBusy = false;
    draft = EMPTY;
    actionError;
    announcement = '';

    get rows() {
        return this.goals.map((goal) => {
            const figure = (value) => figureOf(value, goal.unit);
            const isKnown = goal.progressPercent !== null && goal.progressPercent !== undefined;
            return {
                ...goal,
                isKnown,
                isOpen: goal.status === 'Open',
                progress: Math.min(100, Math.max(0, goal.progressPercent ?? 0)),
                progressText: isKnown ? `${formatNumber(goal.progressPercent)} %` : notYet,
                statusText: STATUSES[goal.status] ?? goal.status,
                withdrawName: fillLabel(withdrawName, goal.title),
                course: formatDaysIn(
                    fillLabel(
                        course,
                        goal.label,
                        figure(goal.baselineValue),
                        figure(goal.targetValue),
                        goal.dueDate,
                        figure(goal.currentValue) || '–'
                    )
                ),
                serves: fillLabel(serves, goal.parentName ?? '–')
            };
        });
    }

    get hasGoals() {
        return this.goals.length > 0;
    }

    get metricOptions() {
        return this.metrics.map(({ metricKey, label }) => ({ value: metricKey, label }));
    }

    get parentOptions() {
        const open = this.goals.filter(({ status }) => status === 'Open');
        return [
            { value: FIRM, label: firmOption },
            ...open.map(({ goalId, title: name }) => ({ value: goalId, label: name }))
        ];
    }

    get isForFirm() {
        return this.draft.parentGoalId === FIRM;
    }

    get fields() {
        return [
            { name: 'title', label: nameLabel, maxLength: 255 },
            { name: 'metricKey', label: metricLabel, options: this.metricOptions },
            { name: 'baselineValue', label: baselineLabel, ...NUMBER },
            { name: 'targetValue', label: targetLabel, ...NUMBER },
            { name: 'startDate', label: startLabel, ...DAY },
            { name: 'dueDate', label: dueLabel, ...DAY },
            { name: 'parentGoalId', label: parentLabel, options: this.parentOptions },
            ...(this.isForFirm ? [{ name: 'parentName', label: firmLabel, maxLength: 255 }] : [])
        ].map((field) => ({ ...field, value: this.draft[field.name], required: true }));
    }

    get cannotSave() {
        const { parentName, ...rest } = this.draft;
        const isFilled = Object.values(rest).every((value) => String(value).trim() !== '');
        return this.isBusy || !isFilled || (this.isForFirm && !parentName.trim());
    }

    /** Where the person stands now is where a goal most likely starts from. */
    handleField(event) {
        const { name, value } = event.detail;
        this.draft = { ...this.draft, [name]: value };
        if (name !== 'metricKey') return;
        const now = this.metrics.find(({ metricKey }) => metricKey === value)?.value;
        this.draft = { ...this.draft, baselineValue: now ?? '' };
    }

    handleAdd() {
        this.draft = { ...EMPTY, startDate: new Date().toISOString().slice(0, 10) };
        this.announcement = '';
        this.isAdding = true;
    }

    handleCancel() {
        this.isAdding = false;
        this.actionError = undefined;
    }

    async handleSave() {
        const { draft, userId } = this;
        await this.store(() =>
            addGoal({
                ...draft,
                userId,
                title: draft.title.trim(),
                baselineValue: Number(draft.baselineValue),
                targetValue: Number(draft.targetValue),
                parentGoalId: this.isForFirm ? null : draft.parentGoalId,
                parentName: this.isForFirm ? draft.parentName.trim() : null
            })
        );
    }

    async handleWithdraw(event) {
        const { goal } = event.currentTarget.dataset;
        await this.store(() => withdraw({ goalId: goal }));
    }

    async store(send) {
        await carryOut(this, async () => {
            await send();
            this.isAdding = false;
            this.announcement = added;
            this.dispatchEvent(new CustomEvent('changed'));
        });
    }
}
