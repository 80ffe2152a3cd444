// The passes without code made from text, for pages that forbid it: vectorised operators over batches of credits (batch.ts). One
// moves sums, and each component works on the selection of credits it pays for. Gives the same numbers as the generated kernel,
// bit for bit.
import { Batch, layOut } from './batch.ts';
import { flatOperators } from './flat-operators.ts';
import type { Frame, Kernel } from './frame.ts';
import type { Layout, LineSteps, SlotSteps } from './layout.ts';
import { paySelected } from './line-operators.ts';

const BATCH_ROWS = 1024;

export function operatorKernel(layout: Layout): Kernel {
    const batch = new Batch();
    const rows = new Uint32Array(BATCH_ROWS);
    const flat = flatOperators(layout, batch);
    return {
        first(frame, from, to, firstCredit, firstLine) {
            if (frame.kindFirst) return flat.first(frame, from, to, firstCredit, firstLine);
            let credit = firstCredit;
            for (let row = from; row < to; row += BATCH_ROWS) {
                layOut(layout, frame, batch, rows, select(rows, row, to), null);
                frame.credit.set(batch.amount.subarray(0, batch.count), credit);
                credit += batch.count;
                moveSums(layout, frame, batch);
            }
            return 0;
        },
        second(frame, from, to, firstCredit, firstLine) {
            if (frame.kindFirst) return flat.second(frame, from, to, firstCredit, firstLine);
            let [credit, line, check] = [firstCredit, firstLine, 0];
            for (let row = from; row < to; row += BATCH_ROWS) {
                layOut(layout, frame, batch, rows, select(rows, row, to), frame.credit.subarray(credit));
                credit += batch.count;
                const next = followAndPay(layout, frame, batch, line);
                for (let one = line; one < next; one++) check += frame.worth[one]!;
                line = next;
            }
            return check;
        }
    };
}

/** The next rows of a range; how many. */
function select(rows: Uint32Array, from: number, to: number): number {
    const count = Math.min(BATCH_ROWS, to - from);
    for (let i = 0; i < count; i++) rows[i] = from + i;
    return count;
}

/** Passes over one row, or over the rows of one cell alone. */
export interface CellPasses {
    /** adds the credits of a row to the totals of its cells, or takes them off again */
    move(frame: Frame, row: number, sign: 1 | -1): void;
    /** adds the credits of a cell to its totals */
    addUp(frame: Frame, rows: ArrayLike<number>, cell: number): void;
    /** walks its credits from where `running` stands; lines are written from 0 on; how many */
    follow(frame: Frame, rows: ArrayLike<number>, cell: number): number;
}

export function cellPasses(layout: Layout): CellPasses {
    const batch = new Batch();
    const lay = (frame: Frame, rows: ArrayLike<number>, cell: number): void => {
        layOut(layout, frame, batch, rows, rows.length, null);
        batch.keepCell(cell);
    };
    return {
        move(frame, row, sign) {
            layOut(layout, frame, batch, [row], 1, null);
            moveSums(layout, frame, batch, sign);
        },
        addUp(frame, rows, cell) {
            lay(frame, rows, cell);
            moveSums(layout, frame, batch);
        },
        follow(frame, rows, cell) {
            lay(frame, rows, cell);
            return followAndPay(layout, frame, batch, 0);
        }
    };
}

function followAndPay(layout: Layout, frame: Frame, batch: Batch, firstLine: number): number {
    const next = numberLines(layout, frame, batch, firstLine);
    followSums(layout, frame, batch);
    for (let group = 0; group < layout.groups.length; group++)
        for (let place = 0; place < layout.groups[group]!.lines.length; place++)
            payLines(layout, frame, batch, group, place, layout.groups[group]!.lines[place]!);
    return next;
}

/** What a credit adds to the sum of a slot. */
function addedBy(
    { isMoved, of }: SlotSteps,
    { slotWeight }: Frame,
    batch: Batch,
    credit: number,
    place: number
): number {
    if (!isMoved) return 0;
    const counted = of === 'amount' ? batch.amount[credit]! : of === 'share' ? batch.share[credit]! : 1;
    return counted * slotWeight[place]!;
}

/** Credit after credit: rules may move the same sum from different slots. */
function moveSums({ groups, slotStride }: Layout, frame: Frame, batch: Batch, sign: 1 | -1 = 1): void {
    const { total, below, slotFirst } = frame;
    for (let credit = 0; credit < batch.count; credit++) {
        const { slots } = groups[batch.group[credit]!]!;
        for (let slot = 0; slot < slots.length; slot++) {
            const place = batch.entry[credit]! * slotStride + slot;
            const added = addedBy(slots[slot]!, frame, batch, credit, place);
            const cell = slotFirst[place]! + batch.cell[credit]!;
            total[cell]! += sign * added;
            if (added < 0) below[cell]! -= sign * added;
        }
    }
}

function followSums({ groups, slotStride }: Layout, frame: Frame, batch: Batch): void {
    const { running, slotFirst } = frame;
    for (let credit = 0; credit < batch.count; credit++) {
        const { slots } = groups[batch.group[credit]!]!;
        for (let slot = 0; slot < slots.length; slot++) {
            const place = batch.entry[credit]! * slotStride + slot;
            const added = addedBy(slots[slot]!, frame, batch, credit, place);
            batch.added[slot]![credit] = added;
            if (!slots[slot]!.isFollowed) continue;
            const cell = slotFirst[place]! + batch.cell[credit]!;
            batch.from[slot]![credit] = running[cell]!;
            running[cell]! += added;
        }
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
    const { linePays, lineFirst } = frame;
    const { selected, line, lineCell, lineAt } = batch;
    let count = 0;
    for (let credit = 0; credit < batch.count; credit++) {
        const own = batch.entry[credit]! * lineStride + place;
        if (batch.group[credit] !== group || linePays[own] !== 1) continue;
        selected[count] = credit;
        lineCell[count] = lineFirst[own]! + batch.cell[credit]!;
        lineAt[count++] = line[credit]!++;
    }
    paySelected(layout, frame, batch, steps, count);
}
