// The bands of one rate table as stairs: where the payee stands, what the band pays, and what the next one needs. Only
// tables with one input and bounds that are numbers have a picture; the plan in words shows every table. On the page of a
// plan, where nobody stands anywhere, it is the stairs alone.
import { LightningElement, api } from 'lwc';
import { fillLabel } from 'c/labelText';
import { amountText, figureText, numberOf, percentText } from 'c/payFigures';
import fromOn from '@salesforce/label/c.SpmPayTierFromOn';
import fromTo from '@salesforce/label/c.SpmPayTierFromTo';
import upTo from '@salesforce/label/c.SpmPayTierUpTo';
import here from '@salesforce/label/c.SpmPayTierHere';
import next from '@salesforce/label/c.SpmPayTierNext';
import last from '@salesforce/label/c.SpmPayTierLast';
import caption from '@salesforce/label/c.SpmPayTierCaption';

const WIDTH = 100;
const HEIGHT = 40;
/** The last band has no end: it is drawn this much longer than where it begins, or than where the payee stands. */
const ROOM = 1.2;

function isNumber(value) {
    return value !== null && value !== undefined;
}

export default class TierLadder extends LightningElement {
    /** Component of the plan with its tiers, lowest first. */
    @api component;
    /** Measure of the statement that the table follows; not needed for the picture. */
    @api measure;
    /** Only the stairs: the bands stand in a table beside them. */
    @api isPicture = false;
    @api currencyCode;

    viewBox = `0 0 ${WIDTH} ${HEIGHT}`;
    height = HEIGHT;

    get caption() {
        return fillLabel(caption, this.component.name);
    }

    get tiers() {
        return this.component.tiers;
    }

    /** Bounds of attainment are parts of the quota, others are figures of the measure itself. */
    get isAttainment() {
        return this.tiers[0].boundUnit === 'Attainment';
    }

    get position() {
        if (this.isPicture) return 0;
        return numberOf(this.isAttainment ? this.measure.attainment : this.measure.toDate) ?? 0;
    }

    get isWhole() {
        return !this.isPicture;
    }

    get currentIndex() {
        if (this.isPicture) return -1;
        const isAbove =
            this.component.boundary === 'Upper'
                ? (low) => this.position > low
                : (low) => this.position >= low;
        return Math.max(
            0,
            this.tiers.findLastIndex(({ lowerBound }) => isAbove(lowerBound))
        );
    }

    get scale() {
        return WIDTH / (Math.max(this.position, this.tiers.at(-1).lowerBound, Number.EPSILON) * ROOM);
    }

    get markX() {
        return Math.min(WIDTH, Math.max(0, this.position * this.scale));
    }

    get stairs() {
        const highest = Math.max(...this.tiers.map(({ rate }) => Math.abs(rate)), Number.EPSILON);
        return this.tiers.map((tier, index) => {
            const x = Math.max(0, tier.lowerBound * this.scale);
            const end = index + 1 < this.tiers.length ? this.tiers[index + 1].lowerBound * this.scale : WIDTH;
            const height = Math.max(1, (Math.abs(tier.rate) / highest) * (HEIGHT - 4));
            return {
                key: tier.position,
                x,
                width: Math.max(0, end - x - 0.4),
                y: HEIGHT - height,
                height,
                style: this.isPicture || index === this.currentIndex ? 'stair current' : 'stair'
            };
        });
    }

    get rungs() {
        return this.tiers.map((tier, index) => ({
            key: tier.position,
            text: this.bandText(tier),
            value: this.valueText(tier),
            note: this.noteOf(tier, index),
            style:
                index === this.currentIndex
                    ? 'slds-grid slds-grid_align-spread slds-p-horizontal_x-small rung current'
                    : 'slds-grid slds-grid_align-spread slds-p-horizontal_x-small rung'
        }));
    }

    noteOf(tier, index) {
        if (index === this.currentIndex) return index + 1 === this.tiers.length ? `${here} ${last}` : here;
        if (index !== this.currentIndex + 1) return '';
        return fillLabel(next, this.gapText(tier));
    }

    gapText({ lowerBound }) {
        const gap = lowerBound - this.position;
        if (!this.isAttainment) return this.figure(gap);
        const quota = numberOf(this.measure.quota);
        return quota === null
            ? percentText(gap)
            : this.figure(lowerBound * quota - numberOf(this.measure.toDate));
    }

    bandText({ lowerBound, upperBound }) {
        const [from, to] = [this.bound(lowerBound), isNumber(upperBound) ? this.bound(upperBound) : null];
        if (to === null) return fillLabel(fromOn, from);
        return lowerBound === 0 ? fillLabel(upTo, to) : fillLabel(fromTo, from, to);
    }

    bound(value) {
        return this.isAttainment ? percentText(value) : this.figure(value);
    }

    figure(value) {
        return this.tiers[0].boundUnit === 'Count' || this.measure.unit === 'Count'
            ? figureText(value)
            : amountText(value, this.currencyCode);
    }

    valueText({ rate, unit }) {
        if (unit === 'Amount') return amountText(rate, this.currencyCode);
        return unit === 'Multiplier' ? `× ${figureText(rate)}` : percentText(rate);
    }
}
