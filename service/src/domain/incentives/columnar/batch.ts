// Credits of a selection of rows laid out as columns, in order: what the operators work on.
import { settle } from './allocate.ts';
import type { Frame } from './frame.ts';
import type { GroupSteps, Layout } from './layout.ts';
import { NOBODY } from './transactions.ts';

/** Grows with the widest batch. */
export class Batch {
    /** of `groups` of the layout */
    group = new Uint16Array(0);
    entry = new Uint32Array(0);
    /** payee and period */
    cell = new Uint32Array(0);
    amount = new Float64Array(0);
    share = new Float64Array(0);
    /** place among the lines */
    line = new Uint32Array(0);
    /** selection of credits an operator works on; by place in it, the cell and the place of the line */
    selected = new Uint32Array(0);
    lineCell = new Uint32Array(0);
    lineAt = new Uint32Array(0);
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
        this.lineCell = new Uint32Array(size);
        this.lineAt = new Uint32Array(size);
        this.from = Array.from({ length: slots }, () => new Float64Array(size));
        this.added = Array.from({ length: slots }, () => new Float64Array(size));
    }

    /** Credits of one cell alone. */
    keepCell(cell: number): void {
        let kept = 0;
        for (let credit = 0; credit < this.count; credit++) {
            if (this.cell[credit] !== cell) continue;
            this.group[kept] = this.group[credit]!;
            this.entry[kept] = this.entry[credit]!;
            this.cell[kept] = cell;
            this.amount[kept] = this.amount[credit]!;
            this.share[kept] = this.share[credit]!;
            kept++;
        }
        this.count = kept;
    }
}

/** Amounts are shared out, or as the first pass left them. */
export function layOut(
    layout: Layout,
    frame: Frame,
    batch: Batch,
    rows: ArrayLike<number>,
    count: number,
    known: Float64Array | null
): void {
    const { groups, slotStride } = layout;
    const { period, entryStart, entries } = frame;
    batch.makeRoom(mostCredits(layout, frame, rows, count), slotStride);
    let k = 0;
    for (let i = 0; i < count; i++) {
        const row = rows[i]!;
        const kind = kindOf(frame, row);
        const base = period[row]!;
        for (let group = 0; group < groups.length; group++) {
            const at = kind * groups.length + group;
            for (let q = entryStart[at]!; q < entryStart[at + 1]!; q++) {
                const entry = entries[q]!;
                const first = k;
                k =
                    groups[group]!.target === 'splits'
                        ? laySplits(layout, frame, batch, row, base, k, known)
                        : laySingle(groups[group]!, frame, batch, row, base, entry, k);
                for (let credit = first; credit < k; credit++) {
                    batch.entry[credit] = entry;
                    batch.group[credit] = group;
                }
            }
        }
    }
    batch.count = k;
}

/** By the most rules that can credit from one row. */
function mostCredits(
    { groups }: Layout,
    { splitStart }: Frame,
    rows: ArrayLike<number>,
    count: number
): number {
    const rules = groups.reduce((sum, group) => sum + group.rules.length, 0);
    let splits = 0;
    for (let i = 0; i < count; i++) splits += splitStart[rows[i]! + 1]! - splitStart[rows[i]!]!;
    return (splits + count) * rules;
}

/** Number of the kind of a row. */
export function kindOf({ codes, radices }: Frame, row: number): number {
    let kind = 0;
    for (let field = 0; field < codes.length; field++) kind += codes[field]![row]! * radices[field]!;
    return kind;
}

function laySplits(
    { residual }: Layout,
    { amount, periods, splitStart, splitPayee, splitShare, shareScale }: Frame,
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
        batch.cell[at + i] = base + splitPayee[first + i]! * periods;
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
    { amount, periods, holders, fixedPayee, creditParts }: Frame,
    batch: Batch,
    row: number,
    base: number,
    entry: number,
    at: number
): number {
    const payee = target === 'payee' ? fixedPayee[entry]! : holders[holder]![row]!;
    if (payee === NOBODY) return at;
    const parts = hasShare ? creditParts[entry]! : 1;
    batch.cell[at] = base + payee * periods;
    batch.share[at] = parts;
    batch.amount[at] = amount[row]! * parts;
    return at + 1;
}
