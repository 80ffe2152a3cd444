// What changed the pipeline between two days: opening, each change up or down, closing. Every step begins where the one
// before ended, so that the picture adds up as the figures do; the list tells the same.
import { LightningElement, api } from 'lwc';
import { countLabel, fillLabel, formatDaysIn } from 'c/labelText';
import { quarterMoney } from 'c/quarterMoney';
import title from '@salesforce/label/c.SpmBoardChanges';
import opening from '@salesforce/label/c.SpmBoardOpening';
import closing from '@salesforce/label/c.SpmBoardClosing';
import created from '@salesforce/label/c.SpmBoardCreated';
import reopened from '@salesforce/label/c.SpmBoardReopened';
import pulledIn from '@salesforce/label/c.SpmBoardPulledIn';
import movedIn from '@salesforce/label/c.SpmBoardMovedIn';
import increased from '@salesforce/label/c.SpmBoardIncreased';
import decreased from '@salesforce/label/c.SpmBoardDecreased';
import pushedOut from '@salesforce/label/c.SpmBoardPushedOut';
import pulledOut from '@salesforce/label/c.SpmBoardPulledOut';
import movedOut from '@salesforce/label/c.SpmBoardMovedOut';
import deleted from '@salesforce/label/c.SpmBoardDeleted';
import won from '@salesforce/label/c.SpmBoardWon';
import lost from '@salesforce/label/c.SpmBoardLost';
import cut from '@salesforce/label/c.SpmBoardCut';
import deal from '@salesforce/label/c.SpmBoardDeal';
import deals from '@salesforce/label/c.SpmBoardDeals';

const WORDS = {
    Created: created,
    Reopened: reopened,
    PulledIn: pulledIn,
    MovedIn: movedIn,
    Increased: increased,
    Decreased: decreased,
    PushedOut: pushedOut,
    PulledOut: pulledOut,
    MovedOut: movedOut,
    Deleted: deleted,
    Won: won,
    Lost: lost
};
const WIDTH = 400;
const HEIGHT = 100;
/** Changes smaller than this share of the whole would be lines: then bars begin further up. */
const SMALL_CHANGES = 0.3;

export default class ChangeWaterfall extends LightningElement {
    /** SnapshotView of PipelineBoardController */
    @api snapshot;

    viewBox = `0 0 ${WIDTH} ${HEIGHT}`;

    get title() {
        return fillLabel(title, formatDaysIn(this.snapshot.changesSinceDate));
    }

    /** One column a bar, so that words stand below their bar where there is room. */
    get columns() {
        return `--steps: ${this.levels.length}`;
    }

    /** Where bars begin: 0, unless nothing but small changes lies between the highest and the lowest level. */
    get base() {
        const ends = this.levels.flatMap(({ to, style, from }) => (style === 'whole' ? [to] : [from, to]));
        const [lowest, highest] = [Math.min(...ends), Math.max(...ends)];
        const changed = highest - lowest;
        return changed > 0 && lowest > 0 && changed < SMALL_CHANGES * highest
            ? Math.max(0, lowest - changed)
            : 0;
    }

    get cutText() {
        return this.base > 0 ? fillLabel(cut, quarterMoney(this.base, this.snapshot.currencyCode)) : '';
    }

    get levels() {
        const { openingAmount, claimedAmount, changes } = this.snapshot;
        const moved = changes.filter(({ amount }) => Number(amount) !== 0);
        let level = Number(openingAmount);
        const steps = [
            { key: 'opening', words: opening, from: 0, to: level, amount: openingAmount, style: 'whole' }
        ];
        for (const { kind, amount, dealCount } of moved) {
            const to = level + Number(amount);
            steps.push({
                key: kind,
                words: WORDS[kind] ?? kind,
                count: countLabel(dealCount, deal, deals),
                from: level,
                to,
                amount,
                style: to >= level ? 'up' : 'down'
            });
            level = to;
        }
        steps.push({
            key: 'closing',
            words: closing,
            from: 0,
            to: level,
            amount: claimedAmount,
            style: 'whole'
        });
        return steps;
    }

    get steps() {
        const { levels, base } = this;
        const highest = Math.max(...levels.flatMap(({ from, to }) => [from, to]), base + Number.EPSILON);
        const height = (level) => ((Math.max(level, base) - base) / (highest - base)) * HEIGHT;
        const width = WIDTH / levels.length;
        return levels.map((step, index) => ({
            ...step,
            text: quarterMoney(step.amount, this.snapshot.currencyCode),
            bar: `bar bar_${step.style}`,
            x: index * width + 1,
            width: width - 2,
            y: HEIGHT - height(Math.max(step.from, step.to)),
            height: Math.max(1, Math.abs(height(step.to) - height(step.from)))
        }));
    }
}
