// A second pair of eyes: whoever waives a gate, cancels or takes back pay says why, and somebody else approves who neither gets that
// pay nor is paid by the same plan or decision. Used for waivers of gates, malus and clawback.
import type { Problem } from '../problem.ts';

export interface Approval {
    reason: string;
    requestedBy: string;
    approvedBy: string;
}

/** Null where it is approved as it must be. `isInPayLine`: whether somebody's own pay hangs on the same decision. */
export function whyNotApproved(
    { reason, requestedBy, approvedBy }: Approval,
    payeeId: string,
    isInPayLine: (person: string) => boolean
): Pick<Problem, 'code' | 'value' | 'fix'> | null {
    if (reason.trim() === '') return { code: 'REASON_MISSING', value: '', fix: 'Give the reason.' };
    if (requestedBy === '') return { code: 'REQUESTER_MISSING', value: '', fix: 'Say who asked for it.' };
    if (approvedBy === '')
        return { code: 'APPROVER_MISSING', value: '', fix: 'Somebody else must approve it.' };
    if (approvedBy === requestedBy)
        return {
            code: 'APPROVER_ASKED_FOR_IT',
            value: approvedBy,
            fix: 'Somebody else than whoever asked must approve it.'
        };
    if (approvedBy === payeeId)
        return {
            code: 'APPROVER_IS_PAYEE',
            value: approvedBy,
            fix: 'Nobody decides on their own pay: have somebody else approve it.'
        };
    if (isInPayLine(approvedBy))
        return {
            code: 'APPROVER_IN_PAY_LINE',
            value: approvedBy,
            fix: 'Somebody outside the pay line must approve it.'
        };
    return null;
}
