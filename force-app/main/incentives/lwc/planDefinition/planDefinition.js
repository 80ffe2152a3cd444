// The text that pays, and its fingerprint: shown when asked for, copied, or saved as a file that `plan -- run` takes.
import { LightningElement, api, wire } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import getDefinition from '@salesforce/apex/PlanController.getDefinition';
import { fillLabel } from 'c/labelText';
import heading from '@salesforce/label/c.SpmPlanText';
import about from '@salesforce/label/c.SpmPlanTextAbout';
import show from '@salesforce/label/c.SpmPlanTextShow';
import hide from '@salesforce/label/c.SpmPlanTextHide';
import copy from '@salesforce/label/c.SpmPlanCopy';
import copied from '@salesforce/label/c.SpmPlanCopied';
import notCopied from '@salesforce/label/c.SpmPlanNotCopied';
import download from '@salesforce/label/c.SpmExportDownload';

/** Lightning Web Security lets a page make files of this type; a browser saves it under its name either way. */
const FILE_TYPE = 'application/octet-stream';

export default class PlanDefinition extends LightningElement {
    /** As PlanController tells it. */
    @api plan;

    label = { heading, about, copy };
    isOpen = false;
    /** Set once the text is asked for. */
    wantedId;
    wired;
    definition;
    error;
    url;
    announcement = '';

    @wire(getDefinition, { planVersionId: '$wantedId' })
    receive(answer) {
        this.wired = answer;
        this.error = answer.error;
        if (!answer.data) return;
        this.forget();
        this.definition = answer.data;
        this.url = URL.createObjectURL(new Blob([`${answer.data}\n`], { type: FILE_TYPE }));
    }

    disconnectedCallback() {
        this.forget();
    }

    get isLoading() {
        return this.isOpen && !this.definition && !this.error;
    }

    get isShown() {
        return this.isOpen && Boolean(this.definition);
    }

    get toggleLabel() {
        return this.isOpen ? hide : show;
    }

    get fileName() {
        return `${this.plan.planKey}-${this.plan.version}.yaml`;
    }

    get downloadText() {
        return fillLabel(download, this.fileName);
    }

    handleToggle() {
        this.isOpen = !this.isOpen;
        this.announcement = '';
        this.wantedId = this.plan.planVersionId;
    }

    async handleCopy() {
        try {
            await navigator.clipboard.writeText(this.definition);
            this.announcement = copied;
        } catch {
            this.announcement = notCopied;
        }
    }

    handleRetry() {
        this.error = undefined;
        refreshApex(this.wired);
    }

    forget() {
        if (this.url) URL.revokeObjectURL(this.url);
        this.url = undefined;
    }
}
