// Who looks after conduct at the demo firm. Data only; steps/add-desk.ts makes them users.
import type { DeskMember } from '../pay/pay-desk.ts';

export const CONDUCT_DESK: DeskMember[] = [
    {
        firstName: 'Odile',
        lastName: 'Marsh',
        title: 'Conduct Officer',
        permissionSets: ['SpmCompliance'],
        why: 'compliance: sees conduct and what people are held to, and nothing of pay'
    }
];
