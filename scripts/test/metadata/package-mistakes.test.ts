// Proves that the checks can fail on the package as it is: each gets the real package with one mistake in it.
import { describe, expect, test } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { classesAreTested, oneClassCallsOut } from './apex.ts';
import { externalKeysAreKeys, fieldsAreExplained } from './objects.ts';
import { packagedSetsAreKept, setsNameEveryField } from './permission-sets.ts';
import { componentsAreTheirOwn, noRecordIds } from './safety.ts';
import {
    errorCodesAreExplained,
    feedbackReasonsAgree,
    pagesShowWhatIsThere,
    ruleRecordsAreTheDefaults
} from './shipped.ts';
import { readSources, type Check, type SourceFile } from './source-file.ts';

const files = readSources(fileURLToPath(new URL('../../..', import.meta.url)), [
    'force-app',
    'config',
    'service/docs'
]);
const CHECKS = [
    fieldsAreExplained,
    externalKeysAreKeys,
    oneClassCallsOut,
    classesAreTested,
    componentsAreTheirOwn,
    noRecordIds,
    errorCodesAreExplained,
    packagedSetsAreKept,
    setsNameEveryField,
    ruleRecordsAreTheDefaults,
    feedbackReasonsAgree,
    pagesShowWhatIsThere
];

/** The package with this replaced in the one file whose path ends so; the text must be there. */
function spoil(ending: string, from: string | RegExp, to: string): SourceFile[] {
    const file = files.find(({ path }) => path.endsWith(ending))!;
    const text = file.text.replace(from, to);
    if (text === file.text) throw new Error(`${file.path} does not hold ${from}`);
    return files.map((one) => (one === file ? { path: file.path, text } : one));
}

const LINK = 'https://cdn.example';
const DEAL_KEY = 'DealHealth__c/fields/ExternalKey__c.field-meta.xml';

