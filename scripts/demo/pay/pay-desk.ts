// Who runs pay at the demo firm: three people who are paid by no plan, since designer, reviewer, approver and payer differ.
// Data only; steps/add-desk.ts makes them users.

export interface DeskMember {
    firstName: string;
    lastName: string;
    title: string;
    permissionSets: string[];
    /** what the person is worth signing in for */
    why: string;
}

/** Asking the service for a calculation or a publication is a callout. */
const CALLOUT = ['SpmCallout', 'SpmUserCredentials'];

export const PAY_DESK: DeskMember[] = [
    {
        firstName: 'Ada',
        lastName: 'Reyes',
        title: 'Compensation Analyst',
        permissionSets: ['SpmCompAnalyst', ...CALLOUT],
        why: 'calculates and reviews pay, proposes what answers a dispute'
    },
    {
        firstName: 'Arno',
        lastName: 'Blum',
        title: 'Reward Partner',
        permissionSets: ['SpmCompApprover'],
        why: 'approves pay and adjustments'
    },
    {
        firstName: 'Petra',
        lastName: 'Olsen',
        title: 'Payroll Officer',
        permissionSets: ['SpmCompAnalyst', ...CALLOUT],
        why: 'publishes approved pay to payroll, exports and locks it'
    }
];

export function usernameOf({ firstName, lastName }: DeskMember): string {
    return `${firstName}.${lastName}@plumbline.example`.toLowerCase();
}
