// One component on a selection of credits: the walk along the bands or the rate of the band reached, rounded where the plan rounds
// lines. The steps of line-source.ts without code made from text, bit for bit.
import type { Batch } from './batch.ts';
import type { Frame } from './frame.ts';
import type { Layout, LineSteps } from './layout.ts';
import { ROUNDINGS } from './whole.ts';

/** What was selected, with cells and places of the lines. */
export function paySelected(
    layout: Layout,
    frame: Frame,
    batch: Batch,
    steps: LineSteps,
    count: number
): void {
    if (steps.kind === 'flat') payFlat(frame, batch, steps, count);
    else payWalk(frame, batch, steps, count);
    if (steps.isRounded) roundLines(layout, frame, batch, count);
    if (!steps.isAddedUp) return;
    const { value, worth } = frame;
    const { lineCell, lineAt } = batch;
    for (let i = 0; i < count; i++) value[lineCell[i]!]! += worth[lineAt[i]!]!;
}

function payFlat(
    { rate, band, before, bands, worth }: Frame,
    { selected, lineCell, lineAt, added }: Batch,
    steps: LineSteps,
    count: number
): void {
    const applied = added[steps.base]!;
    for (let i = 0; i < count; i++) {
        const at = lineAt[i]!;
        before[at] = 0;
        bands[at] = 257;
        worth[at] = rate[band[lineCell[i]!]!]! * applied[selected[i]!]!;
    }
}

function payWalk(frame: Frame, batch: Batch, steps: LineSteps, count: number): void {
    const { rate, intercept, low, mask, band, before, bands, worth } = frame;
    const { selected, lineCell, lineAt } = batch;
    const [from, moved, applied] = [batch.from[steps.at]!, batch.added[steps.at]!, batch.added[steps.base]!];
    const isMarginal = steps.kind === 'marginal';
    const isBefore = steps.position === 'before';
    for (let i = 0; i < count; i++) {
        const credit = selected[i]!;
        const cell = lineCell[i]!;
        const [start, end] = [from[credit]!, from[credit]! + moved[credit]!];
        // Groups follow each other here, so the band of the cell may be that of a later credit.
        const first = walked(low, band[cell]!, start);
        const last = walked(low, first, end);
        band[cell] = last;
        const at = lineAt[i]!;
        before[at] = start;
        bands[at] = ((first & mask) << 8) | (last & mask);
        worth[at] = !isMarginal
            ? rate[isBefore ? first : last]! * applied[credit]!
            : first === last && !Number.isNaN(end)
              ? rate[last]! * moved[credit]!
              : rate[last]! * end + intercept[last]! - (rate[first]! * start + intercept[first]!);
    }
}

function roundLines(
    { mode }: Layout,
    { worth, multiplier, parts }: Frame,
    { lineCell, lineAt }: Batch,
    count: number
): void {
    const round = ROUNDINGS[mode];
    for (let i = 0; i < count; i++) {
        const at = lineAt[i]!;
        worth[at] = round(worth[at]! * multiplier[lineCell[i]!]!, parts) + 0;
    }
}

/** The band of x, from one nearby. */
function walked(low: Float64Array, band: number, x: number): number {
    let at = band;
    while (x < low[at]!) at--;
    while (x >= low[at + 1]!) at++;
    return at;
}
