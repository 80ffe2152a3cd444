// "Why this number?" beside a figure: leads to the page that tells where it comes from.
import { LightningElement, api } from 'lwc';
import { fillLabel } from 'c/labelText';
import link from '@salesforce/label/c.SpmOriginLink';
import linkName from '@salesforce/label/c.SpmOriginLinkName';

export default class OriginLink extends LightningElement {
    /** Line, Payout, Warning, Chance, Forecast or Metric */
    @api kind;
    /** As NumberOriginController.getOrigin takes it. */
    @api resultKey;
    /** What the figure is, for screen readers: there are many such links on a page. */
    @api about = '';

    label = { link };

    get state() {
        return { kind: this.kind, result: this.resultKey };
    }

    get name() {
        return this.about ? fillLabel(linkName, this.about) : undefined;
    }
}
