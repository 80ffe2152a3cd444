// The passes without code made from text, for pages that forbid it: vectorised operators over batches of credits. One operator
// lays the credits of some rows out in columns, others move sums, and each component works on the selection of credits it pays
// for. Gives the same numbers as the generated kernel, bit for bit.
import { settle } from './allocate.ts';
import type { Frame, Kernel } from './frame.ts';
import type { GroupSteps, Layout, LineSteps } from './layout.ts';
import { NOBODY } from './transactions.ts';
import { roundedQuotient } from './whole.ts';

const BATCH_ROWS = 1024;

/** A batch of credits as columns; grows with the widest batch. */
class Batch {
    /** of `groups` of the layout */
    group = new Uint16Array(0);
    entry = new Uint32Array(0);
    /** period and payee */
    cell = new Uint32Array(0);
    amount = new Float64Array(0);
    share = new Float64Array(0);
    /** place among the lines */
    line = new Uint32Array(0);
    /** selection of credits an operator works on */
    selected = new Uint32Array(0);
    /** by slot: what the sum stands at before a credit, and what the credit adds */
    from: Float64Array[] = [];
    added: Float64Array[] = [];
    count = 0;

    makeRoom(count: number, slots: number): void {
        if (this.entry.length >= count) return;
        const size = count * 2;
        this.group = new Uint16Array(size);
        this.entry = new Uint32Array(size);
        this.cell = new Uint32Array(size);
        this.amount = new Float64Array(size);
        this.share = new Float64Array(size);
        this.line = new Uint32Array(size);
        this.selected = new Uint32Array(size);
        this.from = Array.from({ length: slots }, () => new Float64Array(size));
        this.added = Array.from({ length: slots }, () => new Float64Array(size));
    }
}

export function operatorKernel(layout: Layout): Kernel {
    const batch = new Batch();
    return {
        first(frame, from, to, firstCredit) {
            let credit = firstCredit;
            for (let row = from; row < to; row += BATCH_ROWS) {
                layOut(layout, frame, batch, row, Math.min(row + BATCH_ROWS, to), null);
                frame.credit.set(batch.amount.subarray(0, batch.count), credit);
                credit += batch.count;
                for (let slot = 0; slot < layout.slotStride; slot++) moveSum(layout, frame, batch, slot);
            }
            return 0;
        },
        second(frame, from, to, firstCredit, firstLine) {
            let [credit, line, check] = [firstCredit, firstLine, 0];
            for (let row = from; row < to; row += BATCH_ROWS) {
                layOut(
                    layout,
                    frame,
                    batch,
                    row,
                    Math.min(row + BATCH_ROWS, to),
                    frame.credit.subarray(credit)
                );
                credit += batch.count;
                const next = numberLines(layout, frame, batch, line);
                for (let slot = 0; slot < layout.slotStride; slot++) followSum(layout, frame, batch, slot);
                for (const [group, { lines }] of layout.groups.entries())
                    for (const [place, steps] of lines.entries())
                        payLines(layout, frame, batch, group, place, steps);
                for (let one = line; one < next; one++) check += frame.worth[one]!;
                line = next;
            }
            return check;
        }
    };
}

/** Credits of some rows in their order; amounts shared out, or as the first pass left them. */
function layOut(
    layout: Layout,
    frame: Frame,
    batch: Batch,
    from: number,
    to: number,
    known: Float64Array | null
): void {
    const { groups, slotStride } = layout;
    const { splitStart, period, payees, entryStart, entries } = frame;
    batch.makeRoom((splitStart[to]! - splitStart[from]! + (to - from)) * layoutWidth(layout), slotStride);
    let k = 0;
    for (let row = from; row < to; row++) {
        const kind = kindOf(frame, row);
        const base = period[row]! * payees;
        for (let group = 0; group < groups.length; group++) {
            const at = kind * groups.length + group;
            for (let q = entryStart[at]!; q < entryStart[at + 1]!; q++) {
                const entry = entries[q]!;
                const first = k;
                k =
                    groups[group]!.target === 'splits'
                        ? laySplits(layout, frame, batch, row, base, k, known)
                        : laySingle(groups[group]!, frame, batch, row, base, entry, k);
                batch.entry.fill(entry, first, k);
                batch.group.fill(group, first, k);
            }
        }
    }
    batch.count = k;
}

