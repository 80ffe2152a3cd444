// Where the package departs from a rule of PMD, and why that is right. An exception that nothing needs any more is
// itself a problem, so the list only ever says what is true.
import type { Violation } from './security.ts';

export interface Exception {
    rule: string;
    file: RegExp;
    reason: string;
}

export const EXCEPTIONS: Exception[] = [
    {
        rule: 'AvoidHardcodedCredentialsInFieldDecls',
        file: /\/SpmServiceClient\.cls$/,
        reason: 'CREDENTIAL is the name of the Named Credential; its password lives in the External Credential'
    },
    {
        rule: 'ProtectSensitiveData',
        file: /\/(ExternalKey|RunKey|FlagKey)__c\.field-meta\.xml$/,
        reason: 'keys of rows (record ids and run numbers), which open nothing'
    },
    {
        rule: 'ProtectSensitiveData',
        file: /\/(RuleKey|TopRuleKey|ActionKey)__c\.field-meta\.xml$/,
        reason: 'names of rules and of advised actions, such as R1'
    },
    {
        rule: 'ProtectSensitiveData',
        file: /\/ContentHash__c\.field-meta\.xml$/,
        reason: 'a checksum that tells whether a row has changed'
    }
];

export function withoutExceptions(
    violations: Violation[],
    exceptions: Exception[] = EXCEPTIONS
): { left: Violation[]; unused: Exception[] } {
    const covers = (one: Exception, { rule, file }: Violation) => one.rule === rule && one.file.test(file);
    return {
        left: violations.filter((found) => !exceptions.some((one) => covers(one, found))),
        unused: exceptions.filter((one) => !violations.some((found) => covers(one, found)))
    };
}
