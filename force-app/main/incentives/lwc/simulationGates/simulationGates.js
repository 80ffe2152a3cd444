// How often the gates of the plan were asked and not met, for how many people, and what they held back.
import { LightningElement, api } from 'lwc';
import { fillLabel, formatNumber } from 'c/labelText';
import { amountText, nameInWords } from 'c/payFigures';
import { componentName } from 'c/simulationWording';
import none from '@salesforce/label/c.SpmSimNoGates';
import noneText from '@salesforce/label/c.SpmSimNoGatesText';
import about from '@salesforce/label/c.SpmSimGatesText';
import caption from '@salesforce/label/c.SpmSimGatesCaption';
import gate from '@salesforce/label/c.SpmSimGate';
import gateOf from '@salesforce/label/c.SpmSimGateOf';
import asked from '@salesforce/label/c.SpmSimAsked';
import closed from '@salesforce/label/c.SpmSimClosed';
import waived from '@salesforce/label/c.SpmSimWaived';
import people from '@salesforce/label/c.SpmSimPayees';
import heldBack from '@salesforce/label/c.SpmSimHeldBack';
import notKnown from '@salesforce/label/c.SpmSimNotKnown';
import closedOf from '@salesforce/label/c.SpmSimClosedOf';

export default class SimulationGates extends LightningElement {
    @api result;

    label = { none, noneText, about, caption, gate, asked, closed, waived, people, heldBack };

    get hasGates() {
        return this.result.gates.length > 0;
    }

    get rows() {
        const { gates, currency } = this.result;
        return gates.map((one) => ({
            key: `${one.component}.${one.gate}`,
            name: fillLabel(gateOf, nameInWords(one.gate), componentName(this.result, one.component)),
            asked: formatNumber(one.asked),
            closed: closedText(one),
            width: one.asked > 0 ? (one.closed / one.asked) * 100 : 0,
            waived: formatNumber(one.waived),
            people: formatNumber(one.payeeCount),
            heldBack:
                one.heldBack === null ? (one.closed > 0 ? notKnown : '') : amountText(one.heldBack, currency)
        }));
    }
}

function closedText({ asked: times, closed: notMet }) {
    if (times === 0) return formatNumber(0);
    return fillLabel(closedOf, formatNumber(notMet), formatNumber(notMet / times, { style: 'percent' }));
}
