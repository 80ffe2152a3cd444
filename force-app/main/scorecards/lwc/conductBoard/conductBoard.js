// Conduct of everybody for who watches over it: by person, what weighs most first (signs of manufactured numbers, standards of rules,
// files and gates), and what was delivered from outside. Shows no score, no other dimension and no pay: its controller has none.
import { LightningElement, wire } from 'lwc';
import getConduct from '@salesforce/apex/ConductController.getConduct';
import { keepFresh, readWires } from 'c/keepFresh';
import { fillLabel, formatMonth, formatNumber } from 'c/labelText';
import title from '@salesforce/label/c.SpmConductTitle';
import none from '@salesforce/label/c.SpmConductNone';
import noneText from '@salesforce/label/c.SpmConductNoneText';
import month from '@salesforce/label/c.SpmConductMonth';
import search from '@salesforce/label/c.SpmConductSearch';
import show from '@salesforce/label/c.SpmConductShow';
import showNeeds from '@salesforce/label/c.SpmConductShowNeeds';
import showSigns from '@salesforce/label/c.SpmConductShowSigns';
import showMissed from '@salesforce/label/c.SpmConductShowMissed';
import showAll from '@salesforce/label/c.SpmConductShowAll';
import count from '@salesforce/label/c.SpmConductCount';
import nothing from '@salesforce/label/c.SpmConductNothing';
import nothingText from '@salesforce/label/c.SpmConductNothingText';
import more from '@salesforce/label/c.SpmConductMore';
import signsNote from '@salesforce/label/c.SpmConductSignsNote';

const PAGE = 40;
/** What weighs most first. */
const SEVERITIES = ['High', 'Medium', 'Missed', 'Fine'];
const SHOWN = {
    needs: ({ severity }) => severity !== 'Fine',
    signs: ({ findings }) => findings.length > 0,
    missed: ({ results }) => results.some(({ status }) => status === 'Missed'),
    all: () => true
};

export default class ConductBoard extends LightningElement {
    label = { title, none, noneText, month, search, show, nothing, nothingText, more, signsNote };
    showOptions = [
        { value: 'needs', label: showNeeds },
        { value: 'signs', label: showSigns },
        { value: 'missed', label: showMissed },
        { value: 'all', label: showAll }
    ];
    wired = {};
    month = null;
    text = '';
    shown = 'needs';
    most = PAGE;
    endRefresh;

    @wire(getConduct, { month: '$month' })
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
        return this.view.months.length === 0 && this.view.findings.length === 0;
    }

    get monthOptions() {
        return this.view.months.map((value) => ({ value, label: formatMonth(value) }));
    }

    get people() {
        const byId = new Map();
        const personOf = ({ userId, name }) => {
            if (!byId.has(userId)) byId.set(userId, { userId, name: name ?? '', findings: [], results: [] });
            return byId.get(userId);
        };
        for (const result of this.view.results) personOf(result).results.push(result);
        for (const finding of this.view.findings) personOf(finding).findings.push(finding);
        return [...byId.values()]
            .map((person) => ({ ...person, severity: severityOf(person) }))
            .sort(
                (a, b) =>
                    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
                    a.name.localeCompare(b.name)
            );
    }

    get found() {
        const text = this.text.trim().toLowerCase();
        return this.people.filter(
            (person) => SHOWN[this.shown](person) && person.name.toLowerCase().includes(text)
        );
    }

    get rows() {
        return this.found.slice(0, this.most);
    }

    get countText() {
        return fillLabel(count, formatNumber(this.found.length), formatNumber(this.people.length));
    }

    get isNobodyFound() {
        return this.found.length === 0;
    }

    get hasMore() {
        return this.found.length > this.most;
    }

    handleMonth(event) {
        this.month = event.detail.value;
        this.most = PAGE;
    }

    handleShow(event) {
        this.shown = event.detail.value;
        this.most = PAGE;
    }

    handleSearch(event) {
        this.text = event.detail.value;
        this.most = PAGE;
    }

    handleMore() {
        this.most += PAGE;
    }

    async refresh() {
        await readWires(this.wired);
    }

    handleRetry() {
        this.refresh();
    }
}

/** Of what is open: a sign that is seen no more weighs nothing. */
function severityOf({ findings, results }) {
    const open = findings.filter(({ status }) => status === 'Open');
    if (open.some(({ severity }) => severity === 'High')) return 'High';
    if (open.length > 0) return 'Medium';
    return results.some(({ status }) => status === 'Missed') ? 'Missed' : 'Fine';
}
