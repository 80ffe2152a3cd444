// The related lists of a record: every child object the user may read, custom ones first.
import { api, LightningElement } from 'lwc';
import { messageOf } from '../../platform/page.ts';
import { objectInfo, type ObjectInfo } from '../../platform/records.ts';

type Child = ObjectInfo['childRelationships'][number];

/** Shown elsewhere or of no use as a list. */
const LEFT_OUT = new Set(['OpportunityFieldHistory', 'AttachedContentDocument', 'RecordType']);

export default class RelatedLists extends LightningElement {
    @api recordId!: string;
    @api objectApiName!: string;
    lists: (Child & { key: string })[] = [];
    problem = '';

    async connectedCallback(): Promise<void> {
        try {
            const { childRelationships } = await objectInfo(this.objectApiName);
            this.lists = childRelationships
                .filter(({ childObjectApiName }) => !LEFT_OUT.has(childObjectApiName))
                .map((child) => ({ ...child, key: `${child.childObjectApiName}.${child.fieldName}` }))
                .sort((a, b) => rank(a) - rank(b));
        } catch (error) {
            this.problem = messageOf(error);
        }
    }
}

function rank({ childObjectApiName }: Child): number {
    return childObjectApiName.endsWith('__c') ? 0 : 1;
}
