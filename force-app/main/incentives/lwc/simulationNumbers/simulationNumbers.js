// What the cost hangs on: the numbers of the plan that change it most as bars, a sentence each, and all of them in a table. What each would
// change comes with the simulation; nothing is calculated here.
import { LightningElement, api } from 'lwc';
import { countLabel, fillLabel, formatNumber } from 'c/labelText';
import { amountText, figureText, numberOf } from 'c/payFigures';
import { changeText } from 'c/simulationWording';
import about from '@salesforce/label/c.SpmSimNumText';
import earned from '@salesforce/label/c.SpmSimNumEarned';
import earnedOne from '@salesforce/label/c.SpmSimNumEarnedOne';
import lower from '@salesforce/label/c.SpmSimNumLegendLower';
import higher from '@salesforce/label/c.SpmSimNumLegendHigher';
import sides from '@salesforce/label/c.SpmSimNumLegendSides';
import more from '@salesforce/label/c.SpmSimNumMore';
import less from '@salesforce/label/c.SpmSimNumLess';
import same from '@salesforce/label/c.SpmSimNumSame';
import both from '@salesforce/label/c.SpmSimNumBoth';
import cannot from '@salesforce/label/c.SpmSimNumCannot';
import gainOne from '@salesforce/label/c.SpmSimNumGainOne';
import gain from '@salesforce/label/c.SpmSimNumGain';
import loseOne from '@salesforce/label/c.SpmSimNumLoseOne';
import lose from '@salesforce/label/c.SpmSimNumLose';
import top from '@salesforce/label/c.SpmSimNumTop';
import caption from '@salesforce/label/c.SpmSimNumCaption';
import number from '@salesforce/label/c.SpmSimNumNumber';
import value from '@salesforce/label/c.SpmSimNumValue';
import change from '@salesforce/label/c.SpmSimNumChange';
import notTold from '@salesforce/label/c.SpmSimNumNotTold';
import byLine from '@salesforce/label/c.SpmSimNumByLine';
import reason from '@salesforce/label/c.SpmSimNumReason';
import left from '@salesforce/label/c.SpmSimNumLeft';
import leftOne from '@salesforce/label/c.SpmSimNumLeftOne';
import hidden from '@salesforce/label/c.SpmSimNumHidden';
import hiddenOne from '@salesforce/label/c.SpmSimNumHiddenOne';
import none from '@salesforce/label/c.SpmSimNumNone';
import noneText from '@salesforce/label/c.SpmSimNumNoneText';
import tooLong from '@salesforce/label/c.SpmSimNumTooLong';
import old from '@salesforce/label/c.SpmSimNumOld';
import oldText from '@salesforce/label/c.SpmSimNumOldText';

const SHOWN = 10;
/** From the middle to either side. */
const HALF = 50;
const DIRECTIONS = ['lower', 'higher'];

export default class SimulationNumbers extends LightningElement {
    @api result;

    label = { about, lower, higher, sides, top, caption, number, value, change, byLine };

    get isTried() {
        return this.result.sensitivity?.numbers.length > 0;
    }

    /** Simulations made before there was this part do not know it. */
    get empty() {
        const { sensitivity } = this.result;
        if (sensitivity === undefined) return { heading: old, message: oldText };
        if (sensitivity === null) return { heading: none, message: noneText };
        return { heading: tooLong, message: this.notes.join(' ') };
    }

    get earnedText() {
        const { earned: amount, people } = this.result.sensitivity;
        const text = amountText(amount, this.result.currency);
        return people === 1 ? fillLabel(earnedOne, text) : fillLabel(earned, formatNumber(people), text);
    }

    get top() {
        const shown = this.result.sensitivity.numbers.slice(0, SHOWN);
        const largest = Math.max(
            ...shown.flatMap((one) => DIRECTIONS.map((way) => Math.abs(numberOf(one[way].change) ?? 0))),
            Number.EPSILON
        );
        return shown.map((one, index) => ({
            key: `${one.place} ${index}`,
            name: one.name,
            bars: DIRECTIONS.map((way, row) => barOf(way, row, numberOf(one[way].change) ?? 0, largest)),
            sentence: this.sentence(one, one.higher.change === null ? one.lower : one.higher)
        }));
    }

    get rows() {
        const { currency, sensitivity } = this.result;
        return sensitivity.numbers.map((one, index) => ({
            key: `${one.place} ${index}`,
            name: one.name,
            isByLine: one.isByLine && sensitivity.numbers.some((other) => !other.isByLine),
            value: figureText(one.value),
            moved: DIRECTIONS.map((way) => ({
                valueKey: `${way} value`,
                changeKey: `${way} change`,
                value: figureText(one[way].value),
                change: one[way].change === null ? notTold : changeText(one[way].change, currency),
                people: one[way].change === null ? one[way].problem.fix : peopleText(one[way])
            }))
        }));
    }

    get notes() {
        const { reason: why, left: count, moreNumbers } = this.result.sensitivity;
        return [
            ...(moreNumbers > 0 ? [countLabel(moreNumbers, hiddenOne, hidden)] : []),
            ...(count > 0 ? [countLabel(count, leftOne, left)] : []),
            ...(why ? [fillLabel(reason, why)] : [])
        ];
    }

    sentence({ name, value: standing }, moved) {
        const { currency } = this.result;
        const values = [name, figureText(moved.value), figureText(standing)];
        if (moved.change === null) return fillLabel(cannot, name, values[1], moved.problem.fix);
        const amount = numberOf(moved.change);
        const people = peopleText(moved);
        if (amount === 0) return people ? fillLabel(both, ...values, people) : fillLabel(same, ...values);
        return fillLabel(
            amount > 0 ? more : less,
            ...values,
            amountText(moved.change.replace('-', ''), currency),
            people
        );
    }
}

function barOf(key, row, amount, largest) {
    const width = (Math.abs(amount) / largest) * HALF;
    return { key, x: amount < 0 ? HALF - width : HALF, y: row === 0 ? 1 : 4, width };
}

function peopleText({ gain: winners, lose: losers }) {
    return [
        ...(winners > 0 ? [countLabel(winners, gainOne, gain)] : []),
        ...(losers > 0 ? [countLabel(losers, loseOne, lose)] : [])
    ].join(', ');
}
