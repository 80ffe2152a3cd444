// A band as text and icon; the colour only repeats what they say.
import { LightningElement, api } from 'lwc';
import { bandOf } from 'c/healthBand';

export default class BandBadge extends LightningElement {
    /** `Healthy`, `Watch`, `AtRisk` or `Stalled`. */
    @api band;

    get known() {
        return bandOf(this.band);
    }

    get badgeClass() {
        return this.known ? `badge badge_${this.known.theme}` : '';
    }
}
