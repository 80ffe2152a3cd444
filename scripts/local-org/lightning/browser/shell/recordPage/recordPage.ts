// The page of one record: the app's own FlexiPage for the object, else the standard one. Asks first whether the user can
// see the record at all.
import { api, LightningElement } from 'lwc';
import { messageOf, type FetchResponseError } from '../../platform/page.ts';
import { readFields } from '../../platform/field-views.ts';
import { objectInfo } from '../../platform/records.ts';
import type { PageComponent, ShellApp, ShellData, ShellPage } from '../../platform/shell-types.ts';

export default class RecordPage extends LightningElement {
    @api shell!: ShellData;
    @api app!: ShellApp;
    @api recordId!: string;
    @api objectName!: string;
    isReady = false;
    problem: { heading: string; message: string } | null = null;

    async connectedCallback(): Promise<void> {
        try {
            const info = await objectInfo(this.objectName);
            const record = await readFields(this.objectName, this.recordId, []);
            const name = record.fields[info.nameFields[0] ?? 'Id']?.value ?? info.label;
            document.title = `${String(name)} | ${info.label} | Salesforce local org`;
            this.isReady = true;
        } catch (error) {
            this.problem = problemOf(error);
        }
    }

    get page(): ShellPage {
        const own = this.shell.pages[this.app.recordPages[this.objectName] ?? ''];
        return own ?? standardPage(this.objectName);
    }
}

function problemOf(error: unknown): { heading: string; message: string } {
    if ((error as FetchResponseError).status === 404) {
        return {
            heading: "We can't show you this record",
            message:
                'It was deleted, or you do not have access to it. Ask its owner or your administrator for help.'
        };
    }
    return { heading: 'The record could not be loaded', message: messageOf(error) };
}

function standardPage(objectName: string): ShellPage {
    const isOpportunity = objectName === 'Opportunity';
    const takesTasks = ['Opportunity', 'Account', 'Contact'].includes(objectName);
    return {
        label: objectName,
        type: 'RecordPage',
        template: 'flexipage:recordHomeTemplateDesktop',
        regions: {
            header: components('force:highlightsPanel'),
            main: components(
                ...(isOpportunity ? ['runtime_sales_pathassistant:pathAssistant'] : []),
                'force:detailPanel'
            ),
            sidebar: components(
                ...(takesTasks ? ['runtime_sales_activities:activityPanel'] : []),
                'force:relatedListContainer'
            )
        }
    };
}

function components(...names: string[]): PageComponent[] {
    return names.map((name) => ({ name, identifier: name, properties: {}, hasVisibilityRule: false }));
}
