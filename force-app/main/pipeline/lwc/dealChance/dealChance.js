// How often deals like this one were won, when such deals close, and what moves the chance most. Figures of the models, which
// are shown only while their record holds (modelCard tells it).
import { LightningElement, api } from 'lwc';
import { fillLabel, formatDaysIn, formatNumber } from 'c/labelText';
import win from '@salesforce/label/c.SpmChanceWin';
import soon from '@salesforce/label/c.SpmChanceSoon';
import stall from '@salesforce/label/c.SpmChanceStall';
import close from '@salesforce/label/c.SpmChanceClose';
import raises from '@salesforce/label/c.SpmChanceRaises';
import lowers from '@salesforce/label/c.SpmChanceLowers';
import why from '@salesforce/label/c.SpmChanceWhy';

function percent(share) {
    return formatNumber(share, { style: 'percent', maximumFractionDigits: 0 });
}

export default class DealChance extends LightningElement {
    /** ChanceView of DealHealthController */
    @api chance;

    label = { why };

    get winText() {
        return fillLabel(win, percent(this.chance.win));
    }

    get barWidth() {
        return 100 * this.chance.win;
    }

    get soonText() {
        return fillLabel(soon, percent(this.chance.winSoon));
    }

    get stallText() {
        const { stall: share } = this.chance;
        return share === undefined || share === null ? '' : fillLabel(stall, percent(share));
    }

    get closeText() {
        const { closeEarly, closeLikely, closeLate } = this.chance;
        return fillLabel(close, ...[closeLikely, closeEarly, closeLate].map(formatDaysIn));
    }

    get reasons() {
        try {
            return JSON.parse(this.chance.reasons || '[]').map(({ words, points }) => ({
                key: words,
                text: fillLabel(points > 0 ? raises : lowers, words, formatNumber(Math.abs(points)))
            }));
        } catch {
            return [];
        }
    }

    get hasReasons() {
        return this.reasons.length > 0;
    }
}
