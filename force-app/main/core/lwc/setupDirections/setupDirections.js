// Both directions between the org and the service, check by check, and how to enter the key where that is what is missing.
import { LightningElement, api } from 'lwc';
import { fillLabel } from 'c/labelText';
import { needsKey, wayIn, wayOut } from 'c/setupWording';
import inTitle from '@salesforce/label/c.SpmSetupIn';
import outTitle from '@salesforce/label/c.SpmSetupOut';
import codeLabel from '@salesforce/label/c.SpmCode';
import howTitle from '@salesforce/label/c.SpmSetupHowTitle';
import howAsk from '@salesforce/label/c.SpmSetupHowAsk';
import howOpen from '@salesforce/label/c.SpmSetupHowOpen';
import howEnter from '@salesforce/label/c.SpmSetupHowEnter';
import howBack from '@salesforce/label/c.SpmSetupHowBack';
import open from '@salesforce/label/c.SpmSetupOpen';
import why from '@salesforce/label/c.SpmSetupWhy';

export default class SetupDirections extends LightningElement {
    @api orgId;
    /** What the service found; undefined when it refused or was not reached. */
    @api checked;
    /** The refusal. */
    @api error;

    label = { howTitle, open, why };

    get directions() {
        const withCode = (line) => ({ ...line, codeText: fillLabel(codeLabel, line.code) });
        return [
            { key: 'in', title: inTitle, lines: wayIn(this.error, this.orgId).map(withCode) },
            { key: 'out', title: outTitle, lines: wayOut(this.checked?.checks).map(withCode) }
        ];
    }

    get showSteps() {
        return needsKey(this.error);
    }

    get steps() {
        return [fillLabel(howAsk, this.orgId), howOpen, fillLabel(howEnter, this.orgId), howBack];
    }
}
