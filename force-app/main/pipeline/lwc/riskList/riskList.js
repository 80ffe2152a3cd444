// What to work on next: a picture of all open deals by health, filters, and the deals that need attention, most urgent
// first. A table where there is room, cards where there is not. Sorting and filtering happen here, on loaded rows.
import { LightningElement, api, wire } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import formFactor from '@salesforce/client/formFactor';
import canViewTeam from '@salesforce/customPermission/SpmViewTeam';
import getRiskList from '@salesforce/apex/RiskListController.getRiskList';
import { keepFresh } from 'c/keepFresh';
import { fillLabel, formatNumber } from 'c/labelText';
import { filterRows, sortRows, stagesOf, toRow } from './riskRows';
import title from '@salesforce/label/c.SpmRiskList';
import scope from '@salesforce/label/c.SpmScope';
import scopeMine from '@salesforce/label/c.SpmScopeMine';
import scopeTeam from '@salesforce/label/c.SpmScopeTeam';
import filterStage from '@salesforce/label/c.SpmFilterStage';
import allStages from '@salesforce/label/c.SpmAllStages';
import filterText from '@salesforce/label/c.SpmFilterText';
import clearFilters from '@salesforce/label/c.SpmClearFilters';
import riskCaption from '@salesforce/label/c.SpmRiskCaption';
import shownCount from '@salesforce/label/c.SpmShownCount';
import countCapped from '@salesforce/label/c.SpmCountCapped';
import showMore from '@salesforce/label/c.SpmShowMore';
import nothingAtRisk from '@salesforce/label/c.SpmNothingAtRisk';
import nothingAtRiskText from '@salesforce/label/c.SpmNothingAtRiskText';
import noOpenDeals from '@salesforce/label/c.SpmNoOpenDeals';
import noOpenDealsMine from '@salesforce/label/c.SpmNoOpenDealsMine';
import noOpenDealsTeam from '@salesforce/label/c.SpmNoOpenDealsTeam';
import notAssessed from '@salesforce/label/c.SpmNotAssessed';
import notAssessedList from '@salesforce/label/c.SpmNotAssessedList';
import nothingFound from '@salesforce/label/c.SpmNothingFound';
import nothingFoundText from '@salesforce/label/c.SpmNothingFoundText';

const MOST_ROWS = 200;
const PAGE_ROWS = 25;
/** Below this width a table would scroll sideways: the side of a page, the utility bar, a phone. */
const NARROW_PX = 700;
const NO_FILTERS = { band: '', stage: '', text: '' };

export default class RiskList extends LightningElement {
    /** Deals to load at most; the page builder hands in text or a number. */
    @api rowLimit = MOST_ROWS;

    label = {
        title,
        scope,
        filterStage,
        filterText,
        clearFilters,
        showMore,
        nothingFound,
        nothingFoundText
    };
    scopeOptions = [
        { label: scopeMine, value: 'mine' },
        { label: scopeTeam, value: 'team' }
    ];

    scope = canViewTeam ? 'team' : 'mine';
    canChooseScope = Boolean(canViewTeam);
    filters = NO_FILTERS;
    sortKey = 'priority';
    /** @type {'ascending' | 'descending'} */
    sortDirection = 'ascending';
    pageEnd = PAGE_ROWS;
    isNarrow = formFactor === 'Small';

    list;
    rows = [];
    error;

    wired;
    endRefresh;
    sizeObserver;

    get limit() {
        return Number(this.rowLimit) || MOST_ROWS;
    }

    @wire(getRiskList, { scope: '$scope', rowLimit: '$limit' })
    receive(result) {
        this.wired = result;
        if (result.data) {
            this.list = result.data;
            this.rows = result.data.rows.map(toRow);
            this.error = undefined;
        } else if (result.error) {
            this.list = undefined;
            this.rows = [];
            this.error = result.error;
        }
    }

    connectedCallback() {
        this.endRefresh = keepFresh(this, this.refresh);
    }

    renderedCallback() {
        if (this.sizeObserver || formFactor === 'Small' || typeof ResizeObserver === 'undefined') return;
        this.sizeObserver = new ResizeObserver(([entry]) => {
            this.isNarrow = entry.contentRect.width < NARROW_PX;
        });
        this.sizeObserver.observe(this.refs.frame);
    }

    disconnectedCallback() {
        this.endRefresh();
        this.sizeObserver?.disconnect();
        this.sizeObserver = undefined;
    }

    get isLoading() {
        return !this.list && !this.error;
    }

    get isEmpty() {
        return this.rows.length === 0;
    }

    /** Why there is nothing to list: no deals, none looked at yet, or nothing wrong with any. */
    get empty() {
        const message = this.scope === 'team' ? noOpenDealsTeam : noOpenDealsMine;
        if (!this.list.hasOpenDeals) return { picture: 'over', heading: noOpenDeals, message };
        if (this.list.bands.every(({ dealCount }) => dealCount === 0))
            return { picture: 'waiting', heading: notAssessed, message: notAssessedList };
        return { picture: 'calm', heading: nothingAtRisk, message: nothingAtRiskText };
    }

    get found() {
        return sortRows(filterRows(this.rows, this.filters), this.sortKey, this.sortDirection);
    }

    get shown() {
        return this.found.slice(0, this.pageEnd);
    }

    get isNothingFound() {
        return !this.isEmpty && this.found.length === 0;
    }

    get hasMore() {
        return this.found.length > this.pageEnd;
    }

    get isFiltered() {
        return Object.values(this.filters).some(Boolean);
    }

    get totalText() {
        const total = formatNumber(this.list.totalCount);
        const isCapped = this.list.bands.some((count) => count.isCapped && count.band !== 'Healthy');
        return isCapped ? fillLabel(countCapped, total) : total;
    }

    get caption() {
        return fillLabel(riskCaption, formatNumber(this.shown.length), this.totalText);
    }

    get countText() {
        return this.list ? fillLabel(shownCount, formatNumber(this.shown.length), this.totalText) : '';
    }

    get showOwner() {
        return this.scope === 'team';
    }

    get stageOptions() {
        const stages = stagesOf(this.rows).map((stage) => ({ label: stage, value: stage }));
        return [{ label: allStages, value: '' }, ...stages];
    }

    get filterClass() {
        return this.isNarrow ? 'slds-size_1-of-1' : 'slds-size_1-of-3';
    }

    async refresh() {
        await refreshApex(this.wired);
    }

    handleScope(event) {
        this.scope = event.detail.value;
        this.list = undefined;
        this.resetView();
    }

    handleBand(event) {
        this.narrowTo({ band: event.detail.band });
    }

    handleStage(event) {
        this.narrowTo({ stage: event.detail.value });
    }

    handleText(event) {
        this.narrowTo({ text: event.detail.value });
    }

    handleClear() {
        this.resetView();
    }

    handleSort(event) {
        const { key, direction } = event.detail;
        this.sortKey = key;
        this.sortDirection = direction;
    }

    handleShowMore() {
        this.pageEnd += PAGE_ROWS;
    }

    handleRetry() {
        this.error = undefined;
        this.refresh();
    }

    narrowTo(filters) {
        this.filters = { ...this.filters, ...filters };
        this.pageEnd = PAGE_ROWS;
    }

    resetView() {
        this.filters = NO_FILTERS;
        this.pageEnd = PAGE_ROWS;
    }
}
