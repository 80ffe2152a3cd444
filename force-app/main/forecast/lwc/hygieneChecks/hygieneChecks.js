// Checks of open deals that failed, those whose mending raises the hygiene score most first: the deal as a link, the field that
// mends it, and the points it brings.
import { LightningElement, api } from 'lwc';
import { fillLabel, formatNumber } from 'c/labelText';
import title from '@salesforce/label/c.SpmChecksTitle';
import points from '@salesforce/label/c.SpmChecksPoints';
import hiddenDeal from '@salesforce/label/c.SpmChecksHiddenDeal';
import nextStep from '@salesforce/label/c.SpmCheckNextStep';
import closeDate from '@salesforce/label/c.SpmCheckCloseDate';
import stageTouched from '@salesforce/label/c.SpmCheckStageTouched';
import amount from '@salesforce/label/c.SpmCheckAmount';
import contactRole from '@salesforce/label/c.SpmCheckContactRole';
import activity from '@salesforce/label/c.SpmCheckActivity';
import competitor from '@salesforce/label/c.SpmCheckCompetitor';

const MENDS = {
    NextStep: nextStep,
    CloseDate: closeDate,
    StageTouched: stageTouched,
    Amount: amount,
    ContactRole: contactRole,
    Activity: activity,
    Competitor: competitor
};

export default class HygieneChecks extends LightningElement {
    label = { title, hiddenDeal };
    /** CheckView[] of PipelineBoardController */
    @api checks = [];

    get rows() {
        return this.checks.map((one) => ({
            key: `${one.opportunityId} ${one.checkKey}`,
            recordId: one.opportunityName ? one.opportunityId : null,
            name: one.opportunityName,
            mend: MENDS[one.checkKey] ?? one.checkKey,
            points: fillLabel(points, formatNumber(one.points))
        }));
    }
}
