// How many open deals are in each band: a stacked bar, and under it one button a band that filters the list.
import { LightningElement, api } from 'lwc';
import { BANDS } from 'c/healthBand';
import { fillLabel, formatNumber } from 'c/labelText';
import barLabel from '@salesforce/label/c.SpmBandBar';
import bandCount from '@salesforce/label/c.SpmBandCount';
import countCapped from '@salesforce/label/c.SpmCountCapped';

/** Width of the drawing in its own units; a gap of one unit keeps neighbours apart without relying on colour. */
const WIDTH = 400;
const GAP = 2;
const SHORTEST = 4;

export default class BandBar extends LightningElement {
    /** [{ band, dealCount, isCapped }] */
    @api counts = [];
    /** The band the list is filtered to, or blank. */
    @api selected;

    viewBox = `0 0 ${WIDTH} 16`;

    get parts() {
        return BANDS.map((band) => {
            const found = this.counts.find((one) => one.band === band.value);
            const dealCount = found ? found.dealCount : 0;
            const number = formatNumber(dealCount);
            const countText = found?.isCapped ? fillLabel(countCapped, number) : number;
            const isSelected = this.selected === band.value;
            return {
                ...band,
                dealCount,
                countText,
                text: fillLabel(bandCount, countText, band.label),
                pressed: String(isSelected),
                partClass: `part part_${band.theme}`,
                keyClass: `key part_${band.theme}`,
                buttonClass: isSelected ? 'legend legend_selected' : 'legend',
                // Healthy deals are counted, not listed.
                canFilter: band.value !== 'Healthy' && dealCount > 0
            };
        });
    }

    get segments() {
        const shown = this.parts.filter((part) => part.dealCount > 0);
        const total = shown.reduce((sum, part) => sum + part.dealCount, 0);
        const room = WIDTH - GAP * Math.max(0, shown.length - 1) - SHORTEST * shown.length;
        let left = 0;
        return shown.map((part) => {
            const width = SHORTEST + (room * part.dealCount) / total;
            const segment = { ...part, x: left, width };
            left += width + GAP;
            return segment;
        });
    }

    get hasDeals() {
        return this.segments.length > 0;
    }

    get barName() {
        return fillLabel(barLabel, this.segments.map((part) => part.text).join(', '));
    }

    handleSelect(event) {
        const { band } = event.currentTarget.dataset;
        const detail = { band: band === this.selected ? '' : band };
        this.dispatchEvent(new CustomEvent('select', { detail }));
    }
}
