// Pay against the measure for one person in the middle: their deals made smaller or larger together, under both plans, and where pay
// jumps. Whose deals they are is not told here.
import { LightningElement, api } from 'lwc';
import { fillLabel } from 'c/labelText';
import { amountText, figureText, nameInWords, numberOf, percentText } from 'c/payFigures';
import none from '@salesforce/label/c.SpmSimNoCurve';
import noneText from '@salesforce/label/c.SpmSimNoCurveText';
import about from '@salesforce/label/c.SpmSimCurveText';
import caption from '@salesforce/label/c.SpmSimCurveCaption';
import size from '@salesforce/label/c.SpmSimCurveSize';
import own from '@salesforce/label/c.SpmSimNewPlan';
import other from '@salesforce/label/c.SpmSimOtherPlan';
import cliffs from '@salesforce/label/c.SpmSimCliffs';
import noCliffs from '@salesforce/label/c.SpmSimNoCliffs';
import cliffUp from '@salesforce/label/c.SpmSimCliffUp';
import cliffDown from '@salesforce/label/c.SpmSimCliffDown';

const WIDTH = 100;
const HEIGHT = 40;

export default class SimulationCurve extends LightningElement {
    @api result;

    label = { none, noneText, size, own, other, cliffs, noCliffs };
    viewBox = `0 0 ${WIDTH} ${HEIGHT}`;
    height = HEIGHT;

    get curve() {
        return this.result.curve;
    }

    get measure() {
        return nameInWords(this.curve.measure);
    }

    get about() {
        return fillLabel(about, this.measure);
    }

    get caption() {
        return fillLabel(caption, this.measure);
    }

    get hasOther() {
        return this.curve.points.some(({ againstPay }) => againstPay !== null);
    }

    get scale() {
        const { points } = this.curve;
        const pays = points.flatMap(({ pay, againstPay }) => [numberOf(pay), numberOf(againstPay) ?? 0]);
        const [low, high] = [Math.min(0, ...pays), Math.max(0, ...pays)];
        const most = Math.max(...points.map(({ at }) => numberOf(at)), Number.EPSILON);
        return {
            x: (at) => (numberOf(at) / most) * WIDTH,
            y: (pay) => HEIGHT - ((numberOf(pay) - low) / (high - low || 1)) * HEIGHT,
            most,
            high
        };
    }

    get ownLine() {
        return this.lineOf(({ pay }) => pay);
    }

    get otherLine() {
        return this.lineOf(({ againstPay }) => againstPay);
    }

    lineOf(payOf) {
        const { x, y } = this.scale;
        return this.curve.points
            .filter((point) => payOf(point) !== null)
            .map((point) => `${x(point.at)},${y(payOf(point))}`)
            .join(' ');
    }

    get marks() {
        return this.curve.cliffs.map(({ at }) => ({ key: at, x: this.scale.x(at) }));
    }

    get highest() {
        return amountText(String(this.scale.high), this.result.currency);
    }

    get farthest() {
        return figureText(String(this.scale.most));
    }

    get rows() {
        const { currency } = this.result;
        return this.curve.points.map(({ part, at, pay, againstPay }) => ({
            key: part,
            part: percentText(part),
            at: figureText(at),
            own: amountText(pay, currency),
            other: amountText(againstPay, currency)
        }));
    }

    get cliffRows() {
        const { currency } = this.result;
        return this.curve.cliffs.map(({ at, jump, share }) => ({
            key: at,
            text: fillLabel(
                numberOf(jump) > 0 ? cliffUp : cliffDown,
                figureText(String(Math.round(numberOf(at) * 100) / 100)),
                this.measure,
                amountText(jump.replace('-', ''), currency),
                percentText(String(Math.round(numberOf(share) * 1000) / 1000))
            )
        }));
    }

    get hasCliffs() {
        return this.curve.cliffs.length > 0;
    }
}
