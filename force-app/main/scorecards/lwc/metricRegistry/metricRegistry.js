// The registry: every metric with its formula in words and as data, owner, source and versions. Who runs the programme adds a
// version from a month to come; months that are over keep theirs. Whether that may be is MetricGuard's to say.
import { LightningElement, wire } from 'lwc';
import getRegistry from '@salesforce/apex/MetricController.getRegistry';
import addVersion from '@salesforce/apex/MetricController.addVersion';
import { keepFresh, readWires } from 'c/keepFresh';
import { fillLabel, formatNumber } from 'c/labelText';
import { nextMonth, stateLabel } from 'c/scorecardWording';
import { carryOut } from 'c/userAction';
import title from '@salesforce/label/c.SpmRegistryTitle';
import none from '@salesforce/label/c.SpmRegistryNone';
import noneText from '@salesforce/label/c.SpmStandardsNoneText';
import search from '@salesforce/label/c.SpmRegistrySearch';
import count from '@salesforce/label/c.SpmRegistryCount';
import nothingFound from '@salesforce/label/c.SpmRegistryNothing';
import nothingFoundText from '@salesforce/label/c.SpmRegistryNothingText';
import about from '@salesforce/label/c.SpmRegistryAbout';
import whatMoves from '@salesforce/label/c.SpmMetricMoves';
import formulaLabel from '@salesforce/label/c.SpmRegistryFormula';
import versionsLabel from '@salesforce/label/c.SpmRegistryVersions';
import version from '@salesforce/label/c.SpmRegistryVersion';
import newVersion from '@salesforce/label/c.SpmRegistryNew';
import newVersionName from '@salesforce/label/c.SpmRegistryNewName';
import wordsLabel from '@salesforce/label/c.SpmRegistryWords';
import minimumLabel from '@salesforce/label/c.SpmRegistryMinimum';
import ownerLabel from '@salesforce/label/c.SpmRegistryOwner';
import movesLabel from '@salesforce/label/c.SpmRegistryMoves';
import fromLabel from '@salesforce/label/c.SpmStandardsFrom';
import save from '@salesforce/label/c.SpmActSave';
import saved from '@salesforce/label/c.SpmQueueSaved';

/** Fields of a version that may be said differently here, by their names in the controller. */
const FIELDS = ['formulaWords', 'formula', 'minimumSampleSize', 'ownerName', 'whatMovesIt'];
const textOf = (value) => String(value ?? '').trim();

export default class MetricRegistry extends LightningElement {
    label = {
        title,
        none,
        noneText,
        search,
        nothingFound,
        nothingFoundText,
        whatMoves,
        formulaLabel,
        versionsLabel,
        newVersion,
        save
    };
    wired = {};
    text = '';
    draftOf = null;
    draft = null;
    isBusy = false;
    actionError;
    announcement = '';
    endRefresh;

    @wire(getRegistry)
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
        return this.view.metrics.length === 0;
    }

    /** One for each metric: the version in force, else the one to come, else the last; with all versions, newest first. */
    get metrics() {
        const byKey = new Map();
        for (const one of this.view.metrics)
            byKey.set(one.metricKey, [...(byKey.get(one.metricKey) ?? []), one]);
        return [...byKey.values()].map((versions) => ({
            ...(versions.find(({ state }) => state === 'InForce') ?? versions[0]),
            newest: versions[0],
            versions
        }));
    }

    get found() {
        const text = this.text.trim().toLowerCase();
        return this.metrics
            .filter((one) =>
                [one.label, one.metricKey, one.formulaWords].some((field) =>
                    textOf(field).toLowerCase().includes(text)
                )
            )
            .map((one) => ({
                ...one,
                about: fillLabel(
                    about,
                    one.kind,
                    one.grain,
                    one.unit,
                    formatNumber(one.minimumSampleSize ?? 1),
                    one.ownerName ?? '–',
                    one.sourceObjects ?? '–'
                ),
                versions: one.versions.map((row) => ({
                    ...row,
                    text: fillLabel(version, formatNumber(row.version), stateLabel(row.state))
                })),
                newName: fillLabel(newVersionName, one.label),
                mayAdd: this.view.mayEdit && this.draftOf !== one.metricKey,
                isDrafting: this.draftOf === one.metricKey
            }));
    }

    get countText() {
        return fillLabel(count, formatNumber(this.found.length), formatNumber(this.metrics.length));
    }

    get isNothingFound() {
        return this.found.length === 0;
    }

    get changes() {
        const { newest } = this.metrics.find(({ metricKey }) => metricKey === this.draftOf);
        const changed = FIELDS.filter((name) => textOf(this.draft[name]) !== textOf(newest[name]));
        return Object.fromEntries(
            changed.map((name) => [
                name,
                name === 'minimumSampleSize' ? Number(this.draft[name]) : textOf(this.draft[name])
            ])
        );
    }

    get fields() {
        return [
            { name: 'startDate', label: fromLabel, type: 'date', required: true },
            { name: 'formulaWords', label: wordsLabel, isLong: true, required: true },
            { name: 'formula', label: formulaLabel, isLong: true, required: true },
            { name: 'minimumSampleSize', label: minimumLabel, type: 'number' },
            { name: 'ownerName', label: ownerLabel },
            { name: 'whatMovesIt', label: movesLabel, isLong: true }
        ].map((field) => ({ ...field, value: this.draft[field.name] }));
    }

    get cannotSave() {
        return this.isBusy || !this.draft.startDate || Object.keys(this.changes).length === 0;
    }

    handleSearch(event) {
        this.text = event.detail.value;
    }

    handleNew(event) {
        const { metric } = event.currentTarget.dataset;
        const { newest } = this.metrics.find(({ metricKey }) => metricKey === metric);
        this.draftOf = metric;
        this.draft = {
            startDate: nextMonth(Date.now()),
            ...Object.fromEntries(FIELDS.map((name) => [name, newest[name]]))
        };
        this.actionError = undefined;
    }

    handleField(event) {
        const { name, value } = event.detail;
        this.draft = { ...this.draft, [name]: value };
    }

    handleCancel() {
        this.draftOf = null;
        this.actionError = undefined;
    }

    async handleSave() {
        await carryOut(this, async () => {
            await addVersion({
                metricKey: this.draftOf,
                startDate: this.draft.startDate,
                changes: JSON.stringify(this.changes)
            });
            await this.refresh();
            this.draftOf = null;
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
