// Splits of a deal: who gets which part of its amount. The owner starts with all of it, members of the deal's team can be
// given parts. That the parts of a validated type add up is checked over a whole call (split-totals.ts).
import type { CallContext } from '../org.ts';
import type { RecordParts } from '../records.ts';
import { quote } from '../schema/tables.ts';
import type { Behaviour } from './consequences.ts';
import { inheritedCurrency } from './currency.ts';
import type { FollowUps } from './follow-ups.ts';
import type { Values } from './input.ts';
import { rowError } from './row-error.ts';
import { unbalanced } from './split-totals.ts';
import { roundHalfUp, type Stored } from './values.ts';

interface SplitType {
    id: string;
    field: string | null;
    isValidated: number;
}

const SELECT_TYPE = `
    SELECT "Id" AS id, "SplitField" AS field, "IsTotalValidated" AS isValidated FROM "OpportunitySplitType"`;

type Parts = Pick<RecordParts, 'db' | 'schema'>;

export function createSplitBehaviour({ db, schema }: Parts): Behaviour {
    const typeOf = (id: Stored): SplitType | undefined =>
        (id === null ? revenueType(db) : db.prepare(`${SELECT_TYPE} WHERE "Id" = ?`).get(id)) as
            SplitType | undefined;

    const checkMember = (row: Values): void => {
        if (!schema.object('OpportunityTeamMember')) return;
        const isMember = db
            .prepare(
                'SELECT 1 FROM "OpportunityTeamMember" WHERE "OpportunityId" = ? AND "UserId" = ? AND "IsDeleted" = 0'
            )
            .get(row['OpportunityId'] ?? null, row['SplitOwnerId'] ?? null);
        // Salesforce says the same of an owner outside of the team as of parts that do not add up.
        if (!isMember && row['SplitOwnerId']) throw unbalanced();
    };

    const amountOf = (deal: Values, type: SplitType | undefined, percentage: Stored): Stored => {
        const field = schema.field('Opportunity', type?.field ?? 'Amount')?.name ?? 'Amount';
        const amount = deal[field];
        if (typeof amount !== 'number' || typeof percentage !== 'number') return null;
        return roundHalfUp((amount * percentage) / 100, 2);
    };

    return {
        derive(row, before) {
            const deal = db
                .prepare('SELECT * FROM "Opportunity" WHERE "Id" = ?')
                .get(row['OpportunityId'] ?? null) as Values | undefined;
            if (!deal) return {};
            if (!before) checkMember(row);
            const type = typeOf(row['SplitTypeId'] ?? null);
            const percentage = row['SplitPercentage'] ?? null;
            checkRange(percentage, type);
            return {
                SplitTypeId: row['SplitTypeId'] ?? type?.id ?? null,
                SplitAmount: amountOf(deal, type, percentage),
                ...inheritedCurrency(schema, 'OpportunitySplit', deal)
            };
        },
        apply() {}
    };
}

function checkRange(percentage: Stored, type: SplitType | undefined): void {
    const most = type?.isValidated ? 100 : 1000;
    if (typeof percentage !== 'number' || (percentage >= 0 && percentage <= most)) return;
    const message = `Split (%): value outside of valid range on numeric field: ${percentage}`;
    throw rowError('NUMBER_OUTSIDE_VALID_RANGE', message, ['SplitPercentage']);
}

function revenueType(db: Parts['db']): SplitType | undefined {
    return db.prepare(`${SELECT_TYPE} WHERE "DeveloperName" = 'Revenue'`).get() as SplitType | undefined;
}

/** What saving a deal does to its splits; nothing in an org without them. */
export function createSplitsOfDeals({ db, schema }: Parts, follow: FollowUps) {
    const joinTeam = (ctx: CallContext, deal: Values): void => {
        if (!schema.object('OpportunityTeamMember')) return;
        const member = { OpportunityId: deal['Id']!, UserId: deal['OwnerId']! };
        const known = db
            .prepare(
                'SELECT 1 FROM "OpportunityTeamMember" WHERE "OpportunityId" = @OpportunityId AND "UserId" = @UserId AND "IsDeleted" = 0'
            )
            .get(member);
        const role = { TeamMemberRole: 'Opportunity Owner', OpportunityAccessLevel: 'All' };
        if (!known) follow.insert(ctx, 'OpportunityTeamMember', { ...member, ...role });
    };

    const splitsOf = (deal: Values): Values[] =>
        db
            .prepare('SELECT * FROM "OpportunitySplit" WHERE "OpportunityId" = ? AND "IsDeleted" = 0')
            .all(deal['Id']) as Values[];

    /** The parts of the owner before go to the new one, on top of what he has. */
    const handOver = (ctx: CallContext, from: Stored, deal: Values): void => {
        const splits = splitsOf(deal);
        for (const split of splits.filter((one) => one['SplitOwnerId'] === from)) {
            const own = splits.find(
                (one) =>
                    one['SplitOwnerId'] === deal['OwnerId'] && one['SplitTypeId'] === split['SplitTypeId']
            );
            if (!own) {
                follow.update(ctx, 'OpportunitySplit', split['Id'] as string, {
                    SplitOwnerId: deal['OwnerId']!
                });
                continue;
            }
            const sum = Number(own['SplitPercentage']) + Number(split['SplitPercentage']);
            db.prepare(
                `UPDATE ${quote('OpportunitySplit')} SET "IsDeleted" = 1, "SystemModstamp" = ? WHERE "Id" = ?`
            ).run(deal['SystemModstamp'], split['Id']);
            follow.update(ctx, 'OpportunitySplit', own['Id'] as string, { SplitPercentage: sum });
        }
    };

    return {
        dealSaved(ctx: CallContext, before: Values | null, after: Values): void {
            if (!schema.object('OpportunitySplit')) return;
            if (!before) {
                joinTeam(ctx, after);
                follow.insert(ctx, 'OpportunitySplit', {
                    OpportunityId: after['Id']!,
                    SplitOwnerId: after['OwnerId']!,
                    SplitTypeId: revenueType(db)?.id ?? null,
                    SplitPercentage: 100
                });
                return;
            }
            if (before['OwnerId'] !== after['OwnerId']) {
                joinTeam(ctx, after);
                handOver(ctx, before['OwnerId'] ?? null, after);
            }
            // Their amounts follow from the deal's.
            for (const split of splitsOf(after))
                follow.update(ctx, 'OpportunitySplit', split['Id'] as string, {});
        }
    };
}
