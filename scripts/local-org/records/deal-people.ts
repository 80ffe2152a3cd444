// People of a deal: team members are named after their users and are in the team once; of the contact roles one at most
// is primary, and the deal names that contact.
import { notSupported } from '../org.ts';
import type { RecordParts } from '../records.ts';
import type { Behaviour } from './consequences.ts';
import { inheritedCurrency } from './currency.ts';
import type { FollowUps } from './follow-ups.ts';
import type { Values } from './input.ts';
import { rowError } from './row-error.ts';
import type { Stored } from './values.ts';

type Parts = Pick<RecordParts, 'db' | 'schema'>;

export function createTeamMemberBehaviour({ db, schema }: Parts): Behaviour {
    return {
        derive(row, before) {
            const member = [row['OpportunityId'] ?? null, row['UserId'] ?? null];
            const known = db
                .prepare(
                    'SELECT "Id" FROM "OpportunityTeamMember" WHERE "OpportunityId" = ? AND "UserId" = ? AND "IsDeleted" = 0'
                )
                .pluck()
                .get(member) as string | undefined;
            if (known && !before) {
                // Salesforce would change the member there is and answer with its id.
                const { message } = notSupported(
                    `adding a user to an opportunity team twice; update ${known}`
                );
                throw rowError('LOCAL_ORG_NOT_SUPPORTED', message, ['UserId']);
            }
            const name = db
                .prepare('SELECT "Name" FROM "User" WHERE "Id" = ?')
                .pluck()
                .get(member[1]) as Stored;
            const deal = dealOf(db, member[0]!);
            return { Name: name ?? null, ...inheritedCurrency(schema, 'OpportunityTeamMember', deal) };
        },
        apply() {}
    };
}

export function createContactRoleBehaviour({ db, schema }: Parts, follow: FollowUps): Behaviour {
    const setDealContact = (ctx: Parameters<FollowUps['update']>[0], row: Values, contact: Stored): void => {
        const deal = dealOf(db, row['OpportunityId']!);
        if (deal['IsDeleted'] || deal['ContactId'] === contact) return;
        follow.update(ctx, 'Opportunity', row['OpportunityId'] as string, { ContactId: contact });
    };
    return {
        derive: (row) =>
            inheritedCurrency(schema, 'OpportunityContactRole', dealOf(db, row['OpportunityId'] ?? null)),
        apply(ctx, before, after) {
            if (after['IsPrimary'] === 1) {
                const others = db
                    .prepare(
                        `SELECT "Id" FROM "OpportunityContactRole" WHERE "OpportunityId" = ? AND "Id" <> ?
                         AND "IsPrimary" = 1 AND "IsDeleted" = 0`
                    )
                    .pluck()
                    .all(after['OpportunityId'], after['Id']) as string[];
                for (const other of others)
                    follow.update(ctx, 'OpportunityContactRole', other, { IsPrimary: 0 });
                setDealContact(ctx, after, after['ContactId'] ?? null);
            } else if (before?.['IsPrimary'] === 1) setDealContact(ctx, after, primaryOf(db, after));
        },
        removed: (ctx, row) => setDealContact(ctx, row, primaryOf(db, row))
    };
}

function primaryOf(db: Parts['db'], row: Values): Stored {
    return (db
        .prepare(
            'SELECT "ContactId" FROM "OpportunityContactRole" WHERE "OpportunityId" = ? AND "IsPrimary" = 1 AND "IsDeleted" = 0'
        )
        .pluck()
        .get(row['OpportunityId']) ?? null) as Stored;
}

function dealOf(db: Parts['db'], id: Stored): Values {
    return (db.prepare('SELECT * FROM "Opportunity" WHERE "Id" = ?').get(id) ?? {}) as Values;
}
