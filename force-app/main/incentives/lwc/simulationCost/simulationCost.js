// What both plans would have cost, month by month: bars for the picture, a table for the figures. Months are those in which a period ends.
import { LightningElement, api } from 'lwc';
import { amountText, numberOf } from 'c/payFigures';
import { changeText, differenceOf, monthText } from 'c/simulationWording';
import caption from '@salesforce/label/c.SpmSimCostCaption';
import month from '@salesforce/label/c.SpmSimMonth';
import own from '@salesforce/label/c.SpmSimNewPlan';
import other from '@salesforce/label/c.SpmSimOtherPlan';
import change from '@salesforce/label/c.SpmConsoleChange';
import published from '@salesforce/label/c.SpmSimPublished';
import publishedText from '@salesforce/label/c.SpmSimPublishedText';
import paid from '@salesforce/label/c.SpmSimCostText';
import total from '@salesforce/label/c.SpmSimTotal';

const WIDTH = 100;
const HEIGHT = 40;
/** Of the room of a month, both bars together. */
const FILLED = 0.7;

export default class SimulationCost extends LightningElement {
    @api result;

    label = { caption, month, own, other, change, published, publishedText, paid, total };
    viewBox = `0 0 ${WIDTH} ${HEIGHT}`;

    get hasOther() {
        return this.result.againstTotal !== null;
    }

    get hasPublished() {
        return this.result.costs.some((cost) => cost.published !== null);
    }

    get bars() {
        const { costs } = this.result;
        const values = costs.map(({ paid: amount, againstPaid }) => [
            numberOf(amount),
            numberOf(againstPaid)
        ]);
        const highest = Math.max(...values.flat().map((value) => value ?? 0), Number.EPSILON);
        const room = WIDTH / costs.length;
        const width = (room * FILLED) / (this.hasOther ? 2 : 1);
        return values.flatMap((pair, at) =>
            pair.flatMap((value, index) => {
                if (value === null) return [];
                // Months that pay nobody, or take back, have no bar; the table has the figure.
                const height = (Math.max(0, value) / highest) * HEIGHT;
                const x = at * room + (room * (1 - FILLED)) / 2 + index * width;
                const style = index === 0 ? 'bar own' : 'bar other';
                return [{ key: `${at}:${index}`, x, y: HEIGHT - height, width, height, style }];
            })
        );
    }

    get rows() {
        const { costs, currency } = this.result;
        return costs.map((cost) => ({
            key: cost.month,
            month: monthText(cost.month),
            own: amountText(cost.paid, currency),
            other: amountText(cost.againstPaid, currency),
            change: changeText(differenceOf(cost.paid, cost.againstPaid), currency),
            published: amountText(cost.published, currency)
        }));
    }

    get totals() {
        const { total: whole, againstTotal, currency, costs } = this.result;
        const cents = costs.reduce((sum, cost) => sum + Math.round(Number(cost.published ?? 0) * 100), 0);
        return {
            own: amountText(whole.paid, currency),
            other: amountText(againstTotal?.paid, currency),
            change: changeText(differenceOf(whole.paid, againstTotal?.paid), currency),
            published: amountText(String(cents / 100), currency)
        };
    }
}
