// What rule packs found in a plan version: what does not meet a rule first, each with its authority, and marked where nobody has confirmed
// the rule or its figure yet.
import { LightningElement, api } from 'lwc';
import { fillLabel } from 'c/labelText';
import { nameInWords } from 'c/payFigures';
import about from '@salesforce/label/c.SpmPlanFindingsText';
import none from '@salesforce/label/c.SpmPlanNoFindings';
import noneText from '@salesforce/label/c.SpmPlanNoFindingsText';
import breaches from '@salesforce/label/c.SpmPlanBreaches';
import toReview from '@salesforce/label/c.SpmPlanToReview';
import packName from '@salesforce/label/c.SpmPlanFindingOf';
import source from '@salesforce/label/c.SpmPlanSource';
import toConfirm from '@salesforce/label/c.SpmPlanToConfirm';

export default class PlanFindings extends LightningElement {
    /** As PlanController tells them. */
    @api findings = [];

    label = { about, none, noneText, toConfirm };

    get isEmpty() {
        return this.findings.length === 0;
    }

    get groups() {
        const rows = this.findings.map((finding, key) => ({
            ...finding,
            key,
            name: nameInWords(finding.rule),
            pack: finding.version ? fillLabel(packName, finding.rulePack, finding.version) : finding.rulePack,
            source: fillLabel(source, finding.citation)
        }));
        return [
            {
                key: 'breaches',
                heading: breaches,
                icon: 'utility:warning',
                variant: 'warning',
                rows: rows.filter(({ severity }) => severity === 'Breach')
            },
            {
                key: 'to-review',
                heading: toReview,
                icon: 'utility:preview',
                variant: '',
                rows: rows.filter(({ severity }) => severity !== 'Breach')
            }
        ].filter((group) => group.rows.length > 0);
    }
}
