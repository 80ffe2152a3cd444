// The operators for the plans flat-source.ts writes flat loops for: rows are laid out once, the cells of their credits wait for the
// second pass where their lines will be, and no credit asks for its rule.
import { settle } from './allocate.ts';
import type { Batch } from './batch.ts';
import { FLAT_ROWS } from './flat-source.ts';
import type { Frame, Kernel } from './frame.ts';
import type { Layout } from './layout.ts';
import { paySelected } from './line-operators.ts';

const BATCH_CREDITS = 1024;

/** For frames that know `kindFirst`. */
export function flatOperators(layout: Layout, batch: Batch): Kernel {
    const lines = layout.groups[0]?.lines ?? [];
    /** Place of the first credit's cell in the room at the end of the lines, less that credit. */
    const roomFor = (count: number, firstCredit: number, firstLine: number): number =>
        2 * (firstLine + count * lines.length) - count - firstCredit;
    return {
        first(frame, from, to, firstCredit, firstLine) {
            const { splitStart } = frame;
            const shift = firstCredit - splitStart[from]!;
            const room = roomFor(splitStart[to]! - splitStart[from]!, firstCredit, firstLine);
            for (let row = from; row < to; row += FLAT_ROWS) {
                const end = Math.min(to, row + FLAT_ROWS);
                placeRows(frame, row, end);
                layOut(layout, frame, row, end, shift, room);
                move(frame, shift + splitStart[row]!, shift + splitStart[end]!, room);
            }
            return 0;
        },
        second(frame, from, to, firstCredit, firstLine) {
            const count = frame.splitStart[to]! - frame.splitStart[from]!;
            const room = roomFor(count, firstCredit, firstLine);
            batch.makeRoom(BATCH_CREDITS, layout.slotStride);
            let check = 0;
            for (let done = 0; done < count; done += BATCH_CREDITS) {
                const own = Math.min(BATCH_CREDITS, count - done);
                follow(frame, batch, firstCredit + done, own, room);
                const line = firstLine + done * lines.length;
                for (const [place, steps] of lines.entries()) {
                    const shift = frame.lineShift[place]!;
                    for (let i = 0; i < own; i++) {
                        batch.selected[i] = i;
                        batch.lineCell[i] = batch.cell[i]! + shift;
                        batch.lineAt[i] = line + i * lines.length + place;
                    }
                    paySelected(layout, frame, batch, steps, own);
                }
                const end = line + own * lines.length;
                for (let one = line; one < end; one++) check += frame.worth[one]!;
            }
            return check;
        }
    };
}

/** Where the cells of each row begin. */
function placeRows({ places, kindFirst, period, codes, radices }: Frame, from: number, to: number): void {
    places.fill(0);
    for (let field = 0; field < codes.length; field++) {
        const [own, radix] = [codes[field]!, radices[field]!];
        for (let row = from; row < to; row++) places[row - from]! += own[row]! * radix;
    }
    for (let row = from; row < to; row++)
        places[row - from] = kindFirst![places[row - from]!]! + period[row]!;
}

/** Amounts and cells of the credits of some rows. Whoever gets what is left is not shared out to. */
function layOut(
    { residual }: Layout,
    frame: Frame,
    from: number,
    to: number,
    shift: number,
    room: number
): void {
    const { amount, periods, splitStart, splitPayee, splitShare, shareScale, places, credit, cellRoom } =
        frame;
    const isFirst = residual === 'first';
    const isOwned = isFirst || residual === 'last';
    for (let row = from; row < to; row++) {
        const [start, end, whole, place] = [
            splitStart[row]!,
            splitStart[row + 1]!,
            amount[row]!,
            places[row - from]!
        ];
        if (start === end) continue;
        const owner = isFirst ? start : end - 1;
        let left = whole;
        for (let split = start; split < end; split++) {
            cellRoom[room + shift + split] = place + Math.imul(splitPayee[split]!, periods);
            if (isOwned && split === owner) continue;
            const part = Math.trunc((whole * splitShare[split]!) / shareScale);
            credit[shift + split] = part;
            left -= part;
        }
        if (isOwned) credit[shift + owner] = left;
        else if (left !== 0)
            settle(whole, splitShare, start, end - start, shareScale, residual, credit, shift + start, left);
    }
}

function move({ total, below, credit, cellRoom }: Frame, from: number, to: number, room: number): void {
    for (let k = from; k < to; k++) {
        const cell = cellRoom[room + k]!;
        const added = credit[k]!;
        total[cell]! += added;
        if (added < 0) below[cell]! -= added;
    }
}

/** Where the sum stands before each of the next credits, what they add and where. */
function follow(
    { running, credit, cellRoom }: Frame,
    batch: Batch,
    first: number,
    count: number,
    room: number
): void {
    const { cell: cells } = batch;
    const [from, added] = [batch.from[0]!, batch.added[0]!];
    for (let i = 0; i < count; i++) {
        const cell = cellRoom[room + first + i]!;
        const own = credit[first + i]!;
        cells[i] = cell;
        added[i] = own;
        from[i] = running[cell]!;
        running[cell]! += own;
    }
}
