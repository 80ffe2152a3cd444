// Open deals to pick, each with an assumed amount and closing day. Tells every change by the event `assume`; keeps only what is
// searched for and how far the list is opened.
import { LightningElement, api } from 'lwc';
import { fillLabel, formatNumber } from 'c/labelText';
import { amountText, percentText } from 'c/payFigures';
import search from '@salesforce/label/c.SpmFilterText';
import showMore from '@salesforce/label/c.SpmShowMore';
import pick from '@salesforce/label/c.SpmWhatIfPick';
import amount from '@salesforce/label/c.SpmWhatIfAmount';
import closeDate from '@salesforce/label/c.SpmWhatIfCloseDate';
import noAmount from '@salesforce/label/c.SpmWhatIfNoAmount';
import picked from '@salesforce/label/c.SpmWhatIfPicked';
import yourShare from '@salesforce/label/c.SpmWhatIfYourShare';
import dealOf from '@salesforce/label/c.SpmWhatIfDealOf';

const PAGE_DEALS = 25;

export default class WhatIfDeals extends LightningElement {
    @api deals = [];
    @api currencyCode;
    /** Whose pay it is: deals of others say who owns them. */
    @api payeeId;

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
                about: [deal.accountName, deal.stageName, this.sharedText(deal)].filter(Boolean).join(' · '),
                amountLabel: fillLabel(`${amount}: {0}`, deal.name),
                dateLabel: fillLabel(`${closeDate}: {0}`, deal.name),
                cannotPick: !hasAmount
            };
        });
    }

    /** What of it is not simply this person's own: the share, the role, whose deal it is. */
    sharedText({ ownerId, ownerName, shares = [], team = [] }) {
        const mine = shares.filter((share) => share.payeeId === this.payeeId);
        const percent = mine.reduce((sum, share) => sum + share.percent, 0);
        const isOfOther = Boolean(this.payeeId && ownerId) && ownerId !== this.payeeId;
        const role = isOfOther ? team.find((member) => member.payeeId === this.payeeId)?.role : '';
        return [
            percent > 0 && percent < 100 ? fillLabel(yourShare, percentText(percent / 100)) : '',
            isOfOther ? fillLabel(dealOf, ownerName ?? '') : '',
            role
        ]
            .filter(Boolean)
            .join(' · ');
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
