// A manager's week in one look: the verdict, who needs the manager and why, everybody as a heat map, and the sheet of a
// person in the same place. Figures are the service's; nothing is worked out here.
import { LightningElement, api, wire } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import getTeam from '@salesforce/apex/ScorecardController.getTeam';
import { keepFresh } from 'c/keepFresh';
import { fillLabel, formatDaysIn, formatNumber } from 'c/labelText';
import { themeOf } from 'c/scorecardWording';
import title from '@salesforce/label/c.SpmTeamTitle';
import week from '@salesforce/label/c.SpmTeamWeek';
import none from '@salesforce/label/c.SpmTeamNone';
import noneText from '@salesforce/label/c.SpmTeamNoneText';
import alerts from '@salesforce/label/c.SpmTeamAlerts';
import cadence from '@salesforce/label/c.SpmTeamCadence';
import counts from '@salesforce/label/c.SpmTeamCounts';
import nextStep from '@salesforce/label/c.SpmNeedStep';
import openName from '@salesforce/label/c.SpmTeamOpen';

export default class TeamScorecard extends LightningElement {
    /** only the verdict and who needs the manager */
    @api isSummary = false;

    label = { title, none, noneText, nextStep };
    wired = {};
    opened = null;
    isFocusDue = false;
    endRefresh;

    @wire(getTeam)
    receive(result) {
        this.wired = result;
    }

    connectedCallback() {
        this.endRefresh = keepFresh(this, () => refreshApex(this.wired));
    }

    disconnectedCallback() {
        this.endRefresh();
    }

    /** Coming back from a person, the keyboard is where it left. */
    renderedCallback() {
        if (!this.isFocusDue || this.opened) return;
        this.isFocusDue = false;
        /** @type {HTMLElement | undefined} */ (this.refs?.verdict)?.focus();
    }

    get team() {
        return this.wired.data;
    }

    get isEmpty() {
        return this.team === null || this.team?.people.length === 0;
    }

    get isShown() {
        return Boolean(this.team) && !this.isEmpty;
    }

    get weekText() {
        return formatDaysIn(fillLabel(week, this.team.weekStartDate));
    }

    /** A summary stands in a narrow column: one below the other. */
    get neededClass() {
        const beside = this.isSummary ? '' : ' slds-large-size_1-of-3';
        return `slds-col slds-size_1-of-1${beside}`;
    }

    /** What stands below a summary, such as the way to the whole. */
    get isFooterShown() {
        return this.isSummary && !this.wired.error;
    }

    get isWhole() {
        return !this.isSummary;
    }

    get verdictIcon() {
        return this.team.shortlistCount > 0 ? 'utility:priority' : 'utility:success';
    }

    get needed() {
        return this.team.shortlist.map((one) => ({
            ...one,
            openName: fillLabel(openName, one.name),
            why: one.reasons.map(({ metricKey, words }) => ({ key: metricKey, words: formatDaysIn(words) }))
        }));
    }

    get facts() {
        const { people, alertCount, alertCap, cadencePercent } = this.team;
        const isKnown = cadencePercent !== null && cadencePercent !== undefined;
        const low = people.filter(({ score }) => themeOf(score) === 'low').length;
        return [
            fillLabel(counts, formatNumber(people.length), formatNumber(low)),
            fillLabel(alerts, formatNumber(alertCount), formatNumber(alertCap)),
            ...(isKnown
                ? [fillLabel(cadence, formatNumber(cadencePercent, { maximumFractionDigits: 0 }))]
                : [])
        ].join(' · ');
    }

    handleOpen(event) {
        this.opened = event.detail;
    }

    handleOpenNeeded(event) {
        const { user: userId, scorecard: scorecardId } = event.currentTarget.dataset;
        this.opened = { userId, scorecardId };
    }

    handleBack() {
        this.opened = null;
        this.isFocusDue = true;
    }

    handleRetry() {
        refreshApex(this.wired);
    }
}
