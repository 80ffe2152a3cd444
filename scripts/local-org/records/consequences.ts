// What the org itself does when certain standard objects are saved: which object has which behaviour, nothing more.
import type { CallContext } from '../org.ts';
import type { RecordParts } from '../records.ts';
import type { ObjectDef } from '../schema/types.ts';
import { createActivityBehaviour } from './activity.ts';
import type { Values } from './input.ts';
import { createOpportunityBehaviour } from './opportunity.ts';

export interface Behaviour {
    /** Fields the org sets in the row itself. `row` is the row as it would be, `given` what the client sent. */
    derive(row: Values, before: Values | null, given: Values, now: string): Values;
    /** Other rows that follow, after the row is written. */
    apply(ctx: CallContext, before: Values | null, after: Values): void;
}

export function createConsequences(parts: RecordParts) {
    const activity = createActivityBehaviour(parts.db);
    const behaviours: Record<string, Behaviour> = {
        Opportunity: createOpportunityBehaviour(parts),
        Task: activity.task,
        Event: activity.event
    };
    return {
        derive: (object: ObjectDef, row: Values, before: Values | null, given: Values, now: string): Values =>
            behaviours[object.name]?.derive(row, before, given, now) ?? {},
        apply(ctx: CallContext, object: ObjectDef, before: Values | null, after: Values): void {
            behaviours[object.name]?.apply(ctx, before, after);
        }
    };
}
