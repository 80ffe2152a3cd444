// What a check of `sf plumbline doctor` is: one precondition, looked at once, with the admin's next step where it is not met. A check
// that cannot look (the org has no such object, or refuses) says so itself and stops nothing else.
import { SfError, type Connection } from '@salesforce/core';
import type { PackageInOrg } from '../command.ts';
import type { PrincipalInOrg, NamedCredentialInOrg } from '../org/credential.ts';
import type { Operator } from '../service/tenants.ts';

export type Outcome = 'passed' | 'warning' | 'failed' | 'unknown';

export interface Finding {
    outcome: Outcome;
    /** what was seen, in a sentence */
    found: string;
    /** what the admin does about it; null when nothing is to be done */
    next: string | null;
}

export interface CheckResult extends Finding {
    name: string;
    about: string;
}

export interface Check {
    name: string;
    /** what has to be so */
    about: string;
    look(patient: Patient): Promise<Finding>;
}

/** The user the service works as, and what that user may do. */
export interface Robot {
    id: string;
    username: string;
    isActive: boolean;
    /** ids of the permission sets, that of the profile included */
    setIds: string[];
}

export interface Patient {
    connection: Connection;
    found: PackageInOrg;
    orgId: string;
    myDomain: string;
    serviceUrl: string | null;
    named: NamedCredentialInOrg | null;
    principal: PrincipalInOrg | null;
    robots: Robot[];
    operator: Operator | null;
}

export const passed = (found: string): Finding => ({ outcome: 'passed', found, next: null });
export const warning = (found: string, next: string): Finding => ({ outcome: 'warning', found, next });
export const failed = (found: string, next: string): Finding => ({ outcome: 'failed', found, next });
export const unknown = (found: string, next: string | null = null): Finding => ({
    outcome: 'unknown',
    found,
    next
});

export async function carryOut(check: Check, patient: Patient): Promise<CheckResult> {
    const { name, about } = check;
    try {
        return { name, about, ...(await check.look(patient)) };
    } catch (error) {
        return { name, about, ...notLookedAt(error as Error & { errorCode?: string }) };
    }
}

function notLookedAt(error: Error & { errorCode?: string }): Finding {
    const code = error.errorCode ?? (error instanceof SfError ? error.name : null);
    if (code === null) throw error;
    // Refused queries come with their text; the sentence is what follows.
    const [sentence] = (error.message.trim().split('\n').at(-1) ?? '').split('. ');
    return unknown(
        `The org refused to tell (${code}: ${sentence!.replace(/\.$/, '')}).`,
        'Run the doctor as an administrator who may view setup and all users.'
    );
}

/** `a, b, c and 4 more` */
export function listed(names: readonly string[], most = 5): string {
    const shown = names.slice(0, most).join(', ');
    return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

export async function countOf(connection: Connection, soql: string): Promise<number> {
    return (await connection.query(soql)).totalSize;
}
