// How deals move on: whether they do so more slowly than they did, and where they went from each stage. Figures are those the
// service wrote.
import { LightningElement, api } from 'lwc';
import { fillLabel, formatDaysIn, formatNumber } from 'c/labelText';
import { percentText } from 'c/payFigures';
import title from '@salesforce/label/c.SpmFlowTitle';
import slower from '@salesforce/label/c.SpmFlowSlower';
import steady from '@salesforce/label/c.SpmFlowSteady';
import caption from '@salesforce/label/c.SpmFlowCaption';
import stage from '@salesforce/label/c.SpmFlowStage';
import entered from '@salesforce/label/c.SpmFlowEntered';
import next from '@salesforce/label/c.SpmFlowNext';
import share from '@salesforce/label/c.SpmFlowShare';
import still from '@salesforce/label/c.SpmFlowStill';

/** As the service names it. */
const STILL_THERE = 'Still there';

export default class StageFlow extends LightningElement {
    label = { title, caption, stage, entered, next };
    /** `pace` and `conversion` of the figures of a snapshot */
    @api figures;

    /** '' where too little moves to say. */
    get paceText() {
        const pace = this.figures.pace;
        if (!pace) return '';
        const counts = [pace.now, pace.before].map((count) => formatNumber(count));
        return pace.slowerSince
            ? fillLabel(slower, formatDaysIn(pace.slowerSince), ...counts)
            : fillLabel(steady, ...counts);
    }

    get hasStages() {
        return this.rows.length > 0;
    }

    get rows() {
        return (this.figures.conversion ?? []).map(({ stageName, entered: count, to }) => ({
            key: stageName,
            stageName,
            entered: formatNumber(count),
            next: to
                .filter((one) => one.share > 0)
                .toSorted((a, b) => b.share - a.share)
                .map((one) => ({
                    key: one.name,
                    text: fillLabel(
                        share,
                        one.name === STILL_THERE ? still : one.name,
                        percentText(Number(one.share).toFixed(2))
                    )
                }))
        }));
    }
}
