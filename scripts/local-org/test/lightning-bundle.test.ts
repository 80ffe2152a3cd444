// Compiling deployed bundles: what a deploy to Salesforce would reject is rejected here, by name.
import { describe, expect, test } from '@jest/globals';
import { buildDeployedBundle } from '../lightning/build/deployed-bundle.ts';
import { apexClass, bundle, fakeMetadata, type FakeComponent } from './support/fake-metadata.ts';
import { createMiniOrg } from './support/mini-schema.ts';

const { schema } = createMiniOrg();

const CONTROLLER = apexClass(
    'Deals',
    `public with sharing class Deals {
        @AuraEnabled(cacheable=true) public static String read(Id id) { return null; }
        @AuraEnabled public static void save(Id id) {}
        public static void internal() {}
    }`
);
const LABELS: FakeComponent = {
    type: 'CustomLabels',
    fullName: 'CustomLabels',
    content: { labels: [{ fullName: 'Title', value: 'Deals & more' }] }
};

function build(files: Record<string, string>, ...others: FakeComponent[]): Promise<string> {
    const metadata = fakeMetadata([CONTROLLER, LABELS, bundle('deal', files), ...others]);
    return buildDeployedBundle('deal', { metadata, schema });
}

/** A component with these lines before its class. */
function component(imports: string, body = ''): Record<string, string> {
    return {
        'deal.js': `import { LightningElement, wire } from 'lwc';\n${imports}\nexport default class Deal extends LightningElement {${body}}`,
        'deal.html': '<template><p>Deal</p></template>'
    };
}

describe('a deployed bundle', () => {
    test('becomes one module that leaves the platform to the import map', async () => {
        const files = {
            ...component(
                `import read from '@salesforce/apex/Deals.read';
                 import title from '@salesforce/label/c.Title';
                 import NAME from '@salesforce/schema/Opportunity.Account.Name';
                 import { getRecord } from 'lightning/uiRecordApi';
                 import { helper } from './helper';
                 import { shared } from 'c/shared';`,
                '@wire(read, { id: "1" }) deal; values = [title, NAME, getRecord, helper, shared];'
            ),
            'helper.js': 'export const helper = 2;'
        };
        const built = await build(files, bundle('shared', { 'shared.js': 'export const shared = 1;' }));
        expect(built).toContain('"Deals & more"');
        expect(built).toMatch(/"?fieldApiName"?: "Account\.Name"/);
        for (const name of ['lwc', 'lightning/uiRecordApi', 'local-org/apexMethod', 'c/shared']) {
            expect(built).toContain(`from "${name}"`);
        }
    });

    test('that imports a file it does not contain is refused', async () => {
        await expect(
            build(component(`import { helper } from './helper'; export { helper };`))
        ).rejects.toThrow('./helper is imported by deal.js and is not in the bundle');
    });

    test.each([
        ['a label', '@salesforce/label/c.Gone', 'no such custom label is deployed'],
        ['an Apex class', '@salesforce/apex/Gone.read', 'no Apex class Gone is deployed'],
        ['an Apex method', '@salesforce/apex/Deals.gone', 'Deals has no public static method gone'],
        ['an object', '@salesforce/schema/Gone__c', 'there is no object Gone__c'],
        ['a field', '@salesforce/schema/Opportunity.Gone__c', 'Opportunity has no field Gone__c'],
        [
            'a relationship',
            '@salesforce/schema/Opportunity.Gone__r.Name',
            'Opportunity has no relationship Gone__r'
        ],
        ['another bundle', 'c/gone', 'c/gone is not deployed'],
        ['a message channel', '@salesforce/messageChannel/Gone__c', 'no such message channel is deployed']
    ])('that imports %s nobody deployed is refused', async (_what, specifier, message) => {
        await expect(build(component(`import gone from '${specifier}'; export { gone };`))).rejects.toThrow(
            message
        );
    });

    test.each([
        'lightning/platformWorkspaceApi',
        'lightning/uiListApi',
        'lightning/empApi',
        '@salesforce/resourceUrl/Chart',
        'chart.js'
    ])('that imports %s, which the local org does not have, is refused by that name', async (specifier) => {
        const building = build(component(`import * as it from '${specifier}'; export { it };`));
        await expect(building).rejects.toThrow(`c/deal: ${specifier} is not provided by the local org`);
    });

    test('that uses a base component the package lacks is refused by the module name', async () => {
        const files = {
            ...component(''),
            'deal.html': '<template><lightning-record-form></lightning-record-form></template>'
        };
        await expect(build(files)).rejects.toThrow('lightning/recordForm is not provided by the local org');
    });

    test('may not import a method that is not @AuraEnabled', async () => {
        const files = component(
            `import internal from '@salesforce/apex/Deals.internal'; export { internal };`
        );
        await expect(build(files)).rejects.toThrow('internal is not @AuraEnabled');
    });

    test('may not wire a method that is not cacheable, but may call it', async () => {
        const imported = `import save from '@salesforce/apex/Deals.save';`;
        await expect(build(component(imported, '@wire(save, { id: "1" }) saved;'))).rejects.toThrow(
            '@salesforce/apex/Deals.save is wired but not @AuraEnabled(cacheable=true)'
        );
        await expect(build(component(imported, 'save() { return save({ id: "1" }); }'))).resolves.toContain(
            'save'
        );
    });

    test('with a template error is refused with the compiler’s words', async () => {
        await expect(build({ ...component(''), 'deal.html': '<template><p></template>' })).rejects.toThrow(
            /c\/deal: .*LWC\d+/s
        );
    });

    test('that is not deployed says so', async () => {
        await expect(buildDeployedBundle('gone', { metadata: fakeMetadata([]), schema })).rejects.toThrow(
            'c/gone: no Lightning web component of this name is deployed'
        );
    });
});
