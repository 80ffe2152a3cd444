// What each role is held to, from which day and why. Who runs the programme sets a new standard from a month to come or ends
// one; what has begun stays as it was. Whether that may be is StandardGuard's to say.
import { LightningElement, wire } from 'lwc';
import getStandards from '@salesforce/apex/StandardsController.getStandards';
import addStandard from '@salesforce/apex/StandardsController.addStandard';
import endStandard from '@salesforce/apex/StandardsController.endStandard';
import { keepFresh, readWires } from 'c/keepFresh';
import { fillLabel } from 'c/labelText';
import {
    FAMILY_OPTIONS,
    ROLE_OPTIONS,
    familyLabel,
    figureOf,
    nextMonth,
    roleLabel,
    stateLabel
} from 'c/scorecardWording';
import { carryOut } from 'c/userAction';
import title from '@salesforce/label/c.SpmStandardsTitle';
import caption from '@salesforce/label/c.SpmStandardsCaption';
import none from '@salesforce/label/c.SpmStandardsNone';
import noneText from '@salesforce/label/c.SpmStandardsNoneText';
import roleHead from '@salesforce/label/c.SpmStandardsRole';
import metricHead from '@salesforce/label/c.SpmStandardsMetric';
import familyHead from '@salesforce/label/c.SpmStandardsFamily';
import floorHead from '@salesforce/label/c.SpmStandardsFloor';
import targetHead from '@salesforce/label/c.SpmStandardsTarget';
import fromHead from '@salesforce/label/c.SpmStandardsFrom';
import untilHead from '@salesforce/label/c.SpmStandardsUntil';
import stateHead from '@salesforce/label/c.SpmStandardsState';
import reasonHead from '@salesforce/label/c.SpmStandardsReason';
import change from '@salesforce/label/c.SpmStandardsChange';
import changeName from '@salesforce/label/c.SpmStandardsChangeName';
import end from '@salesforce/label/c.SpmStandardsEnd';
import endName from '@salesforce/label/c.SpmStandardsEndName';
import add from '@salesforce/label/c.SpmStandardsAdd';
import save from '@salesforce/label/c.SpmActSave';
import saved from '@salesforce/label/c.SpmQueueSaved';
import showPast from '@salesforce/label/c.SpmStandardsPast';

const ALL = 'all';
const EMPTY = {
    roleKey: '',
    metricKey: '',
    family: 'Results',
    floorValue: '',
    targetValue: '',
    startDate: '',
    reason: ''
};

export default class StandardsEditor extends LightningElement {
    label = {
        title,
        caption,
        none,
        noneText,
        roleHead,
        metricHead,
        familyHead,
        floorHead,
        targetHead,
        fromHead,
        untilHead,
        stateHead,
        reasonHead,
        change,
        end,
        add,
        save,
        showPast
    };
    roleOptions = [{ value: ALL, label: roleHead }, ...ROLE_OPTIONS];
    wired = {};
    role = ALL;
    isPastShown = false;
    draft = null;
    isBusy = false;
    actionError;
    announcement = '';
    endRefresh;

    @wire(getStandards)
    receive(result) {
        this.wired = result;
    }

    connectedCallback() {
        this.endRefresh = keepFresh(this, this.refresh);
    }

    disconnectedCallback() {
        this.endRefresh();
    }

    get view() {
        return this.wired.data;
    }

    get isEmpty() {
        return this.view.standards.length === 0;
    }

    get mayAdd() {
        return this.view.mayEdit && !this.draft;
    }

    get rows() {
        return this.view.standards
            .filter(({ roleKey }) => this.role === ALL || roleKey === this.role)
            .filter(({ state }) => this.isPastShown || state !== 'Past')
            .map((one) => {
                const role = roleLabel(one.roleKey);
                return {
                    ...one,
                    role,
                    familyText: familyLabel(one.family),
                    floorText: figureOf(one.floorValue, one.unit),
                    targetText: figureOf(one.targetValue, one.unit),
                    stateText: stateLabel(one.state),
                    mayChange: this.view.mayEdit && one.state !== 'Past' && !one.effectiveEndDate,
                    changeName: fillLabel(changeName, one.label, role),
                    endName: fillLabel(endName, one.label, role)
                };
            });
    }

    get metricOptions() {
        const byKey = new Map(this.view.standards.map(({ metricKey, label }) => [metricKey, label]));
        return [...byKey].map(([value, label]) => ({ value, label }));
    }

    get fields() {
        return [
            { name: 'roleKey', label: roleHead, width: 'third', options: ROLE_OPTIONS },
            { name: 'metricKey', label: metricHead, width: 'third', options: this.metricOptions },
            { name: 'family', label: familyHead, width: 'third', options: FAMILY_OPTIONS },
            { name: 'floorValue', label: floorHead, width: 'third', type: 'number', step: 'any' },
            { name: 'targetValue', label: targetHead, width: 'third', type: 'number', step: 'any' },
            { name: 'startDate', label: fromHead, width: 'third', type: 'date' },
            { name: 'reason', label: reasonHead, isLong: true, maxLength: 255 }
        ].map((field) => ({ ...field, value: this.draft[field.name], required: true }));
    }

    get cannotSave() {
        return this.isBusy || Object.values(this.draft).some((value) => String(value).trim() === '');
    }

    handleRole(event) {
        this.role = event.detail.value;
    }

    handlePast(event) {
        this.isPastShown = event.target.checked;
    }

    handleAdd() {
        this.draft = { ...EMPTY, startDate: nextMonth(Date.now()) };
    }

    /** Another standard in the place of this one: everything stays but what is changed. */
    handleChange(event) {
        const { standard } = event.currentTarget.dataset;
        const { roleKey, metricKey, family, floorValue, targetValue } = this.view.standards.find(
            ({ standardId }) => standardId === standard
        );
        this.draft = {
            roleKey,
            metricKey,
            family,
            floorValue,
            targetValue,
            startDate: nextMonth(Date.now()),
            reason: ''
        };
    }

    handleField(event) {
        const { name, value } = event.detail;
        this.draft = { ...this.draft, [name]: value };
    }

    handleCancel() {
        this.draft = null;
        this.actionError = undefined;
    }

    async handleSave() {
        const { draft } = this;
        await this.store(() =>
            addStandard({
                ...draft,
                floorValue: Number(draft.floorValue),
                targetValue: Number(draft.targetValue),
                reason: draft.reason.trim()
            })
        );
    }

    async handleEnd(event) {
        const { standard: standardId } = event.currentTarget.dataset;
        await this.store(() => endStandard({ standardId, endDate: nextMonth(Date.now()) }));
    }

    async store(send) {
        await carryOut(this, async () => {
            await send();
            await this.refresh();
            this.draft = null;
            this.announcement = saved;
        });
    }

    async refresh() {
        await readWires(this.wired);
    }

    handleRetry() {
        this.refresh();
    }
}
