// What rule packs find in the plan after the replay: what is breached or to be looked at as on the plan's own page, and below it what was
// checked and is in order, so that nobody has to guess what was looked at.
import { LightningElement, api } from 'lwc';
import { countLabel, fillLabel } from 'c/labelText';
import { nameInWords } from 'c/payFigures';
import checkedOne from '@salesforce/label/c.SpmSimPassedOne';
import checkedMany from '@salesforce/label/c.SpmSimPassedMany';
import caption from '@salesforce/label/c.SpmSimPassedCaption';
import check from '@salesforce/label/c.SpmSimCheck';
import verdict from '@salesforce/label/c.SpmSimVerdict';
import found from '@salesforce/label/c.SpmSimFound';
import citation from '@salesforce/label/c.SpmSimCitation';
import pass from '@salesforce/label/c.SpmSimPass';
import notApplicable from '@salesforce/label/c.SpmSimNotApplicable';
import limitLabel from '@salesforce/label/c.SpmSimLimit';

const OPEN = ['fail', 'toBeReviewed'];

export default class SimulationRules extends LightningElement {
    @api result;
    @api findings = [];

    label = { caption, check, verdict, found, citation };

    /** As c-plan-findings shows them. */
    get open() {
        return this.findings
            .filter((one) => OPEN.includes(one.verdict))
            .map((one) => ({
                rulePack: this.packName(one),
                version: one.packVersion,
                rule: one.check,
                severity: one.verdict === 'fail' ? 'Breach' : 'ToBeReviewed',
                text: [
                    sentence(one.found),
                    one.limit && sentence(fillLabel(limitLabel, one.limit)),
                    sentence(one.fix)
                ]
                    .filter((part) => part)
                    .join(' '),
                citation: one.citation,
                isToBeConfirmed: one.confirmation !== ''
            }));
    }

    get rows() {
        return this.findings
            .filter((one) => !OPEN.includes(one.verdict))
            .map((one, key) => ({
                key,
                name: nameInWords(one.check),
                pack: this.packName(one),
                verdict: one.verdict === 'pass' ? pass : notApplicable,
                found: sentence(one.found),
                citation: one.citation,
                confirmation: sentence(one.confirmation)
            }));
    }

    get hasRows() {
        return this.rows.length > 0;
    }

    get heading() {
        return countLabel(this.rows.length, checkedOne, checkedMany);
    }

    packName({ pack }) {
        return this.result.packNames?.[pack] ?? pack;
    }
}

function sentence(text) {
    if (!text) return '';
    const begun = text.charAt(0).toUpperCase() + text.slice(1);
    return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
