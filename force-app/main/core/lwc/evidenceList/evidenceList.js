// The records a figure or a warning rests on, each with a link where the reader may see it.
import { LightningElement, api } from 'lwc';
import { formatDaysIn } from 'c/labelText';

/** Has no page of its own in Salesforce. */
const WITHOUT_PAGE = new Set(['OpportunityHistory']);

export default class EvidenceList extends LightningElement {
    /** {recordId, objectName, label, name}[]; without recordId there is no link */
    @api records = [];

    get rows() {
        return this.records.map(({ recordId, objectName, label, name }, index) => ({
            key: index,
            recordId: WITHOUT_PAGE.has(objectName) ? undefined : recordId,
            objectName,
            text: name ?? formatDaysIn(label ?? '')
        }));
    }
}
