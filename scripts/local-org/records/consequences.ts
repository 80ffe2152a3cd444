// What the org itself does when certain standard objects are saved: which object has which behaviour, nothing more.
import type { CallContext } from '../org.ts';
import type { RecordParts } from '../records.ts';
import type { ObjectDef } from '../schema/types.ts';
import { createActivityBehaviour } from './activity.ts';
import { createCampaignMemberBehaviour } from './campaign-members.ts';
import { createCaseBehaviour } from './cases.ts';
import { createContactRoleBehaviour, createTeamMemberBehaviour } from './deal-people.ts';
import { createFieldHistory } from './field-history.ts';
import type { FollowUps } from './follow-ups.ts';
import type { Values } from './input.ts';
import { createLineItemBehaviour } from './line-items.ts';
import { createOpportunityBehaviour } from './opportunity.ts';
import { createPriceBookEntryBehaviour } from './price-book-entries.ts';
import { createSplitBehaviour } from './splits.ts';

export interface Behaviour {
    /** Fields the org sets in the row itself. `row` is the row as it would be, `given` what the client sent. */
    derive(row: Values, before: Values | null, given: Values, now: string): Values;
    /** Other rows that follow, after the row is written. */
    apply(ctx: CallContext, before: Values | null, after: Values): void;
    /** Other rows that follow, after the row itself (not a parent of it) was deleted or brought back. */
    removed?(ctx: CallContext, row: Values): void;
}

export function createConsequences(parts: RecordParts, follow: FollowUps) {
    const activity = createActivityBehaviour(parts.db);
    const behaviours: Record<string, Behaviour> = {
        CampaignMember: createCampaignMemberBehaviour(parts),
        Case: createCaseBehaviour(parts),
        Opportunity: createOpportunityBehaviour(parts, follow),
        OpportunityContactRole: createContactRoleBehaviour(parts, follow),
        OpportunityLineItem: createLineItemBehaviour(parts, follow),
        PricebookEntry: createPriceBookEntryBehaviour(parts),
        Task: activity.task,
        Event: activity.event
    };
    if (parts.schema.object('OpportunitySplit')) behaviours['OpportunitySplit'] = createSplitBehaviour(parts);
    if (parts.schema.object('OpportunityTeamMember'))
        behaviours['OpportunityTeamMember'] = createTeamMemberBehaviour(parts);
    const history = createFieldHistory(parts);
    return {
        derive: (object: ObjectDef, row: Values, before: Values | null, given: Values, now: string): Values =>
            behaviours[object.name]?.derive(row, before, given, now) ?? {},
        apply(ctx: CallContext, object: ObjectDef, before: Values | null, after: Values): void {
            history.write(ctx, object, before, after);
            behaviours[object.name]?.apply(ctx, before, after);
        },
        removed(ctx: CallContext, object: ObjectDef, row: Values): void {
            behaviours[object.name]?.removed?.(ctx, row);
        }
    };
}
