// The pipeline as it is claimed and as it is: the bar, what changed it in a week, what it needs, how well records are kept,
// and for a manager each person beside the others. Any day with a snapshot can be chosen.
import { LightningElement, wire } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import canViewTeam from '@salesforce/customPermission/SpmViewTeam';
import getBoard from '@salesforce/apex/PipelineBoardController.getBoard';
import { keepFresh } from 'c/keepFresh';
import { fillLabel, formatDaysIn, formatNumber } from 'c/labelText';
import { percentText } from 'c/payFigures';
import { quarterMoney } from 'c/quarterMoney';
import title from '@salesforce/label/c.SpmBoardTitle';
import headline from '@salesforce/label/c.SpmBoardHeadline';
import asOf from '@salesforce/label/c.SpmBoardAsOf';
import none from '@salesforce/label/c.SpmBoardNone';
import noneText from '@salesforce/label/c.SpmBoardNoneText';
import won from '@salesforce/label/c.SpmForecastWon';
import expected from '@salesforce/label/c.SpmBoardExpected';
import required from '@salesforce/label/c.SpmBoardRequired';
import requiredText from '@salesforce/label/c.SpmBoardRequiredText';
import target from '@salesforce/label/c.SpmForecastTarget';
import coverage from '@salesforce/label/c.SpmBoardCoverage';
import coverageText from '@salesforce/label/c.SpmBoardCoverageText';
import hygiene from '@salesforce/label/c.SpmBoardHygiene';
import velocity from '@salesforce/label/c.SpmBoardVelocity';
import winRate from '@salesforce/label/c.SpmBoardWinRate';
import people from '@salesforce/label/c.SpmBoardPeople';
import person from '@salesforce/label/c.SpmForecastPerson';
import claimed from '@salesforce/label/c.SpmBoardClaimed';
import real from '@salesforce/label/c.SpmBoardReal';

export default class PipelineHealthBoard extends LightningElement {
    label = { title, none, noneText, people, person, claimed, real, won, target, coverage, hygiene };

    scope = canViewTeam ? 'team' : 'mine';
    /** null: the newest */
    asOfDate = null;
    periodStartDate = null;
    view;
    error;
    wired;
    endRefresh;

    @wire(getBoard, { scope: '$scope', asOfDate: '$asOfDate', periodStartDate: '$periodStartDate' })
    receive(result) {
        this.wired = result;
        this.view = result.data;
        this.error = result.error;
    }

    connectedCallback() {
        this.endRefresh = keepFresh(this, this.refresh);
    }

    disconnectedCallback() {
        this.endRefresh();
    }

    get snapshot() {
        return this.view?.snapshot;
    }

    get headlineText() {
        const { periodName, claimedAmount, realAmount } = this.snapshot;
        return fillLabel(headline, this.money(claimedAmount), periodName, this.money(realAmount));
    }

    get asOfText() {
        return fillLabel(asOf, formatDaysIn(this.snapshot.asOfDate));
    }

    get figures() {
        const snapshot = this.snapshot;
        const { wonAmount, expectedAmount, requiredCoverage, hygieneScore } = snapshot;
        const pace = this.beside.velocity;
        return [
            { key: 'won', words: won, text: this.money(wonAmount) },
            { key: 'expected', words: expected, text: this.money(expectedAmount) },
            { key: 'target', words: target, text: this.money(snapshot.targetAmount) },
            {
                key: 'coverage',
                words: coverage,
                text: coverageIn(snapshot)
            },
            {
                key: 'required',
                words: required,
                text: isThere(requiredCoverage) ? fillLabel(requiredText, formatNumber(requiredCoverage)) : ''
            },
            { key: 'hygiene', words: hygiene, text: isThere(hygieneScore) ? formatNumber(hygieneScore) : '' },
            { key: 'velocity', words: velocity, text: pace ? this.money(pace.perDay) : '' },
            { key: 'winRate', words: winRate, text: pace ? percentText(Number(pace.winRate).toFixed(3)) : '' }
        ].filter(({ text }) => text);
    }

    /** Empty where they cannot be read. */
    get beside() {
        try {
            return JSON.parse(this.snapshot.figures) ?? {};
        } catch {
            return {};
        }
    }

    get hasFlow() {
        return Boolean(this.beside.pace || this.beside.conversion?.length);
    }

    get hasChecks() {
        return this.view.checks?.length > 0;
    }

    get hasPeople() {
        return this.view.people.length > 0;
    }

    get people() {
        return this.view.people.map((one) => ({
            key: one.snapshotId,
            name: one.repName,
            claimed: this.money(one.claimedAmount),
            real: this.money(one.realAmount),
            won: this.money(one.wonAmount),
            target: this.money(one.targetAmount),
            coverage: coverageIn(one),
            hygiene: isThere(one.hygieneScore) ? formatNumber(one.hygieneScore) : ''
        }));
    }

    money(amount) {
        return quarterMoney(amount, this.snapshot.currencyCode);
    }

    async refresh() {
        await refreshApex(this.wired);
    }

    handleRetry() {
        this.error = undefined;
        this.refresh();
    }

    handleChoose(event) {
        Object.assign(this, event.detail);
        this.view = undefined;
    }
}

function coverageIn({ coverage: times }) {
    return isThere(times) ? fillLabel(coverageText, formatNumber(times)) : '';
}

function isThere(value) {
    return value !== undefined && value !== null;
}
