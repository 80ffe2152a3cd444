// The week of a manager in sentences made by rule. Each figure in a sentence was read from a row of the pages; the list
// under the sentences tells from which.
import { LightningElement, wire } from 'lwc';
import getBrief from '@salesforce/apex/BriefController.getBrief';
import { keepFresh, readWires } from 'c/keepFresh';
import { fillLabel, formatDaysIn, formatNumber } from 'c/labelText';
import { percentText } from 'c/payFigures';
import { quarterMoney } from 'c/quarterMoney';
import title from '@salesforce/label/c.SpmBriefTitle';
import asOf from '@salesforce/label/c.SpmBriefAsOf';
import none from '@salesforce/label/c.SpmBriefNone';
import noneText from '@salesforce/label/c.SpmBriefNoneText';
import sources from '@salesforce/label/c.SpmBriefSources';

/** As the pages write the same figure. */
const WRITERS = { Amount: (value) => quarterMoney(value), Share: percentText };

function valueText({ unit, value }) {
    return (WRITERS[unit] ?? formatNumber)(value);
}

export default class WeeklyBrief extends LightningElement {
    label = { title, none, noneText, sources };
    wired = {};
    endRefresh;

    @wire(getBrief)
    receive(result) {
        this.wired = result;
    }

    connectedCallback() {
        this.endRefresh = keepFresh(this, this.refresh);
    }

    disconnectedCallback() {
        this.endRefresh();
    }

    get isEmpty() {
        return this.wired.data === null;
    }

    get brief() {
        return this.wired.data ?? undefined;
    }

    get asOfText() {
        return fillLabel(asOf, formatDaysIn(this.brief.asOfDate), this.brief.periodName);
    }

    get sentences() {
        try {
            return JSON.parse(this.brief.body).map(({ text, figures = [] }, index) => ({
                key: index,
                text: fillLabel(formatDaysIn(text), ...figures.map(valueText)),
                figures: figures.map((one, place) => ({
                    key: `${index}-${place}`,
                    text: `${valueText(one)}: ${one.recordKey}, ${one.field}`
                }))
            }));
        } catch {
            return [];
        }
    }

    get figures() {
        return this.sentences.flatMap((sentence) => sentence.figures);
    }

    async refresh() {
        await readWires(this.wired);
    }

    handleRetry() {
        this.refresh();
    }
}
