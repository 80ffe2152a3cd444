// Stated chances beside what happened: a point for each bin, as large as its number of deals, around the line on which
// chances are kept. The same as a table for those who cannot see it.
import { LightningElement, api } from 'lwc';
import { formatNumber } from 'c/labelText';
import { percentText } from 'c/payFigures';
import caption from '@salesforce/label/c.SpmModelReliability';
import stated from '@salesforce/label/c.SpmModelStated';
import happened from '@salesforce/label/c.SpmModelHappened';
import deals from '@salesforce/label/c.SpmModelDeals';

const SIZE = 100;
const LEAST_RADIUS = 1;
const MOST_RADIUS = 4;

export default class ReliabilityCurve extends LightningElement {
    /** [{ from, to, predicted, observed, count }] */
    @api bins = [];

    label = { caption, stated, happened, deals };
    viewBox = `0 0 ${SIZE} ${SIZE}`;

    get filled() {
        return this.bins.filter(({ count }) => count > 0);
    }

    get points() {
        const most = Math.max(...this.filled.map(({ count }) => count), 1);
        return this.filled.map(({ predicted, observed, count }) => ({
            key: predicted,
            x: predicted * SIZE,
            y: SIZE - observed * SIZE,
            radius: LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * Math.sqrt(count / most)
        }));
    }

    get line() {
        return this.points.map(({ x, y }) => `${x},${y}`).join(' ');
    }

    get rows() {
        return this.filled.map(({ predicted, observed, count }) => ({
            key: predicted,
            stated: percentText(Number(predicted).toFixed(3)),
            happened: percentText(Number(observed).toFixed(3)),
            deals: formatNumber(count)
        }));
    }
}