const spoilt = {
    noLabel: () => spoil('Band__c.field-meta.xml', /<label>[^<]*<\/label>(?=\s*<required>|\s*<type>)/, ''),
    keyTwice: () => spoil(DEAL_KEY, '<unique>true', '<unique>false'),
    keyWithCase: () => spoil(DEAL_KEY, '<caseSensitive>false', '<caseSensitive>true'),
    keyThatIsNone: () => spoil(DEAL_KEY, '<externalId>true', '<externalId>false'),
    secondGateway: () =>
        spoil('/RunController.cls', 'RunStatusView view = new RunStatusView();', 'Http line = new Http();'),
    missingTests: () => files.filter(({ path }) => !path.endsWith('/RunSelector_Tests.cls')),
    idleTests: () => spoil('/DealCurrency_Tests.cls', /DealCurrency\.byDealId\(/g, 'new Map<Id, String>('),
    recordId: () => spoil('/RunController.cls', "'/v1/runs'", `'/v1/runs/${'006Wq00000'}2KpQrIAK'`),
    shortRecordId: () =>
        spoil('/riskRows.js', "direction === 'ascending'", `direction === '${'a0X5g00000'}Ab12c'`),
    handWritten: () =>
        spoil('/bandBadge.js', 'get known()', 'fill() { this.refs.x.innerHTML = this.band; } get known()'),
    computedCode: () => spoil('/riskRows.js', 'const sign =', 'eval(key); const sign ='),
    loadedScript: () => spoil('/keepFresh.js', "'lightning/refresh'", "'lightning/platformResourceLoader'"),
    foreignPicture: () => spoil('/emptyState.html', '<svg', `<img src="${LINK}/a.png"><svg`),
    scriptInTemplate: () => spoil('/emptyState.html', '<svg', '<script></script><svg'),
    handledDom: () => spoil('/emptyState.html', '<svg', '<div lwc:dom="manual"></div><svg'),
    foreignStyle: () => spoil('/runStatus.css', '.stale', `@import url(${LINK}/a.css); .stale`),
    codeWithoutSentence: () => spoil('/SpmServiceClient.cls', "code = 'RATE_LIMITED'", "code = 'TOO_MANY'"),
    codeNotExplained: () => spoil('/errors.md', '| `UNREACHABLE` |', '| `UNREACHED` |'),
    standardObject: () => spoil('SpmPayee.permissionset-meta.xml', '<object>Run__c<', '<object>Opportunity<'),
    standardTab: () => spoil('SpmPayee.permissionset-meta.xml', '<tab>Run__c<', '<tab>standard-Account<'),
    userPermission: () =>
        spoil(
            'SpmAdmin.permissionset-meta.xml',
            '<label>',
            '<userPermissions><enabled>true</enabled><name>ViewSetup</name></userPermissions><label>'
        ),
    renamedField: () =>
        spoil('SpmIntegration.permissionset-meta.xml', 'PipelineFlag__c.Unit__c', 'PipelineFlag__c.Gone__c'),
    requiredField: () =>
        spoil('SpmPayee.permissionset-meta.xml', 'DealHealth__c.Rep__c', 'DealHealth__c.ExternalKey__c'),
    editableFormula: () =>
        spoil(
            'SpmIntegration.permissionset-meta.xml',
            /<editable>false<\/editable>(?=\s*<field>DealHealth__c.DaysInStage__c)/,
            '<editable>true</editable>'
        ),
    threshold: () => spoil('PipelineFlagRule.R1_Default.md-meta.xml', '>10.0<', '>11.0<'),
    missingRule: () => files.filter(({ path }) => !path.includes('R11_Default')),
    reason: () =>
        spoil('FlagFeedback__c/fields/Reason__c.field-meta.xml', '<fullName>DataWrong<', '<fullName>Stale<'),
    absentComponent: () => spoil('SpmHome.flexipage-meta.xml', '>riskList<', '>riskGrid<'),
    hiddenComponent: () => spoil('SpmHome.flexipage-meta.xml', '>riskList<', '>riskTable<')
};

const MISTAKES: [mistake: string, check: Check, spoilt: () => SourceFile[], reason: string][] = [
    ['a field without a label', fieldsAreExplained, spoilt.noLabel, 'has no <label>'],
    ['a key that may be there twice', externalKeysAreKeys, spoilt.keyTwice, '<unique> is not true'],
    ['a key with case', externalKeysAreKeys, spoilt.keyWithCase, '<caseSensitive> is not false'],
    ['a key that is no external id', externalKeysAreKeys, spoilt.keyThatIsNone, '<externalId> is not true'],
    ['a second gateway', oneClassCallsOut, spoilt.secondGateway, 'new Http: calls out, beside RunController'],
    ['a class without tests', classesAreTested, spoilt.missingTests, 'there is no class RunSelector_Tests'],
    ['tests that do not use their class', classesAreTested, spoilt.idleTests, 'does not use DealCurrency'],
    ['an id of a deal', noRecordIds, spoilt.recordId, 'holds the record id 006Wq'],
    ['a short id of a custom object', noRecordIds, spoilt.shortRecordId, 'holds the record id a0X5g'],
    ['HTML written by hand', componentsAreTheirOwn, spoilt.handWritten, 'uses innerHTML'],
    ['code made from text', componentsAreTheirOwn, spoilt.computedCode, 'uses eval('],
    ['a script that is loaded', componentsAreTheirOwn, spoilt.loadedScript, 'platformResourceLoader'],
    ['a picture from elsewhere', componentsAreTheirOwn, spoilt.foreignPicture, 'uses src="https://'],
    ['a script in a template', componentsAreTheirOwn, spoilt.scriptInTemplate, 'uses <script'],
    ['markup out of the hands of LWC', componentsAreTheirOwn, spoilt.handledDom, 'uses lwc:dom'],
    ['a style from elsewhere', componentsAreTheirOwn, spoilt.foreignStyle, 'uses @import url(https://'],
    [
        'a code no screen has a sentence for',
        errorCodesAreExplained,
        spoilt.codeWithoutSentence,
        'gives TOO_MANY'
    ],
    [
        'a code nobody explains',
        errorCodesAreExplained,
        spoilt.codeNotExplained,
        'does not explain UNREACHABLE'
    ],
    [
        'a code that is gone',
        errorCodesAreExplained,
        spoilt.codeNotExplained,
        'explains UNREACHED, which no screen'
    ],
    ['a standard object in a packaged set', packagedSetsAreKept, spoilt.standardObject, 'grants Opportunity'],
    ['a standard tab in a packaged set', packagedSetsAreKept, spoilt.standardTab, 'grants standard-Account'],
    ['a user permission in a packaged set', packagedSetsAreKept, spoilt.userPermission, 'grants ViewSetup'],
    [
        'a field nobody may write',
        setsNameEveryField,
        spoilt.renamedField,
        'does not name PipelineFlag__c.Unit__c'
    ],
    [
        'a field that is gone',
        setsNameEveryField,
        spoilt.renamedField,
        'there is no field PipelineFlag__c.Gone__c'
    ],
    [
        'a required field that is named',
        setsNameEveryField,
        spoilt.requiredField,
        'ExternalKey__c is required'
    ],
    [
        'a formula that may be edited',
        setsNameEveryField,
        spoilt.editableFormula,
        'DaysInStage__c is a formula'
    ],
    [
        'a threshold the service does not have',
        ruleRecordsAreTheDefaults,
        spoilt.threshold,
        'is 11.0, the service says 10'
    ],
    [
        'a rule that does not ship',
        ruleRecordsAreTheDefaults,
        spoilt.missingRule,
        'is missing; the service has a rule R11'
    ],
    ['a reason Apex refuses', feedbackReasonsAgree, spoilt.reason, 'does not accept Stale'],
    [
        'a reason that is not offered',
        feedbackReasonsAgree,
        spoilt.reason,
        'accepts DataWrong, which is not offered'
    ],
    [
        'a component that is not there',
        pagesShowWhatIsThere,
        spoilt.absentComponent,
        'there is no component riskGrid'
    ],
    ['a component no page may show', pagesShowWhatIsThere, spoilt.hiddenComponent, 'riskTable is not exposed']
];

describe('checks of the package', () => {
    test.each(CHECKS.map((check) => [check.name, check] as const))(
        'hold for the package: %s',
        (_name, check) => {
            expect(check.problemsIn(files)).toEqual([]);
        }
    );

    test.each(MISTAKES)('find %s', (_mistake, check, mistaken, reason) => {
        const reasons = check.problemsIn(mistaken()).map((problem) => problem.reason);
        expect(reasons).toEqual(expect.arrayContaining([expect.stringContaining(reason)]));
    });
});
