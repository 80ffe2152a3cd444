// Open deals to pick, each with an assumed amount and closing day. Tells every change by the event `assume`; keeps only what is
// searched for and how far the list is opened.
import { LightningElement, api } from 'lwc';
import { fillLabel, formatNumber } from 'c/labelText';
import { amountText } from 'c/payFigures';
import search from '@salesforce/label/c.SpmFilterText';
import showMore from '@salesforce/label/c.SpmShowMore';
import pick from '@salesforce/label/c.SpmWhatIfPick';
import amount from '@salesforce/label/c.SpmWhatIfAmount';
import closeDate from '@salesforce/label/c.SpmWhatIfCloseDate';
import noAmount from '@salesforce/label/c.SpmWhatIfNoAmount';
import picked from '@salesforce/label/c.SpmWhatIfPicked';

const PAGE_DEALS = 25;

export default class WhatIfDeals extends LightningElement {
    @api deals = [];
    @api currencyCode;

    label = { search, showMore, amount, closeDate };
    text = '';
    end = PAGE_DEALS;

    get found() {
        const words = this.text.trim().toLowerCase();
        return this.deals.filter(({ name, accountName }) =>
            `${name} ${accountName ?? ''}`.toLowerCase().includes(words)
        );
    }

    get rows() {
        return this.found.slice(0, this.end).map((deal) => {
            const hasAmount = deal.amount !== null && deal.amount !== undefined;
            return {
                ...deal,
                pickLabel: fillLabel(pick, deal.name),
                amountText: hasAmount
                    ? amountText(deal.amount, deal.currencyIsoCode ?? this.currencyCode)
                    : noAmount,
                about: [deal.accountName, deal.stageName].filter(Boolean).join(' · '),
                amountLabel: fillLabel(`${amount}: {0}`, deal.name),
                dateLabel: fillLabel(`${closeDate}: {0}`, deal.name),
                cannotPick: !hasAmount
            };
        });
    }

    get hasMore() {
        return this.found.length > this.end;
    }

    get pickedText() {
        const count = this.deals.filter(({ isPicked }) => isPicked).length;
        return fillLabel(picked, formatNumber(count), formatNumber(this.deals.length));
    }

    handleSearch(event) {
        this.text = event.detail.value;
        this.end = PAGE_DEALS;
    }

    handleMore() {
        this.end += PAGE_DEALS;
    }

    handlePick(event) {
        this.assume(event, { isPicked: event.target.checked });
    }

    /** An emptied field says nothing: the last amount stays. */
    handleAmount(event) {
        const { value } = event.detail;
        if (value !== '' && Number.isFinite(Number(value))) this.assume(event, { amount: Number(value) });
    }

    handleDate(event) {
        const { value } = event.target;
        if (value) this.assume(event, { closeDate: value });
    }

    assume(event, assumed) {
        const { id } = event.currentTarget.dataset;
        this.dispatchEvent(new CustomEvent('assume', { detail: { opportunityId: id, ...assumed } }));
    }
}