/** The most rules that can credit from one row. */
function layoutWidth({ groups }: Layout): number {
    return groups.reduce((sum, { rules }) => sum + rules.length, 0);
}

function kindOf({ codes, radices }: Frame, row: number): number {
    let kind = 0;
    for (let field = 0; field < codes.length; field++) kind += codes[field]![row]! * radices[field]!;
    return kind;
}

function laySplits(
    { residual }: Layout,
    { amount, splitStart, splitPayee, splitShare, shareScale }: Frame,
    batch: Batch,
    row: number,
    base: number,
    at: number,
    known: Float64Array | null
): number {
    const first = splitStart[row]!;
    const count = splitStart[row + 1]! - first;
    const whole = amount[row]!;
    let left = whole;
    for (let i = 0; i < count; i++) {
        batch.cell[at + i] = base + splitPayee[first + i]!;
        batch.share[at + i] = splitShare[first + i]!;
        if (known) batch.amount[at + i] = known[at + i]!;
        else {
            const part = Math.trunc((whole * splitShare[first + i]!) / shareScale);
            batch.amount[at + i] = part;
            left -= part;
        }
    }
    if (!known && left !== 0 && count > 0)
        settle(whole, splitShare, first, count, shareScale, residual, batch.amount, at, left);
    return at + count;
}

function laySingle(
    { target, holder, hasShare }: GroupSteps,
    { amount, holders, fixedPayee, creditParts }: Frame,
    batch: Batch,
    row: number,
    base: number,
    entry: number,
    at: number
): number {
    const payee = target === 'payee' ? fixedPayee[entry]! : holders[holder]![row]!;
    if (payee === NOBODY) return at;
    const parts = hasShare ? creditParts[entry]! : 1;
    batch.cell[at] = base + payee;
    batch.share[at] = parts;
    batch.amount[at] = amount[row]! * parts;
    return at + 1;
}

/** What a credit adds to the sum of a slot. */
function addedBy(
    { groups, slotStride }: Layout,
    { slotWeight }: Frame,
    batch: Batch,
    credit: number,
    slot: number
): number {
    const { isMoved, of } = groups[batch.group[credit]!]!.slots[slot]!;
    if (!isMoved) return 0;
    const weight = slotWeight[batch.entry[credit]! * slotStride + slot]!;
    return weight * (of === 'amount' ? batch.amount[credit]! : of === 'share' ? batch.share[credit]! : 1);
}

function hasSlot({ groups }: Layout, batch: Batch, credit: number, slot: number): boolean {
    return slot < groups[batch.group[credit]!]!.slots.length;
}

function moveSum(layout: Layout, frame: Frame, batch: Batch, slot: number): void {
    const { total, below, slotFirst } = frame;
    for (let credit = 0; credit < batch.count; credit++) {
        if (!hasSlot(layout, batch, credit, slot)) continue;
        const added = addedBy(layout, frame, batch, credit, slot);
        const cell = slotFirst[batch.entry[credit]! * layout.slotStride + slot]! + batch.cell[credit]!;
        total[cell]! += added;
        if (added < 0) below[cell]! -= added;
    }
}

function followSum(layout: Layout, frame: Frame, batch: Batch, slot: number): void {
    const { running, slotFirst } = frame;
    const from = batch.from[slot]!;
    const added = batch.added[slot]!;
    for (let credit = 0; credit < batch.count; credit++) {
        if (!hasSlot(layout, batch, credit, slot)) continue;
        added[credit] = addedBy(layout, frame, batch, credit, slot);
        if (!layout.groups[batch.group[credit]!]!.slots[slot]!.isFollowed) continue;
        const cell = slotFirst[batch.entry[credit]! * layout.slotStride + slot]! + batch.cell[credit]!;
        from[credit] = running[cell]!;
        running[cell]! += added[credit]!;
    }
}

