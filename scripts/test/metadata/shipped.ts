// Checks of what ships ready to use: the rule records say what the service falls back to, the feedback reasons Apex
// accepts are those of the field, pages show components that are there, every code has its sentence and its explanation.
import { DEFAULT_POLICIES } from '../../../service/src/domain/pipeline/default-policy.ts';
import type { RulePolicy } from '../../../service/src/domain/pipeline/types.ts';
import {
    componentName,
    elements,
    withSuffix,
    xmlContent,
    type Check,
    type SourceFile
} from './source-file.ts';

/** An admin who reads the records must read the truth. */
export const ruleRecordsAreTheDefaults: Check = {
    name: 'shipped rule records say what the service falls back to',
    problemsIn: (files) => DEFAULT_POLICIES.flatMap((policy) => recordProblems(files, policy))
};

function recordProblems(files: SourceFile[], policy: RulePolicy) {
    const name = `PipelineFlagRule.${policy.ruleKey}_Default.md-meta.xml`;
    const [file] = withSuffix(files, `/${name}`);
    if (!file) return [{ file: name, reason: `is missing; the service has a rule ${policy.ruleKey}` }];
    const stored = new Map(
        elements(xmlContent(file), 'values').map(({ field, value }) => [field, String(value ?? '')])
    );
    return Object.entries(valuesOf(policy))
        .filter(([field, value]) => !isSame(stored.get(field), value))
        .map(([field, value]) => ({
            file: file.path,
            reason: `${field} is ${stored.get(field)}, the service says ${value}`
        }));
}

type Value = string | number | boolean | null;

function valuesOf(policy: RulePolicy): Record<string, Value> {
    return {
        RuleKey__c: policy.ruleKey,
        IsActive__c: policy.isActive,
        Stage__c: policy.stage,
        Segment__c: policy.segment,
        AmberThreshold__c: policy.amberThreshold,
        RedThreshold__c: policy.redThreshold,
        MinimumSampleSize__c: policy.minimumSampleSize,
        IsLearned__c: policy.isLearned,
        Importance__c: policy.importance,
        Unit__c: policy.unit,
        ActionKey__c: policy.actionKey,
        ActionText__c: policy.actionText
    };
}

/** Records write 10 as `10.0`. */
function isSame(stored: string | undefined, value: Value): boolean {
    if (typeof value === 'number') return stored !== undefined && stored !== '' && Number(stored) === value;
    return stored === String(value ?? '');
}

export const feedbackReasonsAgree: Check = {
    name: 'Apex accepts the feedback reasons of the field, and no others',
    problemsIn: (files) => {
        const [field] = withSuffix(files, 'FlagFeedback__c/fields/Reason__c.field-meta.xml');
        const [apex] = withSuffix(files, '/DealHealthController.cls');
        const offered = [...(field?.text ?? '').matchAll(/<value>\s*<fullName>(\w+)</g)].map(
            ([, name]) => name!
        );
        const list = /FEEDBACK_REASONS\s*=[^{]*\{([^}]*)\}/.exec(apex?.text ?? '')?.[1] ?? '';
        const accepted = [...list.matchAll(/'(\w+)'/g)].map(([, name]) => name!);
        const odd = [
            ...offered.filter((name) => !accepted.includes(name)).map((name) => `does not accept ${name}`),
            ...accepted
                .filter((name) => !offered.includes(name))
                .map((name) => `accepts ${name}, which is not offered`)
        ];
        if (offered.length === 0) odd.push('finds no reasons in FlagFeedback__c.Reason__c');
        return odd.map((reason) => ({ file: apex?.path ?? 'DealHealthController.cls', reason }));
    }
};

/** Names with a colon are Salesforce's own. */
export const pagesShowWhatIsThere: Check = {
    name: 'pages show components that exist and are exposed',
    problemsIn: (files) => {
        const exposed = new Map(
            withSuffix(files, '.js-meta.xml').map((file) => [
                componentName(file.path),
                xmlContent(file)['isExposed'] === 'true'
            ])
        );
        return withSuffix(files, '.flexipage-meta.xml').flatMap((file) =>
            [...file.text.matchAll(/<componentName>([^<:]+)<\/componentName>/g)]
                .map(([, name]) => name!)
                .filter((name) => exposed.get(name) !== true)
                .map((name) => ({
                    file: file.path,
                    reason: exposed.has(name)
                        ? `component ${name} is not exposed`
                        : `there is no component ${name}`
                }))
        );
    }
};

/** A code without a sentence reads as an error of Salesforce; one that is not explained helps no administrator. */
export const errorCodesAreExplained: Check = {
    name: 'every error code has a sentence on the screen and a line in service/docs/errors.md',
    problemsIn: (files) => {
        const [screen] = withSuffix(files, '/errorMessages.js');
        const [page] = withSuffix(files, 'service/docs/errors.md');
        const shown = [...(screen?.text ?? '').matchAll(/^ {4}([A-Z_]+): \{ kind:/gm)].map(
            ([, code]) => code!
        );
        const thrown = withSuffix(files, '.cls')
            .filter(({ path }) => !path.startsWith('force-app/tests/'))
            .flatMap((file) => codesGivenBy(file).map((code) => ({ file: file.path, code })));
        const explained = codesOnScreens(page?.text ?? '');
        return [
            ...thrown
                .filter(({ code }) => !shown.includes(code))
                .map(({ file, code }) => ({
                    file,
                    reason: `gives ${code}, which errorMessages does not know`
                })),
            ...shown
                .filter((code) => !explained.includes(code))
                .map((code) => ({ file: 'service/docs/errors.md', reason: `does not explain ${code}` })),
            ...explained
                .filter((code) => !shown.includes(code))
                .map((code) => ({
                    file: 'service/docs/errors.md',
                    reason: `explains ${code}, which no screen shows`
                })),
            ...(shown.length > 0
                ? []
                : [{ file: 'errorMessages.js', reason: 'has no codes this check can read' }])
        ];
    }
};

function codesGivenBy({ text }: SourceFile): string[] {
    const given = /(?:\bof\(|\breturn |\bcode = |[?:] |String [A-Z_]+ = )'([A-Z]+(?:_[A-Z]+)*)'/g;
    return [...text.matchAll(given)].map(([, code]) => code!);
}

function codesOnScreens(page: string): string[] {
    const [, rest = ''] = page.split('# Codes the screens show');
    const [section = ''] = rest.split(/^# /m);
    return [...section.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code!);
}
