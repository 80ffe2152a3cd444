// Moments in the past at which open deals are looked at as if it were then: the rows models learn from. Owns which
// moments, how many, and their features; what became of the deals afterwards is targets.ts.
//
// A deal is looked at every `step` days while open, beginning on a day that its id decides, so that every calendar day
// sees its share of deals. The step grows with the history until the rows fit the limit.
import type { EventLog } from './event-log.ts';
import { DAY_MS, DealReader } from './deal-features.ts';
import { newTable, type FeatureTable } from './feature-table.ts';
import type { FeaturePlan } from './feature-plan.ts';
import { isOpenAt, type Fates } from './fates.ts';
import { hashText } from './seeded.ts';

export interface Landmarks {
    table: FeatureTable;
    deal: Int32Array;
    /** the moment of the row */
    at: Float64Array;
    dealCount: number;
}

/** No deal may fill the lesson alone, however long it lies about. */
const MOST_PER_DEAL = 60;

export function landmarksBefore(
    log: EventLog,
    meaningOf: Int8Array,
    plan: FeaturePlan,
    fates: Fates,
    asOf: number,
    mostRows: number
): Landmarks {
    let step = 1;
    let rows = countRows(log, fates, asOf, step);
    while (rows > mostRows) {
        step = Math.max(step + 1, Math.floor((step * rows) / mostRows));
        rows = countRows(log, fates, asOf, step);
    }
    const table = newTable(plan.features, rows, plan.stageCount + 1);
    const dealOf = new Int32Array(rows);
    const at = new Float64Array(rows);
    const reader = new DealReader(log, meaningOf, plan);
    const moments = new Float64Array(MOST_PER_DEAL);
    let row = 0;
    let dealCount = 0;
    for (let deal = 0; deal < log.dealIds.length; deal++) {
        const count = momentsOf(log, fates, deal, asOf, step, moments);
        if (count === 0) continue;
        dealCount++;
        reader.read(deal, moments.subarray(0, count), table, row);
        dealOf.fill(deal, row, row + count);
        at.set(moments.subarray(0, count), row);
        row += count;
    }
    return { table, deal: dealOf, at, dealCount };
}

function countRows(log: EventLog, fates: Fates, asOf: number, step: number): number {
    const moments = new Float64Array(MOST_PER_DEAL);
    let rows = 0;
    for (let deal = 0; deal < log.dealIds.length; deal++)
        rows += momentsOf(log, fates, deal, asOf, step, moments);
    return rows;
}

function momentsOf(
    log: EventLog,
    fates: Fates,
    deal: number,
    asOf: number,
    step: number,
    into: Float64Array
): number {
    const entered = fates.enteredAt[deal]!;
    if (!(entered < asOf)) return 0;
    const last = Math.min(fates.endedAt[deal]!, asOf - 1);
    const firstDay = Math.floor(entered / DAY_MS) + 1;
    const shift = (((hashText(log.dealIds[deal]!) - firstDay) % step) + step) % step;
    const openDays = Math.floor(last / DAY_MS) - firstDay + 1;
    // A very old deal is looked at more rarely, over its whole life.
    const stride = step * Math.max(1, Math.ceil(openDays / step / MOST_PER_DEAL));
    let count = 0;
    for (let day = firstDay + shift; day * DAY_MS <= last && count < MOST_PER_DEAL; day += stride)
        if (isOpenAt(fates, deal, day * DAY_MS)) into[count++] = day * DAY_MS;
    return count;
}
