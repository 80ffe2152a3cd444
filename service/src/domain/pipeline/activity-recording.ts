// Who records activities in this org at all. Mail captured outside the org leaves no records: an owner with several
// deals and not one activity, or an org without any, cannot be told to have gone quiet. Seen only over all deals, so a
// full run finds it out and delta runs read it back.
import * as Deal from './deal-columns.ts';
import type { PipelineFeatures } from './features.ts';
import { NO_ROW } from './row-pool.ts';

/** An owner with fewer deals than this is given the benefit of the doubt. */
const ENOUGH_DEALS = 5;

export interface ActivityRecording {
    hasAny: boolean;
    /** ids, sorted */
    silentOwnerIds: string[];
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
        const hasActivity =
            columns.touchHead[deal] !== NO_ROW || (columns.flags[deal]! & Deal.OPEN_TASK) !== 0;
        if (hasActivity) records[owner] = 1;
    }
    const silentOwnerIds: string[] = [];
    for (let owner = 0; owner < owners.size; owner++) {
        if (records[owner] === 0 && deals[owner]! >= ENOUGH_DEALS) silentOwnerIds.push(owners.idAt(owner));
    }
    return { hasAny: records.includes(1), silentOwnerIds: silentOwnerIds.sort() };
}
