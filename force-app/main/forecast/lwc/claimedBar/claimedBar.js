// The claimed pipeline as one bar: what is real, and what is not by reason; under it the same as a list. Parts add up to
// what is claimed, as the service wrote them.
import { LightningElement, api } from 'lwc';
import { countLabel, fillLabel } from 'c/labelText';
import { quarterMoney } from 'c/quarterMoney';
import picture from '@salesforce/label/c.SpmBoardPicture';
import real from '@salesforce/label/c.SpmBoardReal';
import outlived from '@salesforce/label/c.SpmBoardOutlived';
import silent from '@salesforce/label/c.SpmBoardSilent';
import pastDue from '@salesforce/label/c.SpmBoardPastDue';
import noAmount from '@salesforce/label/c.SpmBoardNoAmount';
import overstated from '@salesforce/label/c.SpmBoardOverstated';
import deal from '@salesforce/label/c.SpmBoardDeal';
import deals from '@salesforce/label/c.SpmBoardDeals';

const WORDS = {
    Outlived: outlived,
    Silent: silent,
    PastDue: pastDue,
    NoAmount: noAmount,
    Overstated: overstated
};
const WIDTH = 400;
const GAP = 2;

export default class ClaimedBar extends LightningElement {
    /** SnapshotView of PipelineBoardController */
    @api snapshot;

    viewBox = `0 0 ${WIDTH} 16`;

    get parts() {
        const { realAmount, realDealCount, exclusions, currencyCode } = this.snapshot;
        const all = [{ kind: 'Real', amount: realAmount, dealCount: realDealCount }, ...exclusions];
        return all.map(({ kind, amount, dealCount }) => ({
            kind,
            amount: Number(amount),
            words: kind === 'Real' ? real : (WORDS[kind] ?? kind),
            text: quarterMoney(amount, currencyCode),
            count: countLabel(dealCount, deal, deals),
            part: `part part_${kind.toLowerCase()}`
        }));
    }

    get segments() {
        const shown = this.parts.filter(({ amount }) => amount > 0);
        const total = shown.reduce((sum, { amount }) => sum + amount, 0);
        const room = WIDTH - GAP * Math.max(0, shown.length - 1);
        let x = 0;
        return shown.map((part) => {
            const width = (room * part.amount) / total;
            const segment = { ...part, x, width };
            x += width + GAP;
            return segment;
        });
    }

    get pictureName() {
        const { claimedAmount, realAmount, currencyCode } = this.snapshot;
        return fillLabel(
            picture,
            quarterMoney(claimedAmount, currencyCode),
            quarterMoney(realAmount, currencyCode)
        );
    }
}
