// Who records activities in this org at all. Mail captured outside the org leaves no records: an owner with several
// deals and not one activity, or an org without any, cannot be told to have gone quiet. Seen only over all deals, so a
// full run finds it out and delta runs read it back. The same for contact roles and next steps: where nearly nobody
// writes them down, their absence on one deal says nothing about that deal.
import * as Deal from './deal-columns.ts';
import type { PipelineFeatures } from './features.ts';
import { NO_ROW } from './row-pool.ts';
import { NONE } from './types.ts';

/** An owner with fewer deals than this is given the benefit of the doubt. */
const ENOUGH_DEALS = 5;
/** So is an org with fewer open deals than this. */
const ENOUGH_OPEN_DEALS = 20;
/** What fewer than one open deal in five has is not the habit of this org. */
const HABIT_SHARE = 0.2;

export interface ActivityRecording {
    hasAny: boolean;
    /** ids, sorted */
    silentOwnerIds: string[];
    hasContactRoles: boolean;
    hasNextSteps: boolean;
}

export function activityRecordingOf(features: PipelineFeatures): ActivityRecording {
    const { columns, owners, dealCount } = features;
    const deals = new Int32Array(owners.size);
    const records = new Uint8Array(owners.size);
    for (let deal = 0; deal < dealCount; deal++) {
        const state = columns.state[deal]!;
        // Rows of lost deals are not kept.
        if (state !== Deal.OPEN && state !== Deal.WON) continue;
        const owner = columns.owner[deal]!;
        deals[owner]!++;
        if ((columns.flags[deal]! & Deal.ANY_ACTIVITY) !== 0) records[owner] = 1;
    }
    const silentOwnerIds: string[] = [];
    for (let owner = 0; owner < owners.size; owner++) {
        if (records[owner] === 0 && deals[owner]! >= ENOUGH_DEALS) silentOwnerIds.push(owners.idAt(owner));
    }
    return { hasAny: records.includes(1), silentOwnerIds: silentOwnerIds.sort(), ...habitsOf(features) };
}

function habitsOf({
    columns,
    dealCount
}: PipelineFeatures): Pick<ActivityRecording, 'hasContactRoles' | 'hasNextSteps'> {
    let open = 0;
    let withRole = 0;
    let withNextStep = 0;
    for (let deal = 0; deal < dealCount; deal++) {
        if (columns.state[deal] !== Deal.OPEN) continue;
        open++;
        if (columns.roleHead[deal] !== NO_ROW) withRole++;
        const isWritten =
            (columns.flags[deal]! & (Deal.NEXT_STEP_WRITTEN | Deal.OPEN_TASK_WITHOUT_DATE)) !== 0;
        if (isWritten || columns.openTaskDueOn[deal] !== NONE) withNextStep++;
    }
    const isHabit = (count: number): boolean => open < ENOUGH_OPEN_DEALS || count >= open * HABIT_SHARE;
    return { hasContactRoles: isHabit(withRole), hasNextSteps: isHabit(withNextStep) };
}
