// Proves that the checks of what is granted and shipped can fail: each gets the real package with one mistake in it.
import { describe, expect, test } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { packagedSetsAreKept, setsNameEveryField } from './permission-sets.ts';
import { feedbackReasonsAgree, pagesShowWhatIsThere, ruleRecordsAreTheDefaults } from './shipped.ts';
import { readSources, type Check, type SourceFile } from './source-file.ts';

const files = readSources(fileURLToPath(new URL('../../..', import.meta.url)), ['force-app', 'config']);
const CHECKS = [
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

const spoilt = {
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

describe('checks of what is granted and shipped', () => {
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
