// Everybody of a team: score, trend, the five dimensions as a heat map, why, and the next step. Who needs the manager most
// stands first, as the service ordered them; other orders are a click on a heading. Fires `open` { userId, scorecardId }.
import { LightningElement, api } from 'lwc';
import { fillLabel, formatDaysIn } from 'c/labelText';
import { DIMENSIONS, roleLabel } from 'c/scorecardWording';
import caption from '@salesforce/label/c.SpmTeamCaption';
import personHead from '@salesforce/label/c.SpmTeamPerson';
import scoreHead from '@salesforce/label/c.SpmTeamScore';
import trendHead from '@salesforce/label/c.SpmTeamTrend';
import whyHead from '@salesforce/label/c.SpmTeamWhy';
import stepHead from '@salesforce/label/c.SpmTeamStep';
import ramping from '@salesforce/label/c.SpmTeamRamping';
import openName from '@salesforce/label/c.SpmTeamOpen';
import notShared from '@salesforce/label/c.SpmTeamNotShared';
import sortNeed from '@salesforce/label/c.SpmTeamSortNeed';
import sortBy from '@salesforce/label/c.SpmTeamSortBy';

/** People without a score come last, whichever way. */
const LAST = Number.POSITIVE_INFINITY;

export default class TeamHeat extends LightningElement {
    /** As ScorecardController.getTeam tells them. */
    @api people = [];

    label = { caption, trendHead, whyHead, stepHead, ramping, notShared, sortNeed };
    /** `need`, `name`, `score` or a dimension; scores lowest first */
    sortKey = 'need';

    get isSorted() {
        return this.sortKey !== 'need';
    }

    get headings() {
        return [{ key: 'name', label: personHead }, { key: 'score', label: scoreHead }, ...DIMENSIONS].map(
            ({ key, label }) => ({
                key,
                label,
                name: fillLabel(sortBy, label),
                ariaSort: this.sortKey === key ? 'ascending' : 'none'
            })
        );
    }

    get rows() {
        const rows = this.people.map((person) => this.rowOf(person));
        if (!this.isSorted) return rows;
        if (this.sortKey === 'name') return rows.sort((a, b) => a.name.localeCompare(b.name));
        return rows.sort((a, b) => a.sortValue - b.sortValue);
    }

    rowOf(person) {
        const scores = new Map((person.dimensions ?? []).map(({ dimension, score }) => [dimension, score]));
        const sortScore = this.sortKey === 'score' ? person.score : scores.get(this.sortKey);
        return {
            ...person,
            reason: formatDaysIn(person.reason ?? ''),
            isShared: Boolean(person.scorecardId),
            role: roleLabel(person.roleKey),
            openName: fillLabel(openName, person.name),
            cells: DIMENSIONS.map(({ key }) => ({ key, score: scores.get(key) ?? null })),
            sortValue: sortScore ?? LAST
        };
    }

    handleSort(event) {
        this.sortKey = event.currentTarget.dataset.key;
    }

    handleByNeed() {
        this.sortKey = 'need';
    }

    handleOpen(event) {
        const { user: userId, scorecard: scorecardId } = event.currentTarget.dataset;
        this.dispatchEvent(new CustomEvent('open', { detail: { userId, scorecardId } }));
    }
}
