// Deals that need attention as a table with sortable columns. Fires `sort` with { key, direction }; sorting is the parent's.
import { LightningElement, api } from 'lwc';
import health from '@salesforce/label/c.SpmColumnHealth';
import deal from '@salesforce/label/c.SpmColumnDeal';
import why from '@salesforce/label/c.SpmColumnWhy';
import amount from '@salesforce/label/c.SpmColumnAmount';
import stage from '@salesforce/label/c.SpmColumnStage';
import close from '@salesforce/label/c.SpmColumnClose';
import owner from '@salesforce/label/c.SpmColumnOwner';

/** Sorting by health is the order Apex gives: band, then priority. */
const COLUMNS = [
    { key: 'priority', label: health },
    { key: 'deal', label: deal },
    { key: 'why', label: why, isFixed: true },
    { key: 'amount', label: amount, isNumber: true },
    { key: 'stage', label: stage },
    { key: 'close', label: close },
    { key: 'owner', label: owner }
];

export default class RiskTable extends LightningElement {
    @api rows = [];
    @api caption;
    @api showOwner = false;
    @api sortKey = 'priority';
    @api sortDirection = 'ascending';

    get columns() {
        return COLUMNS.filter((column) => this.showOwner || column.key !== 'owner').map((column) => {
            const isSorted = column.key === this.sortKey;
            return {
                ...column,
                ariaSort: isSorted ? this.sortDirection : 'none',
                isSorted,
                iconName: this.sortDirection === 'ascending' ? 'utility:arrowup' : 'utility:arrowdown',
                class: column.isNumber ? 'slds-text-align_right' : ''
            };
        });
    }

    handleSort(event) {
        const { key } = event.currentTarget.dataset;
        const turns = key === this.sortKey && this.sortDirection === 'ascending';
        this.dispatchEvent(
            new CustomEvent('sort', { detail: { key, direction: turns ? 'descending' : 'ascending' } })
        );
    }
}