/** Where each credit's lines begin; the number after the last. */
function numberLines(
    { groups, lineStride }: Layout,
    { linePays }: Frame,
    batch: Batch,
    first: number
): number {
    let next = first;
    for (let credit = 0; credit < batch.count; credit++) {
        batch.line[credit] = next;
        const { lines } = groups[batch.group[credit]!]!;
        for (let place = 0; place < lines.length; place++)
            next += linePays[batch.entry[credit]! * lineStride + place]!;
    }
    return next;
}

/** One component on the credits it pays for. Lines of one credit follow each other in the order of components. */
function payLines(
    layout: Layout,
    frame: Frame,
    batch: Batch,
    group: number,
    place: number,
    steps: LineSteps
): void {
    const { lineStride } = layout;
    const { linePays } = frame;
    const { selected, line } = batch;
    let count = 0;
    for (let credit = 0; credit < batch.count; credit++)
        if (batch.group[credit] === group && linePays[batch.entry[credit]! * lineStride + place] === 1)
            selected[count++] = credit;
    if (steps.kind === 'flat') payFlat(layout, frame, batch, place, steps, count);
    else payWalk(layout, frame, batch, place, steps, count);
    for (let i = 0; i < count; i++) line[selected[i]!]!++;
}

function tableFor(
    { lineStride }: Layout,
    { lineTable, tableOf }: Frame,
    { isByCell }: LineSteps,
    entry: number,
    place: number,
    cell: number
): number {
    return isByCell ? tableOf[cell]! : lineTable[entry * lineStride + place]!;
}

function payFlat(
    layout: Layout,
    frame: Frame,
    batch: Batch,
    place: number,
    steps: LineSteps,
    count: number
): void {
    const { lineFirst, rate, before, bands } = frame;
    const added = batch.added[steps.base]!;
    for (let i = 0; i < count; i++) {
        const credit = batch.selected[i]!;
        const entry = batch.entry[credit]!;
        const cell = lineFirst[entry * layout.lineStride + place]! + batch.cell[credit]!;
        const table = tableFor(layout, frame, steps, entry, place, cell);
        const at = batch.line[credit]!;
        before[at] = 0;
        bands[at] = 257;
        keep(layout, frame, steps, cell, at, rate[table + 1]! * added[credit]!);
    }
}

function payWalk(
    layout: Layout,
    frame: Frame,
    batch: Batch,
    place: number,
    steps: LineSteps,
    count: number
): void {
    const { lineFirst, rate, intercept, low, band, before, bands } = frame;
    const [from, moved, applied] = [batch.from[steps.at]!, batch.added[steps.at]!, batch.added[steps.base]!];
    const isMarginal = steps.kind === 'marginal';
    for (let i = 0; i < count; i++) {
        const credit = batch.selected[i]!;
        const entry = batch.entry[credit]!;
        const cell = lineFirst[entry * layout.lineStride + place]! + batch.cell[credit]!;
        const table = tableFor(layout, frame, steps, entry, place, cell);
        const [start, end] = [from[credit]!, from[credit]! + moved[credit]!];
        const first = steps.isAlone ? band[cell]! : walked(low, table, band[cell]!, start);
        const last = walked(low, table, first, end);
        band[cell] = last;
        const at = batch.line[credit]!;
        before[at] = start;
        bands[at] = (first << 8) | last;
        const worth = !isMarginal
            ? rate[table + (steps.position === 'before' ? first : last)]! * applied[credit]!
            : first === last
              ? rate[table + last]! * moved[credit]!
              : rate[table + last]! * end +
                intercept[table + last]! -
                (rate[table + first]! * start + intercept[table + first]!);
        keep(layout, frame, steps, cell, at, worth);
    }
}

/** The band of x, from one nearby. */
function walked(low: Float64Array, table: number, band: number, x: number): number {
    let at = band;
    while (x < low[table + at]!) at--;
    while (x >= low[table + at + 1]!) at++;
    return at;
}

function keep(
    { mode }: Layout,
    { worth, value, multiplier, parts }: Frame,
    steps: LineSteps,
    cell: number,
    at: number,
    walk: number
): void {
    const paid = steps.isRounded ? roundedQuotient(walk * multiplier[cell]!, parts, mode) : walk;
    worth[at] = paid;
    if (steps.isAddedUp) value[cell]! += paid;
}
