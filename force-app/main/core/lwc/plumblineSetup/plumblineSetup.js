// The page on which an administrator sees that Salesforce and the service reach each other, and what is missing when they
// do not. Reads the org first, then asks the service, which looks back; a refusal of the service is part of the answer.
import { LightningElement } from 'lwc';
import getOrg from '@salesforce/apex/SetupController.getOrg';
import verify from '@salesforce/apex/SetupController.verify';
import { isAboutConnection } from 'c/setupWording';
import title from '@salesforce/label/c.SpmSetupTitle';
import again from '@salesforce/label/c.SpmSetupAgain';
import checking from '@salesforce/label/c.SpmSetupChecking';
import green from '@salesforce/label/c.SpmSetupGreen';
import amber from '@salesforce/label/c.SpmSetupAmber';
import red from '@salesforce/label/c.SpmSetupRed';

const GREEN = { text: green, icon: 'utility:success', variant: 'success' };
const AMBER = { text: amber, icon: 'utility:warning', variant: 'warning' };
const RED = { text: red, icon: 'utility:error', variant: 'error' };

export default class PlumblineSetup extends LightningElement {
    label = { title, again };
    org;
    loadError;
    checked;
    /** The refusal of the service, or why it was not reached. */
    error;
    isChecking = false;

    connectedCallback() {
        this.load();
    }

    get isLoading() {
        return !this.org && !this.loadError;
    }

    /** A refusal that says something of the connection; its line names the next step. */
    get refusal() {
        return this.error && isAboutConnection(this.error) ? this.error : undefined;
    }

    get otherError() {
        return this.error && !isAboutConnection(this.error) ? this.error : undefined;
    }

    get isAnswered() {
        return Boolean(this.checked || this.refusal);
    }

    get summary() {
        if (this.isChecking) return { text: checking };
        if (!this.isAnswered) return { text: '' };
        const outcomes = (this.checked?.checks ?? []).map(({ outcome }) => outcome);
        if (this.refusal || outcomes.includes('failed')) return RED;
        return outcomes.includes('warning') ? AMBER : GREEN;
    }

    async load() {
        this.loadError = undefined;
        try {
            this.org = await getOrg();
        } catch (error) {
            this.loadError = error;
            return;
        }
        await this.check();
    }

    /** Runs and permission sets are read anew too: they are what an administrator has just been changing. */
    handleAgain() {
        return this.load();
    }

    async check() {
        this.isChecking = true;
        try {
            this.checked = await verify();
            this.error = undefined;
        } catch (error) {
            this.checked = undefined;
            this.error = error;
        } finally {
            this.isChecking = false;
        }
    }
}
