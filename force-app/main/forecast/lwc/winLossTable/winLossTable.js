// What won and lost deals have in common: for each trait the share that was won with its interval, that of the other deals, and
// whether the difference stands out once everything that was looked at is counted. Figures are those the service wrote.
import { LightningElement, api } from 'lwc';
import { fillLabel, formatNumber } from 'c/labelText';
import { percentText } from 'c/payFigures';
import title from '@salesforce/label/c.SpmWinLossTitle';
import about from '@salesforce/label/c.SpmWinLossAbout';
import trait from '@salesforce/label/c.SpmWinLossTrait';
import deals from '@salesforce/label/c.SpmWinLossDeals';
import won from '@salesforce/label/c.SpmWinLossWon';
import wonText from '@salesforce/label/c.SpmWinLossWonText';
import others from '@salesforce/label/c.SpmWinLossOthers';
import verdict from '@salesforce/label/c.SpmWinLossVerdict';
import standsOut from '@salesforce/label/c.SpmWinLossStandsOut';
import chance from '@salesforce/label/c.SpmWinLossChance';

const asPercent = (share) => percentText(Number(share).toFixed(2));

export default class WinLossTable extends LightningElement {
    label = { title, trait, deals, won, others, verdict };
    /** `winLoss` of the figures of a snapshot */
    @api winLoss;

    get aboutText() {
        const { closedCount, coverage, silence } = this.winLoss;
        return silence || fillLabel(about, formatNumber(closedCount), asPercent(coverage));
    }

    get hasRows() {
        return this.winLoss.reasons.length > 0;
    }

    get rows() {
        return this.winLoss.reasons.map((one) => ({
            key: one.reason,
            trait: one.reason,
            deals: formatNumber(one.count),
            won: fillLabel(wonText, ...[one.share, one.low, one.high].map(asPercent)),
            others: asPercent(one.shareOfOthers),
            verdict: one.isFinding ? standsOut : chance
        }));
    }
}
