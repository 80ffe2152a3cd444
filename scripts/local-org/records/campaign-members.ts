// Members of a campaign: one contact or lead each, once; their status says whether they responded, and the day of the first response
// stays. Statuses are the two every campaign begins with: those of a campaign's own (CampaignMemberStatus) are not there.
import { notSupported } from '../org.ts';
import type { RecordParts } from '../records.ts';
import type { Behaviour } from './consequences.ts';
import type { Values } from './input.ts';
import { rowError } from './row-error.ts';
import type { Stored } from './values.ts';

const STATUSES = ['Sent', 'Responded'];

export function createCampaignMemberBehaviour({ db }: Pick<RecordParts, 'db'>): Behaviour {
    const checkIsNew = (campaign: Stored, field: string, person: Stored): void => {
        const known = db
            .prepare(
                `SELECT 1 FROM "CampaignMember" WHERE "CampaignId" = ? AND "${field}" = ? AND "IsDeleted" = 0`
            )
            .get(campaign, person);
        if (known) throw rowError('DUPLICATE_VALUE', 'Already a campaign member.');
    };
    return {
        derive(row, before, _given, now) {
            const { ContactId: contact, LeadId: lead, Status: status } = row;
            refuseUnless(Boolean(contact || lead), 'a campaign member that is neither contact nor lead');
            refuseUnless(STATUSES.includes(status as string), `the campaign member status ${String(status)}`);
            if (!before)
                checkIsNew(row['CampaignId'] ?? null, contact ? 'ContactId' : 'LeadId', contact ?? lead!);
            const isResponse = status === 'Responded';
            const first = before?.['FirstRespondedDate'] ?? (isResponse ? now.slice(0, 10) : null);
            // Of both, Salesforce keeps the contact.
            const person: Values = contact && !before ? { LeadId: null } : {};
            return { ...person, HasResponded: isResponse ? 1 : 0, FirstRespondedDate: first };
        },
        apply() {}
    };
}

function refuseUnless(isKnown: boolean, what: string): void {
    if (isKnown) return;
    throw rowError('LOCAL_ORG_NOT_SUPPORTED', notSupported(what).message);
}
