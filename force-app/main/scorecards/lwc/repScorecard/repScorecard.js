// How one person stands: the score with what capped it, the five dimensions as a picture, early warnings, each metric with its
// standard, goals, and what is held about the person. Own on the home page and the tab, anybody's the user may see on their
// User page or opened from the team (which is written down). Fires `back`.
import { LightningElement, api } from 'lwc';
import getMine from '@salesforce/apex/ScorecardController.getMine';
import open from '@salesforce/apex/ScorecardController.open';
import { keepFresh } from 'c/keepFresh';
import { fillLabel, formatDaysIn, formatMonth, formatNumber } from 'c/labelText';
import { DIMENSIONS, roleLabel } from 'c/scorecardWording';
import mine from '@salesforce/label/c.SpmCardMine';
import titleOf from '@salesforce/label/c.SpmCardOf';
import back from '@salesforce/label/c.SpmCardBack';
import monthLabel from '@salesforce/label/c.SpmCardMonth';
import openMonth from '@salesforce/label/c.SpmCardOpenMonth';
import none from '@salesforce/label/c.SpmCardNone';
import noneText from '@salesforce/label/c.SpmCardNoneText';
import scoreText from '@salesforce/label/c.SpmCardScore';
import noScoreText from '@salesforce/label/c.SpmCardNoScore';
import beforeText from '@salesforce/label/c.SpmCardBefore';
import coverageText from '@salesforce/label/c.SpmCardCoverage';
import percentileText from '@salesforce/label/c.SpmCardPercentile';
import rampText from '@salesforce/label/c.SpmCardRamp';
import templateText from '@salesforce/label/c.SpmCardTemplate';
import warningsTitle from '@salesforce/label/c.SpmCardWarnings';
import checkIn from '@salesforce/label/c.SpmCardCheckIn';
import reasonsTitle from '@salesforce/label/c.SpmCardReasons';

const isKnown = (value) => value !== null && value !== undefined;

export default class RepScorecard extends LightningElement {
    /** of a User page */
    @api recordId;
    /** whose, opened from the team; without either it is the user's own */
    @api userId;
    @api scorecardId;
    @api canGoBack = false;
    /** only the score and the five dimensions */
    @api isSummary = false;

    label = { back, monthLabel, none, noneText, warningsTitle, reasonsTitle };
    view;
    error;
    chosenId = null;
    isFocusDue = false;
    endRefresh;

    connectedCallback() {
        this.endRefresh = keepFresh(this, this.readAgain);
        this.chosenId = this.scorecardId ?? null;
        this.isFocusDue = Boolean(this.canGoBack);
        this.load();
    }

    disconnectedCallback() {
        this.endRefresh();
    }

    /** Opened in the place of a list, the keyboard goes along. */
    renderedCallback() {
        if (!this.isFocusDue || !this.refs?.back) return;
        this.isFocusDue = false;
        /** @type {HTMLElement} */ (this.refs.back).focus();
    }

    /** Each look at a colleague's card is written down; that something changed is not one. */
    async readAgain() {
        if (this.view?.isOwn) await this.load();
    }

    async load() {
        const userId = this.userId ?? this.recordId;
        const scorecardId = this.chosenId;
        try {
            const view = await (userId ? open({ userId, scorecardId }) : getMine({ scorecardId }));
            // A slower answer about another month must not replace the newer one.
            if (this.chosenId === scorecardId) this.view = view ?? null;
        } catch (error) {
            this.error = error;
        }
    }

    get isLoading() {
        return this.view === undefined && !this.error;
    }

    get isEmpty() {
        return this.view === null;
    }

    get isShown() {
        return Boolean(this.view) && !this.error;
    }

    /** What stands below a summary, such as the way to the whole. */
    get isFooterShown() {
        return this.isSummary && !this.error;
    }

    get isWhole() {
        return !this.isSummary;
    }

    get card() {
        return this.view.scorecard;
    }

    get title() {
        return this.view && !this.view.isOwn ? fillLabel(titleOf, this.view.name) : mine;
    }

    get monthOptions() {
        return this.view.months.map(({ scorecardId, month, roleKey, status }) => {
            const name = `${formatMonth(month)}, ${roleLabel(roleKey)}`;
            return { value: scorecardId, label: status === 'Open' ? fillLabel(openMonth, name) : name };
        });
    }

    get hasScore() {
        return isKnown(this.card.score);
    }

    get scoreText() {
        return this.hasScore ? fillLabel(scoreText, formatNumber(this.card.score)) : noScoreText;
    }

    get factsText() {
        const { previousScore, coveragePercent, percentile, peerCount, roleKey, templateVersion } = this.card;
        const whole = (value) => formatNumber(value, { maximumFractionDigits: 0 });
        return [
            ...(isKnown(previousScore) ? [fillLabel(beforeText, formatNumber(previousScore))] : []),
            fillLabel(coverageText, whole(coveragePercent ?? 0)),
            ...(isKnown(percentile) ? [fillLabel(percentileText, whole(percentile), whole(peerCount))] : []),
            fillLabel(templateText, roleLabel(roleKey), templateVersion ?? '–')
        ].join(' · ');
    }

    /** What changed the score from outside its sum, most important first. */
    get notes() {
        const { overriddenBy, cappedBy, isRamping, rampMonth } = this.card;
        return [overriddenBy, cappedBy, isRamping ? fillLabel(rampText, formatNumber(rampMonth ?? 1)) : null]
            .filter(Boolean)
            .map((words) => ({ key: words, words: formatDaysIn(words) }));
    }

    get reasons() {
        return this.card.reasons.map((words, index) => ({ key: index, words: formatDaysIn(words) }));
    }

    get hasReasons() {
        return this.reasons.length > 0;
    }

    get warnings() {
        return this.view.warnings.map((one) => ({
            key: one.warningId,
            words: formatDaysIn(one.words),
            about: one.kind === 'CheckIn' ? checkIn : ''
        }));
    }

    get hasWarnings() {
        return this.warnings.length > 0;
    }

    get groups() {
        return DIMENSIONS.map(({ key, label }) => ({
            key,
            label,
            metrics: this.view.metrics.filter(({ dimension }) => dimension === key)
        })).filter(({ metrics }) => metrics.length > 0);
    }

    handleMonth(event) {
        this.chosenId = event.detail.value;
        this.load();
    }

    handleBack() {
        this.dispatchEvent(new CustomEvent('back'));
    }

    handleRetry() {
        this.error = undefined;
        this.view = undefined;
        this.load();
    }
}
