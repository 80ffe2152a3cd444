// Deals that need attention as cards, for phones, the utility bar and the side of a page. Fires `sort` like riskTable.
import { LightningElement, api } from 'lwc';
import sortBy from '@salesforce/label/c.SpmSortBy';
import priority from '@salesforce/label/c.SpmSortPriority';
import amount from '@salesforce/label/c.SpmColumnAmount';
import close from '@salesforce/label/c.SpmColumnClose';
import deal from '@salesforce/label/c.SpmColumnDeal';
import stage from '@salesforce/label/c.SpmColumnStage';

/** The direction one most likely wants: largest amount, earliest date, names from A. */
const DIRECTIONS = { amount: 'descending' };

export default class RiskCards extends LightningElement {
    @api rows = [];
    @api caption;
    @api showOwner = false;
    @api sortKey = 'priority';

    label = { sortBy, close };
    sortOptions = [
        { value: 'priority', label: priority },
        { value: 'amount', label: amount },
        { value: 'close', label: close },
        { value: 'deal', label: deal },
        { value: 'stage', label: stage }
    ];

    handleSort(event) {
        const key = event.detail.value;
        const detail = { key, direction: DIRECTIONS[key] ?? 'ascending' };
        this.dispatchEvent(new CustomEvent('sort', { detail }));
    }
}
