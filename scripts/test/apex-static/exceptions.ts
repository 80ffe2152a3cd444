// Where the package departs from a rule of PMD, and why that is right. An exception that nothing needs any more is
// itself a problem, so the list only ever says what is true.
import type { Violation } from './code-analyzer.ts';

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
        file: /\/(ExternalKey|RunKey|FlagKey|ModelKey|TransactionKey)__c\.field-meta\.xml$/,
        reason: 'keys of rows (record ids, transactions, models and run numbers), which open nothing'
    },
    {
        rule: 'ProtectSensitiveData',
        file: /\/(RuleKey|TopRuleKey|ActionKey|ComponentKey|TableKey|GateKey)__c\.field-meta\.xml$/,
        reason: 'names of rules, of advised actions and of parts of a plan, such as R1'
    },
    {
        rule: 'ProtectSensitiveData',
        file: /\/(MetricKey|RoleKey|StepKey|SignalKey|BatchKey|DimensionKey)__c\.field-meta\.xml$/,
        reason: 'names of metrics, roles, steps, signals, imports and dimensions of scorecards'
    },
    {
        rule: 'ProtectSensitiveData',
        file: /\/(AgainstDefinition|Content|Definition|Input|Parts|Previous|Rules)?Hash__c\.field-meta\.xml$/,
        reason: 'a checksum that tells whether something has changed'
    },
    {
        rule: 'ProtectSensitiveData',
        file: /\/(Credit|CreditCount|CreditDate)__c\.field-meta\.xml$/,
        reason: 'a credit is the part of a sale that counts for somebody, not a credit card'
    },
    {
        rule: 'ProtectSensitiveData',
        file: /\/(Assignee|DesignedBy)__c\.field-meta\.xml$/,
        reason: 'people who answer and design; only the letters of "sign" are in their names'
    }
];

export function withoutExceptions(
    violations: Violation[],
    exceptions: readonly Exception[] = EXCEPTIONS
): { left: Violation[]; unused: Exception[] } {
    const covers = (one: Exception, { rule, file }: Violation) => one.rule === rule && one.file.test(file);
    return {
        left: violations.filter((found) => !exceptions.some((one) => covers(one, found))),
        unused: exceptions.filter((one) => !violations.some((found) => covers(one, found)))
    };
}
